import { customOf } from "../data";
import { EVENT_COLUMNS, eventRow, type EventRow, type Fact } from "../fact";
import { pageTypeOf, type PageType } from "../page-type";
import { pathTemplateOf } from "../path-template";
import { pathOf, type TimelineEvent } from "../visit";

export type Viewport = "phone" | "tablet" | "desktop";

export type ClickRow = EventRow & {
  clickedAt: Date;
  kind: "click" | "rage" | "dead";
  pathTemplate: string;
  pageType: PageType;
  element: string;
  relativeX: number;
  relativeY: number;
  viewport: Viewport;
};

/** One click with its place, or a series of them that was made in rage or came to nothing. */
export const clicks: Fact<ClickRow> = {
  table: "clicks",
  version: 1,
  at: "clickedAt",
  columns: {
    ...EVENT_COLUMNS,
    clickedAt: "timestamptz",
    kind: "text",
    pathTemplate: "text",
    pageType: "text",
    element: "text",
    relativeX: "real",
    relativeY: "real",
    viewport: "text",
  },
  fold: (visit) =>
    visit.events.flatMap((event) => {
      const click = clickOf(event);
      const path = pathOf(event);
      if (!click || path === null) return [];
      const { kind, fields } = click;
      return {
        ...eventRow(visit, event),
        clickedAt: event.occurredAt,
        kind,
        pathTemplate: pathTemplateOf(path),
        pageType: pageTypeOf(path),
        element: fields.element,
        relativeX: fields.relativeX,
        relativeY: fields.relativeY,
        viewport: viewportOf(fields.viewportWidth),
      };
    }),
};

function clickOf(event: TimelineEvent) {
  const clicked = customOf(event, "pixelnova:element_clicked");
  if (clicked) return { kind: "click" as const, fields: clicked };
  const raged = customOf(event, "pixelnova:rage_clicked");
  if (raged) return { kind: "rage" as const, fields: raged };
  const died = customOf(event, "pixelnova:dead_clicked");
  return died && { kind: "dead" as const, fields: died };
}

/** Shopify's own themes change their layout at these widths; CSS pixels. */
const [TABLET_FROM, DESKTOP_FROM] = [750, 990];

/** Which of a theme's layouts a window of this width shows. */
export const viewportOf = (width: number): Viewport =>
  width < TABLET_FROM ? "phone" : width < DESKTOP_FROM ? "tablet" : "desktop";
