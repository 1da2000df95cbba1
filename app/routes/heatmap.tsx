import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, Page } from "@shopify/polaris";
import { CursorIcon } from "@shopify/polaris-icons";
import { heatmapPage } from "~/analytics/heatmap/page.server";
import { questionOf } from "~/analytics/question";
import { shownView } from "~/analytics/shown-view.server";
import { HeatmapChoice } from "~/components/analytics/heatmap-choice";
import { HeatmapElements } from "~/components/analytics/heatmap-elements";
import { HeatmapTiles } from "~/components/analytics/heatmap-tiles";
import { LayoutChanged } from "~/components/analytics/layout-changed";
import { ViewBar } from "~/components/analytics/view-bar";
import { NothingHere } from "~/components/nothing-here";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  const question = questionOf(shop, search, new Date());
  const place = { template: search.get("template"), viewport: search.get("viewport") };
  const shown = await heatmapPage(context.db, question, place);
  return { ...shown, view: await shownView(context.db, question), currency: shop.currency };
});

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
