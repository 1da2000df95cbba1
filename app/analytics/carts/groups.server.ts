import { BY, startsOf, type By } from "../groups.server";
import type { View } from "../view";

export const CARTS_PARAMETERS = { by: BY };

/** Nothing is a number as well: a step without carts has a row, and so have all of none. */
export function complete<Row extends { of: string }>(
  found: Row[],
  { view, by }: { view: View; by: By },
  nothingOf: (of: string) => Row,
): Row[] {
  if (by !== "all" && by !== "step") return found;
  const known = new Map(found.map((row) => [row.of, row]));
  const keys = by === "all" ? ["all"] : startsOf(view);
  return keys.map((of) => known.get(of) ?? nothingOf(of));
}
