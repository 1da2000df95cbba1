import type { Product } from "../../store/catalog/model";
import { pause, publish } from "../walk";
import type { Walk } from "../walking";

/** Where the theme has what is pressed, as the tracker names it. */
const PLACES = {
  card: "section#shopify-section-main-collection>ul>li>a",
  cart: "form#add-to-cart>button",
  picture: "section#shopify-section-main-product>div>button",
  wish: "p>button",
} as const;
type Place = keyof typeof PLACES;

/** Presses something: the tracker tells where. */
export function press(walk: Walk, place: Place, about: { productId?: number } = {}): void {
  publish(walk, "pixelnova:element_clicked", { ...placeOf(walk, place), ...about });
}

const placeOf = ({ luck, browser }: Walk, place: Place) => ({
  element: PLACES[place],
  relativeX: luck.between(0, 1_000) / 1_000,
  relativeY: luck.between(0, 1_000) / 1_000,
  viewportWidth: browser.device.viewport?.[0] ?? 0,
});

/** Clicks again and again on what does not answer, such as the button of a product that is sold out. */
export function rage(walk: Walk, { id: productId }: Product): void {
  pause(walk, 4);
  const clickCount = walk.luck.between(3, 9);
  for (let i = 0; i < clickCount; i++) press(walk, "cart", { productId });
  publish(walk, "pixelnova:rage_clicked", { ...placeOf(walk, "cart"), clickCount, productId });
}

/** On a product's page: its pictures; a click or two that come to nothing. */
export function lookClosely(walk: Walk, { id: productId }: Product): void {
  const { luck } = walk;
  if (luck.happens(0.25)) {
    pause(walk, 3);
    press(walk, "picture", { productId });
    publish(walk, "pixelnova:image_viewed", { position: luck.between(2, 4), productId });
    if (luck.happens(0.3)) publish(walk, "pixelnova:image_zoomed", { position: 1, productId });
  }
  if (luck.happens(0.02)) {
    press(walk, "picture", { productId });
    publish(walk, "pixelnova:dead_clicked", {
      ...{ ...placeOf(walk, "picture"), clickCount: 1, productId },
    });
  }
}

/** On a list: narrows it, orders it, lets the mouse rest on a product, and presses one. */
export function choose(walk: Walk, products: readonly Product[]): void {
  const { luck, browser } = walk;
  if (luck.happens(0.12))
    publish(walk, "pixelnova:filter_applied", { filter: "filter.v.availability", value: "1" });
  if (luck.happens(0.08)) publish(walk, "pixelnova:sort_changed", { sortBy: "price-ascending" });
  const [product] = products;
  if (!product) return;
  const hasMouse = browser.kind === "desktop" || browser.kind === "laptop";
  if (hasMouse && luck.happens(0.3)) {
    const dwellMs = luck.between(1_000, 6_000);
    walk.at += dwellMs;
    const { id: productId, handle: productHandle } = product;
    publish(walk, "pixelnova:product_hovered", { dwellMs, productId, productHandle });
  }
  if (luck.happens(0.7)) press(walk, "card");
}
