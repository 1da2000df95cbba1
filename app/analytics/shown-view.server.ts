import type { Db } from "~/platform/db.server";
import { waitingSince } from "~/projections/status.server";
import { annotations, type Annotation } from "./annotations/annotations.server";
import type { Question } from "./report";
import type { View } from "./view";

/** More than these nobody could tell apart in a chart. */
const MOST_IN_CHARTS = 50;

/** A view, when it was looked at, and since when what came in is still being counted, where it is. */
export type ShownView = View & { now: Date; waitingSince: Date | null };

/** What a page says of its view. */
export const shownView = async (db: Db, { shopId, now, view }: Question): Promise<ShownView> => ({
  ...view,
  now,
  waitingSince: await waitingSince(db, shopId, now),
});

/** The same with what happened in its period, as charts are marked with it: the newest ones. */
export async function withAnnotations(
  db: Db,
  question: Question,
): Promise<ShownView & { annotations: Annotation[] }> {
  const { rows } = await annotations(db, question, { of: "period", limit: MOST_IN_CHARTS });
  return { ...(await shownView(db, question)), annotations: rows };
}
