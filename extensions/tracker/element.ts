export const PRODUCT_LINK = 'a[href*="/products/"]';

/** The product that an element is about: by its markup, its link, or else the page's address. */
export function productOf(element: Element): { productId?: number; productHandle?: string } {
  const marked = element.closest<HTMLElement>("[data-pixelnova-product-id]");
  const { href } = element.closest<HTMLAnchorElement>(PRODUCT_LINK) ?? location;
  const handle = /\/products\/([^/?#]+)/.exec(href)?.[1];
  return {
    ...(marked && { productId: Number(marked.dataset.pixelnovaProductId) }),
    ...(handle && { productHandle: decodeURIComponent(handle) }),
  };
}

/** What is read of an element to name it: not its property `id`, which in a form is the field of that
 * name, as in every product's. */
export type Named = {
  getAttribute: (name: string) => string | null;
  localName: string;
  previousElementSibling: Named | null;
  parentElement: Named | null;
};

/** Names an element by tags, ids without their numbers, and places: nothing that anybody typed. The
 * nearest id ends it, or the fourth tag. */
export function selectorOf(element: Named): string {
  const parts: string[] = [];
  let at: Named | null = element;
  for (; at && parts.length < 4 && !parts[0]?.includes("#"); at = at.parentElement)
    parts.unshift(partOf(at));
  return parts.join(">").slice(0, 200);
}

function partOf(element: Named): string {
  const { localName, previousElementSibling } = element;
  const id = element.getAttribute("id");
  if (id) return `${localName}#${id.replace(/\d{3,}/g, "*").replace(/[^\w*-]/g, "-")}`;
  let place = 1;
  for (let before = previousElementSibling; before; before = before.previousElementSibling)
    if (before.localName === localName) place++;
  return place > 1 ? `${localName}:nth-of-type(${place})` : localName;
}
