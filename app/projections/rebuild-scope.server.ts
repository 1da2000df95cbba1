import { InvalidInput } from "~/platform/errors";
import { columnOf } from "~/platform/columns";
import { FACTS, JOURNEYS, type AnyFact } from "./tables.server";
import { VERSIONS } from "./versions.server";

/** What a rebuild makes anew. */
export type Scope = {
  projections: readonly string[];
  facts: readonly AnyFact[];
  /** Whether it includes what spans sessions: orders, who is who, visitors. */
  hasJourneys: boolean;
  /** All tables that are filled. */
  tables: readonly string[];
  /** Tables whose rows from before the log are kept, each with the column that tells when. */
  kept: readonly { table: string; at: string }[];
};

const OF_ORDERS = ["orders", "order_items", "refunds", "refund_items", "customers"];
const OF_VISITORS = ["checkouts", "visitors", "carts", "interactions", "user_features"];
const SPANNING = new Set(["orders", "visitors", ...JOURNEYS.map(({ table }) => table)]);
/** Facts that visitors' tables are made of besides. */
const FEEDING = new Set(["product_views", "session_products", "cart_actions"]);
const ORDERS_KEPT = OF_ORDERS.slice(0, 2).map((table) => ({ table, at: "placed_at" }));

/** Every table that something is folded into. */
export const PROJECTED_TABLES: readonly string[] = [
  ...FACTS.map(({ table }) => table),
  ...OF_ORDERS,
  ...OF_VISITORS,
  "stale_visitors",
  "fold_failures",
];

/** All that has to be made anew together when some projections are to be.
 * @param names all projections when there are none
 * @throws {InvalidInput} a name that is no projection's */
export function scopeOf(names: readonly string[] = [...VERSIONS.keys()]): Scope {
  for (const name of names)
    if (!VERSIONS.has(name))
      throw new InvalidInput(
        `there is no projection "${name}"; there are ${[...VERSIONS.keys()].join(", ")}`,
      );
  const hasJourneys = names.some((name) => SPANNING.has(name) || FEEDING.has(name));
  const wanted = new Set([...names, ...(hasJourneys ? SPANNING : [])]);
  const facts = FACTS.filter(({ table }) => wanted.has(table));
  const spanning = hasJourneys ? [...OF_ORDERS, ...OF_VISITORS, "stale_visitors"] : [];
  return {
    projections: [...VERSIONS.keys()].filter((name) => wanted.has(name)),
    facts,
    hasJourneys,
    tables: [...facts.map(({ table }) => table), ...spanning, "fold_failures"],
    kept: [
      ...facts.map(({ table, at }) => ({ table, at: columnOf(at) })),
      ...(hasJourneys ? ORDERS_KEPT : []),
    ],
  };
}
