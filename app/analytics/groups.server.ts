import { Prisma } from "@prisma/client";
import { z } from "zod";
import { DIMENSION_NAMES, type Dimension } from "./filters";
import { dimensionOf } from "./filters.server";
import { stepsOf } from "./period";
import type { View } from "./view";

/** What a report's rows are of. */
export type By = "all" | "step" | Dimension;

export const BY = z
  .enum(["all", "step", ...DIMENSION_NAMES])
  .default("all")
  .describe(
    "What the rows are of: everything, each step of time that has begun, or a dimension of the session.",
  );

/** Where each step of a view begins, as rows name it. */
export const startsOf = (view: View): string[] =>
  stepsOf(view.period, view.unit).map((start) => start.toISOString());

/** The name of the group that a row belongs to: `all`, its step's beginning, or what its session, `sessions s`,
 * has in common with others.
 * @param at the moment that decides about the step */
export function groupOf(view: View, by: By, at = Prisma.sql`s.started_at`): Prisma.Sql {
  if (by === "all") return Prisma.sql`'all'::text`;
  if (by !== "step") return dimensionOf(by, view.period.timeZone);
  const starts = startsOf(view);
  return Prisma.sql`(${starts}::text[])[width_bucket(${at}, ${starts}::timestamptz[])]`;
}
