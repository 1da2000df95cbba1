import { Prisma } from "@prisma/client";
import { z } from "zod";
import { DIMENSION_NAMES, type Dimension } from "../filters";
import { dimensionOf } from "../filters.server";
import { stepsOf } from "../period";
import type { Question } from "../report";
import type { View } from "../view";
import { cartsIn } from "./chosen.server";

export const CARTS_PARAMETERS = {
  by: z
    .enum(["all", "step", ...DIMENSION_NAMES])
    .default("all")
    .describe("What the rows are of: all carts, a step of time, or a dimension of their session."),
};
export type CartsBy = "all" | "step" | Dimension;

/** Carts that began in a period, with what they are `of`. */
export function groupedCarts(question: Question, by: CartsBy): Prisma.Sql {
  const joined =
    by === "all" || by === "step"
      ? Prisma.empty
      : Prisma.sql`
        join cart_actions a on a.shop_id = k.shop_id and a.event_id = k.cart_id
        join sessions s on s.shop_id = a.shop_id and s.session_id = a.session_id`;
  return Prisma.sql`
    select k.*, ${groupOf(question.view, by)} as of from carts k ${joined} where ${cartsIn(question)}`;
}

function groupOf(view: View, by: CartsBy): Prisma.Sql {
  if (by === "all") return Prisma.sql`'all'::text`;
  if (by !== "step") return dimensionOf(by, view.period.timeZone);
  const starts = startsOf(view);
  return Prisma.sql`(${starts}::text[])[width_bucket(k.started_at, ${starts}::timestamptz[])]`;
}

const startsOf = (view: View): string[] =>
  stepsOf(view.period, view.unit).map((start) => start.toISOString());

/** Nothing is a number as well: a step without carts has a row, and so have all of none. */
export function complete<Row extends { of: string }>(
  found: Row[],
  { view, by }: { view: View; by: CartsBy },
  nothingOf: (of: string) => Row,
): Row[] {
  if (by !== "all" && by !== "step") return found;
  const known = new Map(found.map((row) => [row.of, row]));
  const keys = by === "all" ? ["all"] : startsOf(view);
  return keys.map((of) => known.get(of) ?? nothingOf(of));
}
