import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, Page } from "@shopify/polaris";
import { CursorIcon } from "@shopify/polaris-icons";
import { VIEWPORTS, type Viewport } from "~/analytics/heatmap/definitions";
import {
  heatmap,
  heatmapCells,
  heatmapPages,
  type ClickedPage,
  type Place,
} from "~/analytics/heatmap/heatmap.server";
import { daysAround, layoutChange } from "~/analytics/heatmap/layout";
import { questionOf } from "~/analytics/question";
import type { Question } from "~/analytics/report";
import { comparisonOf } from "~/analytics/view";
import { HeatmapChoice } from "~/components/analytics/heatmap-choice";
import { HeatmapElements } from "~/components/analytics/heatmap-elements";
import { HeatmapTiles } from "~/components/analytics/heatmap-tiles";
import { LayoutChanged } from "~/components/analytics/layout-changed";
import { ViewBar } from "~/components/analytics/view-bar";
import { NothingHere } from "~/components/nothing-here";
import { RouteError } from "~/components/route-error";
import { dayAt } from "~/platform/calendar";
import type { Db } from "~/platform/db.server";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

/** How many elements are drawn, and how many a change of layout is looked for in. */
const [DRAWN, JUDGED] = [24, 250];

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  const question = questionOf(shop, search, new Date());
  const before = comparisonOf(question.view);
  const read = (of: Question) => heatmapPages(context.db, of, { limit: JUDGED });
  const [{ rows: pages }, pagesBefore] = await Promise.all([
    read(question),
    before && read({ ...question, view: before }),
  ]);
  const place = placeIn(search, pages);
  return {
    ...{ pages, pagesBefore: pagesBefore?.rows ?? null, place },
    ...{ view: question.view, currency: shop.currency },
    clicks: place && (await readClicks(context.db, question, place)),
  };
});

/** What the address names, else what was clicked most. */
function placeIn(search: URLSearchParams, pages: readonly ClickedPage[]): Place | null {
  const template = search.get("template") ?? pages[0]?.template;
  if (!template) return null;
  const most = pages.find((page) => page.template === template)?.viewport;
  return { template, viewport: viewportOf(search.get("viewport") ?? most) ?? "desktop" };
}

const viewportOf = (name: string | undefined): Viewport | undefined =>
  VIEWPORTS.find((known) => known === name);

async function readClicks(db: Db, question: Question, place: Place) {
  const [{ rows: elements }, { rows: cells }] = await Promise.all([
    heatmap(db, question, { ...place, limit: JUDGED }),
    heatmapCells(db, question, { ...place, limit: DRAWN }),
  ]);
  const change = layoutChange(elements);
  const { days, timeZone } = question.view.period;
  const around = change && daysAround(change, days, (at) => dayAt(at, timeZone));
  return { elements, cells, change: change && { ...change, ...around } };
}

export default function Heatmap() {
  const { pages, pagesBefore, place, clicks, view, currency } = useLoaderData<typeof loader>();
  const writing = { currency, timeZone: view.period.timeZone };
  return (
    <Page
      title="Heatmap"
      subtitle="What shoppers click on your pages, and where in it"
      backAction={{ content: "Pages", url: "/app/analytics/pages" }}
    >
      <BlockStack gap="400">
        <ViewBar view={view} without={["steps"]} />
        {place && clicks && <HeatmapChoice pages={pages} place={place} />}
        {place && clicks && clicks.elements.length > 0 ? (
          <>
            <HeatmapTiles {...{ pages, pagesBefore, place, writing }} />
            {clicks.change && <LayoutChanged change={clicks.change} writing={writing} />}
            <HeatmapElements {...{ ...clicks, place, writing }} isDrawn={!clicks.change} />
          </>
        ) : (
          <NoClicks />
        )}
      </BlockStack>
    </Page>
  );
}

const NoClicks = () => (
  <Card>
    <NothingHere
      icon={CursorIcon}
      title="No click was told of in this period"
      advice="Switch the app embed “Pixelnova tracker” on in your theme. If it is on, choose other days, another page, or take a filter away."
    />
  </Card>
);
