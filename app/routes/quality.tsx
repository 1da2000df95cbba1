import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { losses } from "~/analytics/quality/losses.server";
import { dataQuality } from "~/analytics/quality/quality.server";
import { questionOf } from "~/analytics/question";
import { withAnnotations } from "~/analytics/shown-view.server";
import { comparisonOf } from "~/analytics/view";
import { QualityNumbers } from "~/components/analytics/quality-numbers";
import { ViewBar } from "~/components/analytics/view-bar";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { projectionStatus } from "~/projections/status.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { db } = context;
  const question = questionOf(shop, new URL(request.url).searchParams, new Date());
  const before = comparisonOf(question.view);
  const [all, steps, allBefore, lost, { lagSeconds, lagEvents }] = await Promise.all([
    dataQuality(db, question, { by: "all" }),
    dataQuality(db, question, { by: "step" }),
    before && dataQuality(db, { ...question, view: before }, { by: "all" }),
    losses(db, question),
    projectionStatus(db, shop.id),
  ]);
  return {
    ...{ all: all.rows[0], steps: steps.rows, before: allBefore?.rows[0], losses: lost.rows },
    ...{
      lagSeconds,
      lagEvents,
      view: await withAnnotations(db, question),
      currency: shop.currency,
    },
  };
});

export default function QualityPage() {
  const data = useLoaderData<typeof loader>();
  return (
    <Page title="Data quality" subtitle="How much of what happened is known">
      <BlockStack gap="400">
        <ViewBar view={data.view} />
        <QualityNumbers {...data} />
      </BlockStack>
    </Page>
  );
}
