import { Prisma } from "@prisma/client";
import { BY, groupOf, startsOf, type By } from "../groups.server";
import type { Question } from "../report";
import type { View } from "../view";
import { cartsIn } from "./chosen.server";

export const CARTS_PARAMETERS = { by: BY };

/** Carts that began in a period, with what they are `of`: a dimension is that of the session in which a
 * cart began. */
export function groupedCarts(question: Question, by: By): Prisma.Sql {
  const joined =
    by === "all" || by === "step"
      ? Prisma.empty
      : Prisma.sql`
        join cart_actions a on a.shop_id = k.shop_id and a.event_id = k.cart_id
        join sessions s on s.shop_id = a.shop_id and s.session_id = a.session_id`;
  return Prisma.sql`
    select k.*, ${groupOf(question.view, by, Prisma.sql`k.started_at`)} as of
    from carts k ${joined} where ${cartsIn(question)}`;
}

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
