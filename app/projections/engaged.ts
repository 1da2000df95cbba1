import { customOf } from "./data";
import { oncePerVisit } from "./fact";
import { isPageView, pathOf, type TimelineEvent } from "./visit";

/** What the tracker told of one page view; null where it did not. */
export type Engaged = {
  visibleMs: number | null;
  scrollPercent: number | null;
  firstInteractionMs: number | null;
  rageClickCount: number;
  deadClickCount: number;
};

const UNTOLD: Engaged = {
  ...{ visibleMs: null, scrollPercent: null, firstInteractionMs: null },
  ...{ rageClickCount: 0, deadClickCount: 0 },
};

/** What was told of each page view of a visit. A page tells its totals again and again, under its path:
 * they belong to the last view of that path, and the largest count. */
export const engagedOf = oncePerVisit(({ events }): Map<TimelineEvent, Engaged> => {
  const latest = new Map<string | null, Engaged>();
  const told = new Map<TimelineEvent, Engaged>();
  for (const event of events) {
    if (isPageView(event)) {
      const engaged = { ...UNTOLD };
      told.set(event, engaged);
      latest.set(pathOf(event), engaged);
    } else if (event.name.startsWith("pixelnova:")) {
      const engaged = latest.get(pathOf(event));
      if (engaged) take(event, engaged);
    }
  }
  return told;
});

function take(event: TimelineEvent, engaged: Engaged): void {
  if (customOf(event, "pixelnova:rage_clicked")) engaged.rageClickCount++;
  if (customOf(event, "pixelnova:dead_clicked")) engaged.deadClickCount++;
  const report = customOf(event, "pixelnova:page_engaged");
  if (!report) return;
  engaged.visibleMs = Math.max(engaged.visibleMs ?? 0, report.visibleMs);
  engaged.scrollPercent = Math.max(engaged.scrollPercent ?? 0, report.scrollPercent);
  engaged.firstInteractionMs ??= report.firstInteractionMs ?? null;
}
