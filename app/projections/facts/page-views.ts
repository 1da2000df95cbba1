import { engagedOf, type Engaged } from "../engaged";
import { EVENT_COLUMNS, eventRow, type EventRow, type Fact } from "../fact";
import { pageTypeOf, type PageType } from "../page-type";
import { pathOf, type Visit } from "../visit";

export type PageViewRow = EventRow &
  Engaged & {
    viewedAt: Date;
    path: string;
    pageType: PageType;
    title: string | null;
    isExit: boolean;
    isRepeat: boolean;
  };

/** One page seen. */
export const pageViews: Fact<PageViewRow> = {
  table: "page_views",
  version: 4,
  at: "viewedAt",
  columns: {
    ...EVENT_COLUMNS,
    viewedAt: "timestamptz",
    path: "text",
    pageType: "text",
    title: "text",
    visibleMs: "int",
    scrollPercent: "int",
    firstInteractionMs: "int",
    rageClickCount: "int",
    deadClickCount: "int",
    isExit: "boolean",
    isRepeat: "boolean",
  },
  fold(visit: Visit) {
    const views = [...engagedOf(visit)];
    const seen = new Set<string>();
    return views.map(([event, engaged], index) => {
      const path = pathOf(event) ?? "";
      const isRepeat = seen.has(path);
      seen.add(path);
      return {
        ...eventRow(visit, event),
        viewedAt: event.occurredAt,
        path,
        pageType: pageTypeOf(path),
        title: event.context?.title ?? null,
        ...engaged,
        isExit: index === views.length - 1,
        isRepeat,
      };
    });
  },
};
