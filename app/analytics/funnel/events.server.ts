import { Prisma } from "@prisma/client";
import { CONDITION_NAMES, type Condition, type FunnelStep, type StepKind } from "./steps";

type Source = {
  table: string;
  at: string;
  /** What all its events have. */
  only?: string;
  columns: { [Name in Condition]?: string };
};

const product = { productId: "product_id" };
const checkout = { table: "checkout_steps", at: "reached_at" };

/** Where the events of each kind of step are. */
const SOURCES: Record<StepKind, Source> = {
  page: {
    ...{ table: "page_views", at: "viewed_at" },
    columns: { path: "path", pageType: "page_type" },
  },
  product: {
    ...{ table: "product_views", at: "viewed_at" },
    columns: { ...product, vendor: "vendor", productType: "product_type" },
  },
  search: { table: "searches", at: "searched_at", columns: { query: "query" } },
  added: { table: "cart_actions", at: "acted_at", only: "kind = 'added'", columns: product },
  removed: { table: "cart_actions", at: "acted_at", only: "kind = 'removed'", columns: product },
  checkout: { ...checkout, columns: { checkoutStep: "step" } },
  purchase: { ...checkout, only: "step = 'completed'", columns: {} },
  engagement: { table: "engagements", at: "engaged_at", columns: { engagement: "kind" } },
};

/** The table of a step's events, to be named `f`, and their moments. */
export const eventsOf = ({ kind }: FunnelStep) => ({
  table: Prisma.raw(SOURCES[kind].table),
  at: Prisma.raw(`f.${SOURCES[kind].at}`),
});

/** Whether an event `f` is the step's. */
export function holds(step: FunnelStep): Prisma.Sql {
  const { only, columns } = SOURCES[step.kind];
  const conditions = CONDITION_NAMES.flatMap((name) => {
    const [column, value] = [columns[name], step[name]];
    return column === undefined || value === undefined ? [] : [condition(column, value)];
  });
  const fixed = only === undefined ? [] : [Prisma.raw(`f.${only}`)];
  return Prisma.join([Prisma.sql`not f.is_bot`, ...fixed, ...conditions], " and ");
}

/** A star of a path stands for anything. */
function condition(column: string, value: string): Prisma.Sql {
  const name = Prisma.raw(`f.${column}`);
  if (column === "product_id") return Prisma.sql`${name} = ${value}::text::bigint`;
  if (column !== "path" || !value.includes("*")) return Prisma.sql`${name} = ${value}::text`;
  const pattern = value.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
  return Prisma.sql`${name} like ${pattern}::text`;
}

/** Whether an event can be one step's and another's. */
export function canShare(one: FunnelStep, other: FunnelStep): boolean {
  const [first, second] = [SOURCES[one.kind], SOURCES[other.kind]];
  if (first.table !== second.table) return false;
  if (first.only && second.only && first.only !== second.only) return false;
  return CONDITION_NAMES.every((name) => {
    const [wanted, alsoWanted] = [one[name], other[name]];
    const isExact =
      wanted !== undefined && alsoWanted !== undefined && !`${wanted}${alsoWanted}`.includes("*");
    return !isExact || wanted === alsoWanted;
  });
}
