/** What a step's condition can be about. */
export const CONDITIONS = {
  path: "Path (* stands for anything)",
  pageType: "Page type",
  productId: "Product id",
  vendor: "Vendor",
  productType: "Product type",
  query: "Query",
  checkoutStep: "Step of the checkout",
  engagement: "Event",
} as const;
export type Condition = keyof typeof CONDITIONS;
export const CONDITION_NAMES = Object.keys(CONDITIONS).filter((name): name is Condition =>
  Object.hasOwn(CONDITIONS, name),
);

type Kind = { name: string; conditions: readonly Condition[] };

/** What a step of a funnel can be, and the conditions that it can have. */
export const STEP_KINDS = {
  page: { name: "Page viewed", conditions: ["path", "pageType"] },
  product: { name: "Product viewed", conditions: ["productId", "vendor", "productType"] },
  search: { name: "Searched", conditions: ["query"] },
  added: { name: "Added to cart", conditions: ["productId"] },
  removed: { name: "Removed from cart", conditions: ["productId"] },
  checkout: { name: "Checkout reached", conditions: ["checkoutStep"] },
  purchase: { name: "Purchase", conditions: [] },
  engagement: { name: "Engagement", conditions: ["engagement"] },
} as const satisfies Record<string, Kind>;
export type StepKind = keyof typeof STEP_KINDS;
export const STEP_KIND_NAMES = [
  ...(["page", "product", "search", "added", "removed", "checkout"] as const),
  ...(["purchase", "engagement"] as const),
];
export const CHECKOUT_STEP_NAMES = [
  "started",
  "contact",
  "address",
  "shipping",
  "payment",
] as const;

export const conditionsOf = (kind: StepKind): readonly Condition[] => STEP_KINDS[kind].conditions;

/** One step: an event of a kind for which all conditions hold. */
export type FunnelStep = { kind: StepKind } & { [Name in Condition]?: string | undefined };

export const ORDERS = ["ordered", "loose"] as const;
export const UNITS_COUNTED = ["session", "visitor"] as const;

/** A funnel that a merchant builds. */
export type FunnelDefinition = {
  /** 2 to 8. */
  steps: FunnelStep[];
  /** `ordered`: each step after the one before it. `loose`: each after the first, in any order. */
  order: (typeof ORDERS)[number];
  /** How long after the first step the others count. */
  windowMinutes: number;
  countedBy: (typeof UNITS_COUNTED)[number];
};

export const STEP_COUNT = { least: 2, most: 8 };
export const MOST_WINDOW_DAYS = 90;

/** What a new funnel begins with. */
export const FIRST_DEFINITION: FunnelDefinition = {
  steps: [{ kind: "product" }, { kind: "added" }],
  order: "ordered",
  windowMinutes: 24 * 60,
  countedBy: "visitor",
};

/** A step in a few words: "Page viewed: /pages/*, page". */
export function stepName(step: FunnelStep): string {
  const values = conditionsOf(step.kind).flatMap((name) => step[name] ?? []);
  const { name } = STEP_KINDS[step.kind];
  return values.length === 0 ? name : `${name}: ${values.join(", ")}`;
}
