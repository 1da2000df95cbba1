/** Where something can go wrong between the two sides. `pixel-events` is the way from shoppers'
 * browsers to the app, as the tunnel sees it; `app` is everything else that goes to the app. */
export const DOORS = [
  "admin-api",
  "oauth",
  "storefront",
  "app-proxy",
  "pixel-events",
  "app",
] as const;
export type Door = (typeof DOORS)[number];

export type DoorFaults = {
  /** Added to every answer. */
  latencyMs: number;
  /** Share of requests that are answered with a 500 (admin-api, oauth, storefront) or 502 instead. */
  errorRate: number;
  /** Share of requests that vanish on the way: the connection is cut, nothing reached the other side. */
  lostRequests: number;
  /** Share of answers that vanish on the way back, after the other side has done its work. */
  lostAnswers: number;
  /** Share of requests that arrive twice. */
  duplicates: number;
  /** Nothing is answered: the connection is cut at once. */
  outage: boolean;
};

export type WebhookFaults = {
  /** Share of deliveries that never leave. */
  lost: number;
  /** Share of deliveries that are sent twice. */
  duplicated: number;
  /** Each delivery waits a random time up to this, so that they overtake one another. */
  maxDelayMs: number;
};

export type Faults = {
  doors: Record<Door, DoorFaults>;
  webhooks: WebhookFaults;
  /** The Admin API answers every query as if the bucket were empty. */
  throttled: boolean;
  /** How many times faster than Shopify's schedule failed webhooks are sent again; 1 is four hours in all. */
  retrySpeed: number;
  /** Bulk operations end so instead of completing, until it is set back to null. */
  bulkOperations: "FAILED" | "STUCK" | null;
};

const NO_DOOR_FAULTS: DoorFaults = {
  latencyMs: 0,
  errorRate: 0,
  lostRequests: 0,
  lostAnswers: 0,
  duplicates: 0,
  outage: false,
};

export const noFaults = (): Faults => ({
  doors: Object.fromEntries(DOORS.map((door) => [door, { ...NO_DOOR_FAULTS }])) as Faults["doors"],
  webhooks: { lost: 0, duplicated: 0, maxDelayMs: 0 },
  throttled: false,
  retrySpeed: 1,
  bulkOperations: null,
});
