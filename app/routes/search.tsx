import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { questionOf } from "~/analytics/question";
import { withAnnotations } from "~/analytics/shown-view.server";
import { readSearch, search } from "~/analytics/search/search.server";
import { comparisonOf } from "~/analytics/view";
import { SearchNumbers } from "~/components/analytics/search-numbers";
import { ViewBar } from "~/components/analytics/view-bar";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

const WITHOUT_RESULT = { by: "query", rank: "zeroResults", limit: 10 } as const;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams } = new URL(request.url);
  const question = questionOf(shop, searchParams, new Date());
  const asked = readSearch(searchParams);
  const view = comparisonOf(question.view);
  const read = (by: "all" | "step") => search(context.db, question, { ...asked, by });
  const readBefore = (by: "all" | "step") =>
    view && search(context.db, { ...question, view }, { ...asked, by });
  const [all, steps, allBefore, stepsBefore, queries, unanswered] = await Promise.all([
    ...([read("all"), read("step"), readBefore("all"), readBefore("step")] as const),
    search(context.db, question, { ...asked, by: "query" }),
    search(context.db, question, WITHOUT_RESULT),
  ]);
  return {
    ...{ all: all.rows, steps: steps.rows, queries, unanswered: unanswered.rows, rank: asked.rank },
    ...{ allBefore: allBefore && allBefore.rows, stepsBefore: stepsBefore && stepsBefore.rows },
    ...{ view: await withAnnotations(context.db, question), currency: shop.currency },
  };
});

export default function Search() {
  const data = useLoaderData<typeof loader>();
  return (
    <Page title="Search" subtitle="What shoppers look for, and whether they find it">
      <BlockStack gap="400">
        <ViewBar view={data.view} />
        <SearchNumbers {...data} />
      </BlockStack>
    </Page>
  );
}
