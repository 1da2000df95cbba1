import { quietly, type Free, type Measure } from "./listening";

/** Attributes that are fields, and do not name what to do. */
const FIELD = /^pixelnova(?!(?:Event|View|Share|Title|Copied)$)./;

/** What a theme's markup names: `data-pixelnova-event` when it is clicked, or changed where it is a
 * field, `data-pixelnova-view` when it is first seen. */
export const tellMarked: Measure = (on, publish) => {
  on(["click", "change"], ({ type }, target) => {
    const element = target.closest<HTMLElement>("[data-pixelnova-event]");
    const name = element?.dataset.pixelnovaEvent;
    if (!name) return;
    const field = element.matches("input,select") ? (element as HTMLInputElement) : null;
    if (!field === (type === "change")) return;
    const quantity = field && { quantity: Number(field.value) };
    publish(name, { ...fieldsOf(element.dataset), ...quantity });
  });
  const observer = new IntersectionObserver(
    quietly((entries: IntersectionObserverEntry[]) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) {
          observer.unobserve(target);
          const { dataset } = target as HTMLElement;
          publish(dataset.pixelnovaView ?? "", fieldsOf(dataset));
        }
    }),
  );
  for (const element of document.querySelectorAll("[data-pixelnova-view]"))
    observer.observe(element);
};

/** `data-pixelnova-product-id="7"` is `{ productId: 7 }`. */
export function fieldsOf(dataset: Readonly<Record<string, string | undefined>>): Free {
  const fields: Free = {};
  for (const [key, value = ""] of Object.entries(dataset))
    if (FIELD.test(key))
      fields[key.charAt(9).toLowerCase() + key.slice(10)] = /^-?\d+(\.\d+)?$/.test(value)
        ? Number(value)
        : value;
  return fields;
}
