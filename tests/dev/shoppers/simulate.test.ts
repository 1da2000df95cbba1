import { expect, test } from "vitest";
import type { Visit } from "../../../dev/shoppers/model";
import { isAvailable } from "../../../dev/store/catalog/model";
import { catalogAt } from "../../../dev/store/catalog/timeline";
import { schemaOf } from "~/events/vocabulary";
import { AUCKLAND_SHOP, BERLIN_SHOP, world } from "./worlds";

const { visits, orders, customers, days } = world({ visitorsPerDay: 400 });
const shoppers = visits.filter(({ kind }) => kind === "shopper");
const had = (name: string) => (visit: Visit) =>
  visit.events.some(({ event }) => event.name === name);
const reached = (wanted: string) => (visit: Visit) =>
  visit.steps.some(({ step }) => step === wanted);
const seen = new Set<string>();
const returning = new Set(visits.filter(({ person }) => seen.has(person) || !seen.add(person)));

type Rate = {
  what: string;
  low: number;
  high: number;
  of: Visit[];
  those: (visit: Visit) => boolean;
};

test.each<Rate>([
  { what: "bounce", low: 0.4, high: 0.5, of: shoppers, those: ({ pages }) => pages.length === 1 },
  { what: "add to the cart", low: 0.055, high: 0.085, of: visits, those: reached("added_to_cart") },
  { what: "buy", low: 0.018, high: 0.03, of: visits, those: reached("purchased") },
  { what: "come back", low: 0.2, high: 0.32, of: visits, those: (v) => returning.has(v) },
  { what: "are on a small screen", low: 0.6, high: 0.7, of: shoppers, those: isMobile },
  { what: "withhold consent", low: 0.045, high: 0.075, of: shoppers, those: isPixel("withheld") },
  { what: "block the pixel", low: 0.035, high: 0.065, of: shoppers, those: isPixel("blocked") },
  { what: "have a wrong clock", low: 0.012, high: 0.03, of: visits, those: hasWrongClock },
  { what: "lose the network", low: 0.009, high: 0.022, of: visits, those: hasLost },
  { what: "are bots", low: 0.02, high: 0.04, of: visits, those: ({ kind }) => kind === "bot" },
])("from $low to $high of the visits $what", ({ low, high, of, those }) => {
  const share = of.filter(those).length / of.length;

  expect(share).toBeGreaterThan(low);
  expect(share).toBeLessThan(high);
});

test("who does not bounce looks at four or five pages", () => {
  const longer = shoppers.filter(({ pages }) => pages.length > 1);

  const pages = longer.reduce((sum, visit) => sum + visit.pages.length, 0) / longer.length;

  expect(pages).toBeGreaterThan(4);
  expect(pages).toBeLessThan(5.2);
});

test("as many visitors come as were asked for, in the rhythm of the week", () => {
  expect(visits.length / days.length / 400).toBeGreaterThan(0.9);
  expect(visits.length / days.length / 400).toBeLessThan(1.15);
  const on = (date: string) => days.find((day) => day.date === date)?.visits.length ?? NaN;
  expect(on("2026-10-25")).toBeGreaterThan(on("2026-10-27")); // a Sunday and a Tuesday
  expect(on("2026-10-30")).toBeGreaterThan(1.3 * on("2026-10-29")); // the campaign's Friday
});

test.each<[string, () => boolean]>([
  ["browse a collection", () => shoppers.some(had("collection_viewed"))],
  ["compare products, and go back to one", () => shoppers.some(goesBack)],
  ["search", () => shoppers.some(({ searches }) => searches.some(({ results }) => results > 0))],
  ["search in vain", () => shoppers.some(({ searches }) => searches.at(-1)?.results === 0)],
  ["refine a search", () => shoppers.some(refines)],
  ["take something out of the cart", () => shoppers.some(had("product_removed_from_cart"))],
  ["abandon a cart", () => shoppers.some(({ cart }) => cart.length > 0)],
  ["abandon a checkout", () => shoppers.some((v) => reached("contact")(v) && v.orderId === null)],
  ["follow a reminder to another device, and log in there", () => shoppers.some(isReminded)],
  ["share one browser between two customers", () => customersOfOneBrowser() > 1],
  ["use a discount code", () => orders.some(({ discounts }) => discounts.length > 0)],
  ["cancel, or send something back", () => orders.some(({ refunds }) => refunds.length > 0)],
  ["see a group purchase", () => shoppers.some(had("pixelnova:group_viewed"))],
  ["want to join a group purchase", () => shoppers.some(had("pixelnova:group_join_clicked"))],
  ["join a group purchase", () => shoppers.some(had("pixelnova:group_joined"))],
  ["share a product", () => shoppers.some(had("pixelnova:shared"))],
  ["wish for a product", () => shoppers.some(had("pixelnova:wishlist_added"))],
  ["come by a QR code", () => shoppers.some(had("pixelnova:qr_scanned"))],
  [
    "change how many pieces of a group they want",
    () => shoppers.some(had("pixelnova:group_quantity_changed")),
  ],
  ["take a wish back", () => shoppers.some(had("pixelnova:wishlist_removed"))],
  [
    "narrow a list, and order it",
    () =>
      ["filter_applied", "sort_changed"].every((name) => shoppers.some(had(`pixelnova:${name}`))),
  ],
  ["look at a picture, and enlarge it", () => shoppers.some(had("pixelnova:image_zoomed"))],
  ["rest the mouse on a product", () => shoppers.some(had("pixelnova:product_hovered"))],
  ["click in vain", () => shoppers.some(had("pixelnova:dead_clicked"))],
  ["click in anger", () => shoppers.some(had("pixelnova:rage_clicked"))],
  ["keep two tabs open", () => shoppers.some(keepsTwoTabs)],
  ["have a clock that is ahead", () => visits.some(({ clockErrorMs }) => clockErrorMs > 3e5)],
  ["have a clock that is behind", () => visits.some(({ clockErrorMs }) => clockErrorMs < -3e5)],
  ["lose the network in the middle of a page", () => shoppers.some(losesMidPage)],
  ["follow a campaign", () => shoppers.some(({ source }) => source.channel === "paid")],
])("some %s", (_what, happens) => {
  expect(happens()).toBe(true);
});

