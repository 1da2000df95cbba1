import { dayAt } from "~/platform/calendar";
import type { Database } from "~/platform/db.server";
import type { Question } from "../report";
import { comparisonOf } from "../view";
import { VIEWPORTS, type Place } from "./definitions";
import { heatmap, heatmapCells, heatmapPages, type ClickedPage } from "./heatmap.server";
import { daysAround, layoutChange } from "./layout";

/** How many elements are drawn, and how many a change of layout is looked for in. */
const [DRAWN, JUDGED] = [24, 250];

type Named = { template: string | null; viewport: string | null };

/** All that the page of heatmaps shows, read at once: of the place that an address names, else of what was
 * clicked most. */
export async function heatmapPage(db: Database, question: Question, named: Named) {
  const before = comparisonOf(question.view);
  const read = (of: Question) => heatmapPages(db, of, { limit: JUDGED });
  const [{ rows: pages }, pagesBefore] = await Promise.all([
    read(question),
    before && read({ ...question, view: before }),
  ]);
  const place = placeIn(named, pages);
  const clicks = place && (await readClicks(db, question, place));
  return { pages, pagesBefore: pagesBefore?.rows ?? null, place, clicks };
}

function placeIn(named: Named, pages: readonly ClickedPage[]): Place | null {
  const template = named.template ?? pages[0]?.template;
  if (!template) return null;
  const most = pages.find((page) => page.template === template)?.viewport;
  const viewport = VIEWPORTS.find((known) => known === (named.viewport ?? most));
  return { template, viewport: viewport ?? "desktop" };
}

async function readClicks(db: Database, question: Question, place: Place) {
  const [{ rows: elements }, { rows: cells }] = await Promise.all([
    heatmap(db, question, { ...place, limit: JUDGED }),
    heatmapCells(db, question, { ...place, limit: DRAWN }),
  ]);
  const change = layoutChange(elements);
  const { days, timeZone } = question.view.period;
  const around = change && daysAround(change, days, (at) => dayAt(at, timeZone));
  return { elements, cells, change: change && { ...change, ...around } };
}
