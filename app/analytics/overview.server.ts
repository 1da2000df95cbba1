import type { Database } from "~/platform/db.server";
import {
  toSessionsOverTime,
  toTopPages,
  type SessionsOverTime,
  type TopPage,
  type Totals,
} from "./overview";
import { topPages } from "./pages/top.server";
import { pageViews } from "./pages/views.server";
import { unitOf, type Period } from "./period";
import type { Question } from "./report";
import { sessionStats } from "./sessions/stats.server";

const TOP_PAGES = 10;

export type Overview = {
  totals: Totals;
  /** Of each step of the period, the oldest first. */
  steps: Totals[];
  sessionsOverTime: SessionsOverTime;
  topPages: TopPage[];
  /** Of any period; null before the shop's first event. */
  lastEventAt: Date | null;
};

/** What happened in a shop's storefront in a period, from the reports that the pages of it show. */
export async function overview(
  db: Database,
  shopId: number,
  { period, now }: { period: Period; now: Date },
): Promise<Overview> {
  const view = { period, unit: unitOf(period), comparison: null, filters: {} };
  const question: Question = { shopId, now, view };
  const [[totals = NOTHING], steps, pages, last] = await Promise.all([
    totalsBy(db, question, "all"),
    totalsBy(db, question, "step"),
    topPages(db, question, { sort: "views", limit: TOP_PAGES }),
    lastEventAt(db, shopId),
  ]);
  return {
    ...{ totals, steps },
    sessionsOverTime: toSessionsOverTime(period, steps, now),
    topPages: toTopPages(pages.rows, totals.pageViews),
    lastEventAt: last,
  };
}

const NOTHING: Totals = { of: "all", visitors: 0, sessions: 0, pageViews: 0 };

/** Of a whole period, or of each of its steps. */
export async function totalsBy(
  db: Database,
  question: Question,
  by: "all" | "step",
): Promise<Totals[]> {
  const [sessions, viewed] = await Promise.all([
    sessionStats(db, question, { by }),
    pageViews(db, question, { by }),
  ]);
  return sessions.rows.map(({ of, visitors, sessions }, index) => ({
    ...{ of, visitors, sessions },
    pageViews: viewed.rows[index]?.views ?? 0,
  }));
}

/** When the last event of any session happened, a bot's too: it shows that the pixel works. */
async function lastEventAt(db: Database, shopId: number): Promise<Date | null> {
  const last = await db.session.findFirst({
    where: { shopId },
    orderBy: { endedAt: "desc" }, // one step into an index; an aggregate would read every session
    select: { endedAt: true },
  });
  return last?.endedAt ?? null;
}
