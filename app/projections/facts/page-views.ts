import { EVENT_COLUMNS, eventRow, type EventRow, type Fact } from "../fact";
import { pageTypeOf, type PageType } from "../page-type";
import { isPageView, pathOf, type Visit } from "../visit";

export type PageViewRow = EventRow & {
  viewedAt: Date;
  path: string;
  pageType: PageType;
  title: string | null;
  isExit: boolean;
};

/** One page seen. */
export const pageViews: Fact<PageViewRow> = {
  table: "page_views",
  version: 3,
  at: "viewedAt",
  columns: {
    ...EVENT_COLUMNS,
    viewedAt: "timestamptz",
    path: "text",
    pageType: "text",
    title: "text",
    isExit: "boolean",
  },
  fold(visit: Visit) {
    const views = visit.events.filter(isPageView);
    return views.map((event, index) => {
      const path = pathOf(event) ?? "";
      return {
        ...eventRow(visit, event),
        viewedAt: event.occurredAt,
        path,
        pageType: pageTypeOf(path),
        title: event.context?.title ?? null,
        isExit: index === views.length - 1,
      };
    });
  },
};
