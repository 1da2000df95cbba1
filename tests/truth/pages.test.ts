import { expect } from "vitest";
import { heatmap, heatmapPages } from "~/analytics/heatmap/heatmap.server";
import { VIEWPORTS } from "~/analytics/heatmap/definitions";
import { topPages } from "~/analytics/pages/top.server";
import { averageTime } from "~/analytics/pages/views.server";
import { listSessions } from "~/analytics/sessions/list.server";
import { sessionTimeline } from "~/analytics/sessions/timeline.server";
import { viewportOf } from "~/projections/facts/clicks";
import { pathTemplateOf } from "~/projections/path-template";
import { questionAt } from "../analytics/session-facts";
import { trueSessions, type TrueSession } from "../../dev/shoppers/checks/journeys";
import type { Visit, VisitEvent } from "../../dev/shoppers/model";
import { test } from "../ingest";
import { BERLIN, openShop, recentVisits, sendTo } from "./shop";

const isTold = ({ fate }: VisitEvent): boolean => fate === "sent";

/** A shop to which all was told, and what it was told in each session. */
async function told(seed: number, stage: Parameters<typeof sendTo>[0]) {
  const visits = recentVisits(BERLIN, { seed, visitorsPerDay: 25 });
  const shop = await openShop(stage.db, BERLIN);
  await sendTo(stage, shop, visits);
  const zone = { at: new Date().toISOString(), zone: shop.timeZone };
  const sessions = trueSessions({ visits, orders: [], isTold });
  return { visits, sessions, shopId: shop.id, question: questionAt(shop.id, zone) };
}

const named = (name: string) => (seen: VisitEvent) => seen.event.name === name;
const pathOf = ({ event }: VisitEvent): string => event.context?.path ?? "";

/** How often each page was opened, in how many sessions, and how often it was the last. */
function truePages(sessions: readonly TrueSession[]): Map<string, [number, number, number]> {
  const pages = new Map<string, [number, number, number]>();
  for (const { events } of sessions) {
    const paths = events.filter(named("page_viewed")).map(pathOf);
    for (const path of new Set(paths)) {
      const [views, unique, exits] = pages.get(path) ?? [0, 0, 0];
      const own = paths.filter((each) => each === path).length;
      pages.set(path, [views + own, unique + 1, exits + (paths.at(-1) === path ? 1 : 0)]);
    }
  }
  return pages;
}

/** How long the pages of each path were visible in all, in milliseconds, as their last reports say. */
function trueTimes(visits: readonly Visit[], sessions: readonly TrueSession[]) {
  const seen = new Set(sessions.flatMap(({ events }) => events.map(({ event }) => event.id)));
  const times = new Map<string, number>();
  for (const { pages, events } of visits) {
    const views = events.filter(named("page_viewed"));
    for (const [index, { reports }] of pages.entries()) {
      const view = views[index];
      const last = reports.findLast(({ eventId }) => seen.has(eventId));
      if (!view || !last || !seen.has(view.event.id)) continue;
      times.set(pathOf(view), (times.get(pathOf(view)) ?? 0) + last.visibleMs);
    }
  }
  return times;
}

test.for([11, 12, 13])(
  "seed %i: every page's views, exits and visible time, every element's clicks and every session's events are what happened",
  async (seed, { db, ingest }) => {
    const { visits, sessions, shopId, question } = await told(seed, { db, ingest });

    const { rows: pages } = await topPages(db, question, { sort: "views", limit: 100_000 });
    const counted = pages.map(({ page, views, uniqueViews, exits }) => [
      page,
      [views, uniqueViews, exits],
    ]);
    expect(pages.length).toBeGreaterThan(20);
    expect(new Map(counted as [string, number[]][])).toEqual(truePages(sessions));

    const { rows: times } = await averageTime(db, question, { by: "path", limit: 100_000 });
    const visible = times.flatMap(({ of, meanVisible, toldVisible }) =>
      meanVisible === null ? [] : [[of, Math.round(meanVisible * toldVisible)] as const],
    );
    expect(visible.length).toBeGreaterThan(20);
    expect(new Map(visible)).toEqual(trueTimes(visits, sessions));

    const places = await heatmapPages(db, question, { limit: 100_000 });
    const clicked = await Promise.all(
      places.rows.map(async ({ template, viewport }) => {
        const known = VIEWPORTS.find((name) => name === viewport) ?? "desktop";
        const { rows } = await heatmap(db, question, { template, viewport: known, limit: 100_000 });
        return rows.map((row) => [`${template} ${viewport} ${row.element}`, row.clicks] as const);
      }),
    );
    expect(clicked.flat().length).toBeGreaterThan(5);
    expect(new Map(clicked.flat().filter(([, clicks]) => clicks > 0))).toEqual(
      trueClicks(sessions),
    );

    const { rows } = await listSessions(db, question, { limit: 100_000 });
    const timelines = await Promise.all(
      rows.map(async ({ sessionId: id }) => {
        const { rows } = await sessionTimeline(db, { shopId }, { id, limit: 100_000 });
        return [id, rows.map((row) => row.id)] as const;
      }),
    );
    const happened = sessions.map(
      ({ id, events }) => [id, events.map(({ event }) => event.id)] as const,
    );
    expect(rows.length).toBeGreaterThan(80);
    expect(sorted(timelines)).toEqual(sorted(happened));
  },
);

function trueClicks(sessions: readonly TrueSession[]): Map<string, number> {
  const clicks = new Map<string, number>();
  for (const seen of sessions.flatMap(({ events }) => events)) {
    if (seen.event.name !== "pixelnova:element_clicked") continue;
    const { element, viewportWidth } = seen.event.data as Clicked;
    const key = `${pathTemplateOf(pathOf(seen))} ${viewportOf(viewportWidth)} ${element}`;
    clicks.set(key, (clicks.get(key) ?? 0) + 1);
  }
  return clicks;
}
type Clicked = { element: string; viewportWidth: number };

/** Sessions by their ids, and the ids of each one's events, which may share a moment. */
const sorted = (sessions: readonly (readonly [string, readonly string[]])[]) =>
  Object.fromEntries(sessions.map(([id, events]) => [id, events.toSorted()]));
