import { PRODUCT_LINK, productOf } from "./element";
import { LONGEST, now, type Measure } from "./listening";

const GALLERY = "media-gallery,[data-pixelnova-gallery],[class*=product-gallery]";
const ZOOM = "[aria-haspopup=dialog],[data-pixelnova-zoom]";
/** A mouse that only passes by tells nothing; milliseconds. */
const SHORTEST = 1_000;

/** Pointing at a product's link, and looking through a product's pictures. */
export const measureProducts: Measure = (on, publish) => {
  let hovered: { element: Element; at: number } | undefined;
  const leave = () => {
    const left = hovered;
    hovered = undefined;
    const dwellMs = left ? Math.round(Math.min(LONGEST, now() - left.at)) : 0;
    if (left && dwellMs >= SHORTEST)
      publish("product_hovered", { dwellMs, ...productOf(left.element) });
  };
  on(["pointerover"], ({ pointerType }, target) => {
    const element = pointerType === "mouse" ? target.closest(PRODUCT_LINK) : null;
    if ((hovered?.element ?? null) === element) return;
    leave();
    if (element) hovered = { element, at: now() };
  });
  on(["click", "pagehide"], leave);
  on(["click"], (_event, target) => {
    const gallery = target.closest(GALLERY);
    const item = target.closest("button,a,li") ?? target;
    const image = gallery && (item.querySelector("img") ?? target.closest("img"));
    if (!image) return;
    const images = (image.closest("ul,ol") ?? gallery).querySelectorAll("img");
    const position = [...images].indexOf(image) + 1;
    const name = target.closest(ZOOM) ? "image_zoomed" : "image_viewed";
    publish(name, { position, ...productOf(image) });
  });
};
