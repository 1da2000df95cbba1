/** The page's own events as pixels get them: of an element its name and address, no text, no selector,
 * no class. dev:api/web-pixels-api/dom-events */
export function followDom(publish: (name: string, data: object) => void): void {
  const on = (type: string, work: (event: Event) => void) =>
    document.addEventListener(type, work, { capture: true, passive: true });
  on("click", (event) => {
    if (!(event instanceof MouseEvent) || !(event.target instanceof Element)) return;
    const element = event.target.closest("a, button, input, select, textarea, label, summary, img");
    if (!element) return; // empty space and plain text are not told of
    const { clientX, clientY, movementX, movementY, offsetX, offsetY } = event;
    const { pageX, pageY, screenX, screenY } = event;
    const where = { clientX, clientY, movementX, movementY, offsetX, offsetY };
    publish("clicked", { ...where, pageX, pageY, screenX, screenY, element: describe(element) });
  });
  on("submit", ({ target }) => {
    if (!(target instanceof HTMLFormElement)) return;
    const elements = [...target.elements].filter(isInput).map(describe);
    const { id, action } = target;
    publish("form_submitted", { element: { id: id || null, action: action || null, elements } });
  });
  const input = (name: string) => (event: Event) => {
    if (event.target instanceof Element && isInput(event.target))
      publish(name, { element: describe(event.target) });
  };
  on("focusin", input("input_focused"));
  on("focusout", input("input_blurred"));
  on("change", input("input_changed"));
}

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isInput = (element: Element): element is Input =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLSelectElement ||
  element instanceof HTMLTextAreaElement;

function describe(element: Element) {
  const attribute = (name: string) => element.getAttribute(name);
  return {
    ...{ href: attribute("href"), id: element.id || null, name: attribute("name") },
    ...{ tagName: element.tagName, type: attribute("type") },
    value: isInput(element) ? element.value : attribute("value"),
  };
}
