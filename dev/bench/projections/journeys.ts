import type { LogEvent } from "~/events/sift";
import { DAY, MINUTE, SECOND, weekOf } from "~/platform/time";
import { chance, type Chance } from "../../chance";

type Step = [name: string, path: string, data: object];

const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
] as const;

const CLICK = { element: "a.card", relativeX: 0.5, relativeY: 0.5, viewportWidth: 1_280 };

/** About how many events a visit has, and how often one browser comes. */
const EVENTS_A_VISIT = 13;
const VISITS_A_BROWSER = 2.5;

export type Journeys = { count: number; now: Date; seed: string };

/** Visits of many browsers over the last week, one visit's events after the other's, as a backlog has
 * them: looking around, a search now and then, and one in ten goes as far as buying. Pages tell how they
 * were looked at, as the tracker has them do.
 * @param about.count how many events at least */
export function* journeys({ count, now, seed }: Journeys): Generator<LogEvent[]> {
  const luck = chance(seed);
  const browsers = Math.ceil(count / EVENTS_A_VISIT / VISITS_A_BROWSER);
  for (let made = 0; made < count;) {
    const clientId = `${seed}-${luck.between(1, browsers)}`;
    const visit = oneVisit(luck, clientId, now.getTime() - DAY - luck.between(0, 6 * DAY));
    made += visit.length;
    yield visit;
  }
}

/** A browser's visit that begins at a moment, in milliseconds since 1970. */
export function oneVisit(luck: Chance, clientId: string, at: number): LogEvent[] {
  const userAgent = luck.pick(AGENTS);
  return steps(luck).map(([name, path, data], seq) => {
    const occurredAt = new Date((at += luck.between(SECOND, 2 * MINUTE)));
    const referrer = seq === 0 ? "https://www.google.com/" : "/";
    const context = { path, title: `Title of ${path}`, referrer, userAgent, language: "de-DE" };
    return {
      ...{ eventId: luck.uuid(), source: "pixel", name, clientId, customerId: null, seq },
      ...{ occurredAt, receivedAt: occurredAt, week: weekOf(occurredAt), requestId: null },
      ...{ payload: JSON.stringify({ context, data, consent: null }), orderId: null },
    };
  });
}

function steps(luck: Chance): Step[] {
  const product = String(7_000_000_000 + luck.between(1, 500));
  const price = { amountMinor: 1_990, currencyCode: "EUR" };
  const named = { id: product, title: "Tea", type: "Teapots", vendor: "Northwind" };
  const variant = { id: `${product}1`, price, product: named };
  const cartLine = { merchandise: variant, quantity: 1, cost: { totalAmount: price } };
  const lineItems = [{ quantity: 1, variant, finalLinePrice: price }];
  const checkout = { token: luck.uuid(), currencyCode: "EUR", totalPrice: price, lineItems };
  const look: Step[] = [
    ...page("/"),
    ...page(`/products/${product}`, [
      "product_viewed",
      `/products/${product}`,
      { productVariant: variant },
    ]),
  ];
  const search: Step[] = page("/search", [
    "search_submitted",
    "/search",
    { searchResult: { query: "tea", productIds: [product] } },
  ]);
  const buy: Step[] = [
    ["product_added_to_cart", `/products/${product}`, { cartLine }],
    ...page("/cart"),
    ["checkout_started", "/checkouts/cn", { checkout }],
    ["payment_info_submitted", "/checkouts/cn", { checkout }],
    ["checkout_completed", "/checkouts/cn", { checkout }],
  ];
  return [
    ...look,
    ...(luck.happens(0.2) ? [...search, ...look] : []),
    ...(luck.happens(0.1) ? buy : []),
  ];
}

/** A page seen, what happens on it, and what the tracker tells of it. */
const page = (path: string, ...happening: Step[]): Step[] => [
  ["page_viewed", path, {}],
  ...happening,
  ["pixelnova:page_engaged", path, { visibleMs: 12_000, scrollPercent: 40 }],
  ["pixelnova:element_clicked", path, CLICK],
  ["pixelnova:page_engaged", path, { visibleMs: 30_000, scrollPercent: 80 }],
];
