import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { beginningOf } from "~/analytics/beginning";
import { dimensionIn, type Dimension } from "~/analytics/filters";
import { questionOf } from "~/analytics/question";
import { withAnnotations } from "~/analytics/shown-view.server";
import { comparisonOf } from "~/analytics/view";
import { sessionStats } from "~/analytics/sessions/stats.server";
import { SessionNumbers } from "~/components/analytics/session-numbers";
import { withView } from "~/components/analytics/view-address";
import { ViewBar } from "~/components/analytics/view-bar";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  const question = questionOf(shop, search, new Date());
  const by = dimensionIn(search);
  const before = comparisonOf(question.view);
  const read = (by: "all" | "step" | Dimension) => sessionStats(context.db, question, { by });
  const readBefore = (by: "all" | "step") =>
    before && sessionStats(context.db, { ...question, view: before }, { by });
  const [totals, steps, parts, totalsBefore, stepsBefore] = await Promise.all([
    ...[read("all"), read("step"), read(by)],
    ...[readBefore("all"), readBefore("step")],
  ]);
  return {
    ...{
      by,
      totals: totals?.rows ?? [],
      steps: steps?.rows ?? [],
      parts: beginningOf(parts?.rows ?? []),
    },
    ...{ totalsBefore: totalsBefore?.rows ?? null, stepsBefore: stepsBefore?.rows ?? null },
    ...{ view: await withAnnotations(context.db, question), currency: shop.currency },
  };
});

export default function Sessions() {
  const data = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const list = withView("/app/analytics/sessions/list", search);
  return (
    <Page
      title="Sessions"
      subtitle="Visits to your storefront, and what came of them"
      secondaryActions={[{ content: "Every session", url: list }]}
    >
      <BlockStack gap="400">
        <ViewBar view={data.view} />
        <SessionNumbers {...data} />
      </BlockStack>
    </Page>
  );
}
