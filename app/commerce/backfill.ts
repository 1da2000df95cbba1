import { InvalidInput } from "~/platform/errors";
import { DAY } from "~/platform/time";

/** How far back `read_orders` reaches. */
export const DAYS_WITHOUT_ALL_ORDERS = 60;
const ALL_ORDERS = "read_all_orders";

/** Since when orders are fetched; null for all.
 * @param days how many, or all of them; as many as the scopes allow when left out
 * @throws {InvalidInput} more is asked for than the shop has granted */
export function sinceOf(
  { scopes }: { scopes: readonly string[] },
  now: Date,
  days?: number | "all",
): Date | null {
  const isAll = scopes.includes(ALL_ORDERS);
  const wanted = days ?? (isAll ? "all" : DAYS_WITHOUT_ALL_ORDERS);
  if (!isAll && (wanted === "all" || wanted > DAYS_WITHOUT_ALL_ORDERS))
    throw new InvalidInput(
      `orders older than ${DAYS_WITHOUT_ALL_ORDERS} days want the scope ${ALL_ORDERS}, which the shop has not granted`,
    );
  return wanted === "all" ? null : new Date(now.getTime() - wanted * DAY);
}
