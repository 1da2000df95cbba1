import { timeZoneOf } from "./period";
import type { Question } from "./report";
import { parseView } from "./view";

type Shop = { id: number; timeZone: string | null };

/** What an address asks of a shop.
 * @throws {InvalidInput} */
export const questionOf = (shop: Shop, search: URLSearchParams, now: Date): Question => ({
  ...{ shopId: shop.id, now },
  view: parseView(search, timeZoneOf(shop), now),
});
