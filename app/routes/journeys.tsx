import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { journeys, readJourneys } from "~/analytics/journeys/journeys.server";
import { questionOf } from "~/analytics/question";
import { shownView } from "~/analytics/shown-view.server";
import { comparisonOf } from "~/analytics/view";
import { JourneyNumbers } from "~/components/analytics/journey-numbers";
import { ViewBar } from "~/components/analytics/view-bar";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  const question = questionOf(shop, search, new Date());
  const asked = readJourneys(search);
  const view = comparisonOf(question.view);
  const [told, before] = await Promise.all([
    journeys(context.db, question, asked),
    view &&
      journeys(context.db, { ...question, view }, { ...asked, limit: 250, cursor: undefined }),
  ]);
  return {
    ...{ told, before: before && before.rows, direction: asked.direction, pages: asked.pages },
    ...{
      length: asked.length,
      starts: asked.starts ?? null,
      view: await shownView(context.db, question),
    },
  };
});

export default function Journeys() {
  const data = useLoaderData<typeof loader>();
  return (
    <Page title="Journeys" subtitle="The commonest ways through your storefront">
      <BlockStack gap="400">
        <ViewBar view={data.view} without={["steps"]} />
        <JourneyNumbers {...data} />
      </BlockStack>
    </Page>
  );
}