test.each([BERLIN_SHOP, AUCKLAND_SHOP])("every event in %s is one that the app takes", (shop) => {
  const events = world({ shop, days: 2 }).visits.flatMap(({ events }) => events);

  const refused = events.flatMap(({ event }) => {
    const parsed = schemaOf(event.name)?.safeParse(event);
    return parsed?.success ? [] : [[event.name, parsed?.error.issues[0]]];
  });

  expect(events.length).toBeGreaterThan(2_000);
  expect(refused).toEqual([]);
});

test("a shopper sees the price of the moment", () => {
  for (const { at, event } of visits.slice(1_000, 1_400).flatMap(({ events }) => events)) {
    if (event.name !== "product_viewed") continue;
    const { productVariant } = event.data as { productVariant: Seen };
    const product = catalogAt(BERLIN_SHOP, new Date(at)).products.find(
      ({ id }) => String(id) === productVariant.product.id,
    );
    const variant = product?.variants.find(({ id }) => String(id) === productVariant.id);
    expect(productVariant.price.amount * 100).toBeCloseTo(variant?.priceMinor ?? NaN, 5);
  }
});

test("what is sold was to be had when the checkout began, at the price of that moment", () => {
  const sales = visits.filter(({ orderId }) => orderId !== null);

  expect(sales.length).toBeGreaterThan(50);
  for (const { orderId, steps } of sales) {
    const begun = steps.find(({ step }) => step === "checkout_started")?.at ?? "";
    const { products } = catalogAt(BERLIN_SHOP, new Date(begun));
    for (const line of orders.find(({ id }) => id === orderId)?.lines ?? []) {
      const product = products.find(({ id }) => id === line.productId);
      const variant = product?.variants.find(({ id }) => id === line.variantId);
      expect(variant && isAvailable(variant)).toBe(true);
    }
  }
});

test("every customer of an order is known", () => {
  const known = new Set(customers.map(({ id }) => id));

  expect(orders.every(({ customerId }) => customerId !== null && known.has(customerId))).toBe(true);
});

test("a bot is faster than anybody could be", () => {
  for (const { pages } of visits.filter(({ kind }) => kind === "bot")) {
    const length = Date.parse(pages.at(-1)?.at ?? "") - Date.parse(pages[0]?.at ?? "");
    expect(length / pages.length).toBeLessThan(3_000);
  }
});

type Seen = { id: string; price: { amount: number }; product: { id: string } };

function hasWrongClock({ clockErrorMs }: Visit): boolean {
  return Math.abs(clockErrorMs) > 5 * 60_000;
}

function isMobile({ device }: Visit): boolean {
  return device === "phone" || device === "tablet";
}

function isPixel(wanted: Visit["pixel"]) {
  return ({ pixel }: Visit) => pixel === wanted;
}

function hasLost({ events }: Visit): boolean {
  return events.some(({ fate }) => fate === "lost");
}

function goesBack({ pages }: Visit): boolean {
  const paths = pages.filter(({ type }) => type === "product").map(({ path }) => path);
  return new Set(paths).size > 1 && new Set(paths).size < paths.length;
}

function refines({ searches }: Visit): boolean {
  return searches[0]?.results === 0 && (searches[1]?.results ?? 0) > 0;
}

function isReminded({ source, person, clientId, customerId, startedAt }: Visit): boolean {
  if (source.campaign.utm_source !== "reminder" || customerId === null) return false;
  const before = shoppers.find((v) => v.person === person && v.startedAt < startedAt);
  return before !== undefined && before.clientId !== clientId;
}

function customersOfOneBrowser(): number {
  const customersOf = new Map<string, Set<string>>();
  for (const { clientId, customerId } of shoppers)
    if (customerId !== null)
      customersOf.set(clientId, (customersOf.get(clientId) ?? new Set()).add(customerId));
  return Math.max(...[...customersOf.values()].map(({ size }) => size));
}

/** An event on a page that was opened before the one that was opened last. */
function keepsTwoTabs({ events }: Visit): boolean {
  return events.some(({ event }, i) => {
    const last = events.slice(0, i).findLast((other) => other.event.name === "page_viewed");
    const isView = event.name === "page_viewed";
    return !isView && last !== undefined && event.context?.path !== last.event.context?.path;
  });
}

function losesMidPage({ events, pages }: Visit): boolean {
  const firstLost = events.find(({ fate }) => fate === "lost");
  return firstLost !== undefined && firstLost.event.name !== "page_viewed" && pages.length > 1;
}
