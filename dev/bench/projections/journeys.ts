import type { LogEvent } from "~/events/sift";
import { DAY, MINUTE, SECOND, weekOf } from "~/platform/time";
import { chance, type Chance } from "../../chance";

type Step = [name: string, path: string, data: object];

const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
] as const;

/** Visits of many browsers over the last week, one visit's events after the other's, as a backlog has
 * them: looking around, a search now and then, and one in ten goes as far as buying.
 * @param count how many events at least */
export function* journeys(count: number, now: Date, seed: string): Generator<LogEvent[]> {
  const luck = chance(seed);
  for (let made = 0; made < count;) {
    const visit = oneVisit(luck, now);
    made += visit.length;
    yield visit;
  }
}

function oneVisit(luck: Chance, now: Date): LogEvent[] {
  const clientId = `client-${luck.between(1, 1_000_000)}`;
  const userAgent = luck.pick(AGENTS);
  let at = now.getTime() - DAY - luck.between(0, 6 * DAY);
  return steps(luck).map(([name, path, data], seq) => {
    const occurredAt = new Date((at += luck.between(SECOND, 2 * MINUTE)));
    const referrer = seq === 0 ? "https://www.google.com/" : "/";
    const context = { path, title: `Title of ${path}`, referrer, userAgent, language: "de-DE" };
    return {
      ...{ eventId: luck.uuid(), source: "pixel", name, clientId, customerId: null, seq },
      ...{ occurredAt, receivedAt: occurredAt, week: weekOf(occurredAt) },
      ...{ requestId: null, orderId: null },
      payload: JSON.stringify({ context, data, consent: null }),
    };
  });
}

function steps(luck: Chance): Step[] {
  const product = String(7_000_000_000 + luck.between(1, 500));
  const price = { amountMinor: 1_990, currencyCode: "EUR" };
  const variant = { id: `${product}1`, price, product: { id: product, title: "Tea" } };
  const cartLine = { merchandise: variant, quantity: 1, cost: { totalAmount: price } };
  const lineItems = [{ quantity: 1, variant, finalLinePrice: price }];
  const checkout = { token: luck.uuid(), currencyCode: "EUR", totalPrice: price, lineItems };
  const look: Step[] = [
    ["page_viewed", "/", {}],
    ["page_viewed", `/products/${product}`, {}],
    ["product_viewed", `/products/${product}`, { productVariant: variant }],
  ];
  const search: Step = [
    "search_submitted",
    "/search",
    { searchResult: { query: "tea", productIds: [product] } },
  ];
  const buy: Step[] = [
    ["product_added_to_cart", `/products/${product}`, { cartLine }],
    ["page_viewed", "/cart", {}],
    ["checkout_started", "/checkouts/cn", { checkout }],
    ["payment_info_submitted", "/checkouts/cn", { checkout }],
    ["checkout_completed", "/checkouts/cn", { checkout }],
  ];
  return [
    ...look,
    ...(luck.happens(0.2) ? [search, ...look] : []),
    ...(luck.happens(0.1) ? buy : []),
  ];
}
