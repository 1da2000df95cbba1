import { expect } from "vitest";
import { funnel } from "~/analytics/funnel/funnel.server";
import type { FunnelDefinition } from "~/analytics/funnel/steps";
import { journeys } from "~/analytics/journeys/journeys.server";
import type { Question } from "~/analytics/report";
import { search } from "~/analytics/search/search.server";
import { parseView } from "~/analytics/view";
import { counted } from "../../dev/shoppers/checks/expected";
import { truthOf, type TrueEvent, type TrueVisit } from "../../dev/shoppers/checks/truth";
import { test } from "../ingest";
import { BERLIN, openShop, recentVisits, sendTo } from "./shop";

/** What the app has to take for a session: its visit, and those of its events that came. */
type Known = { visit: TrueVisit; events: TrueEvent[] };

const STAGES = [
  ...["page_viewed", "product_viewed", "product_added_to_cart"],
  ...["checkout_started", "checkout_completed"],
];

/** How many sessions reached each stage, or one after it. */
const reachedStages = (sessions: readonly Known[]): number[] =>
  STAGES.map((_, index) => {
    const names = STAGES.slice(index);
    return sessions.filter(({ events }) => events.some(({ name }) => names.includes(name))).length;
  });

/** How many sessions viewed a product after a search, and put one into the cart after that. */
function reachedSteps(sessions: readonly Known[]): number[] {
  const wanted = ["search_submitted", "product_viewed", "product_added_to_cart"];
  const counts = wanted.map(() => 0);
  for (const { events } of sessions) {
    let from = 0;
    for (const [index, name] of wanted.entries()) {
      const place = events.findIndex((event, at) => at >= from && event.name === name);
      if (place < 0) break;
      counts[index] = (counts[index] ?? 0) + 1;
      from = place + 1;
    }
  }
  return counts;
}

/** How many sessions began with each row of so many pages. */
function firstPages(
  sessions: readonly Known[],
  { by, length }: { by: "type" | "path"; length: number },
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { visit, events } of sessions) {
    const nameAt = new Map(visit.pages.map((page) => [Date.parse(page.at), page[by]]));
    const names = events
      .filter(({ name }) => name === "page_viewed")
      .map(({ at }) => nameAt.get(at) ?? "unknown");
    const pages = names.filter((name, index) => name !== names[index - 1]).slice(0, length);
    if (pages.length === 0) continue;
    const journey = pages.join(" → ");
    counts.set(journey, (counts.get(journey) ?? 0) + 1);
  }
  return counts;
}

/** How often each query was searched for, in how many sessions, and how often it found nothing. */
function queries(sessions: readonly Known[]): Map<string, number[]> {
  const counts = new Map<string, number[]>();
  for (const { visit, events } of sessions) {
    const ids = new Set(events.map(({ id }) => id));
    const made = visit.searches.filter(({ eventId }) => ids.has(eventId));
    const seen = new Set<string>();
    for (const { query, results } of made) {
      const name = query.trim().toLowerCase();
      const [searches = 0, inSessions = 0, empty = 0] = counts.get(name) ?? [];
      const isFirst = !seen.has(name);
      counts.set(name, [searches + 1, inSessions + Number(isFirst), empty + Number(results === 0)]);
      seen.add(name);
    }
  }
  return counts;
}

const SEARCHED: FunnelDefinition = {
  steps: [{ kind: "search" }, { kind: "product" }, { kind: "added" }],
  ...{ order: "ordered", windowMinutes: 24 * 60, countedBy: "session" },
};
const KINDS = { direction: "entry", pages: "type", length: 3, limit: 250 } as const;
const PATHS = { direction: "entry", pages: "path", length: 2, limit: 250 } as const;
const QUERIES = { by: "query", rank: "searches", limit: 250 } as const;

test.for([11, 12, 13])(
  "seed %i: stages, a built funnel, journeys and searches are what happened",
  async (seed, { db, ingest }) => {
    const visits = recentVisits(BERLIN, { seed, visitorsPerDay: 35 });
    const shop = await openShop(db, BERLIN);
    await sendTo({ db, ingest }, shop, visits);
    const now = new Date();
    const view = parseView(new URLSearchParams("period=7d"), shop.timeZone, now);
    const question: Question = { shopId: shop.id, now, view };
    const sessions = truthOf(visits).flatMap((visit) =>
      counted(visit).map((events): Known => ({ visit, events })),
    );

    const [stages, steps, kinds, paths, searches] = await Promise.all([
      funnel(db, question, { definition: null, by: "all" }),
      funnel(db, question, { definition: SEARCHED, by: "all" }),
      journeys(db, question, KINDS),
      journeys(db, question, PATHS),
      search(db, question, QUERIES),
    ]);

    expect(reachedStages(sessions).at(-1)).toBeGreaterThan(0);
    expect(reachedSteps(sessions).at(-1)).toBeGreaterThan(0);
    expect(stages.rows.map(({ reached }) => reached)).toEqual(reachedStages(sessions));
    expect(steps.rows.map(({ reached }) => reached)).toEqual(reachedSteps(sessions));
    expect(new Map(kinds.rows.map((row) => [row.pages, row.sessions]))).toEqual(
      firstPages(sessions, { by: "type", length: 3 }),
    );
    expect(new Map(paths.rows.map((row) => [row.pages, row.sessions]))).toEqual(
      firstPages(sessions, { by: "path", length: 2 }),
    );
    expect(
      new Map(searches.rows.map((row) => [row.of, [row.searches, row.sessions, row.zeroResults]])),
    ).toEqual(queries(sessions));
  },
);
