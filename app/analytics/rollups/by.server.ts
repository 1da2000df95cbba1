import { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { dimensionOf } from "../filters.server";
import type { By } from "../groups.server";
import { stepsOf } from "../period";
import type { Question } from "../report";
import { askRollups, type PartsOf } from "./reading.server";

/** Asks with the sums of a period as a whole or by step, of which some are kept. By what sessions have in
 * common nothing is kept: then facts are summed, which have to be joined to their `sessions s`. */
export function askBy<Row extends object>(
  db: Database,
  { question, by }: { question: Question; by: By },
  ask: (partsOf: PartsOf) => Prisma.Sql,
): Promise<Row[]> {
  const { shopId, view } = question;
  const { period, filters } = view;
  if (by === "all") return askRollups(db, { question, steps: [] }, ask);
  if (by === "step") return askRollups(db, { question, steps: stepsOf(period, view.unit) }, ask);
  const asked = { shopId, from: period.from, to: period.to, filters };
  const name = dimensionOf(by, period.timeZone);
  return db.$queryRaw<Row[]>(ask((rollup) => Prisma.sql`(${rollup.facts(asked, () => name)})`));
}
