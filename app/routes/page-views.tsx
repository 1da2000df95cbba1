import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { BlockStack, Card, Page } from "@shopify/polaris";
import { PageIcon } from "@shopify/polaris-icons";
import { parseTopPages, topPages } from "~/analytics/pages/top.server";
import { pageViews } from "~/analytics/pages/views.server";
import { questionOf } from "~/analytics/question";
import { withAnnotations } from "~/analytics/shown-view.server";
import { comparisonOf } from "~/analytics/view";
import { PageNumbers } from "~/components/analytics/page-numbers";
import { PageRankingCard } from "~/components/analytics/page-ranking-card";
import { withView } from "~/components/analytics/view-address";
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
  const before = comparisonOf(question.view);
  const asked = parseTopPages(search);
  const read = (by: "all" | "step" | "type") => pageViews(context.db, question, { by });
  const readBefore = (by: "all" | "step") =>
    before && pageViews(context.db, { ...question, view: before }, { by });
  const [totals, steps, types, pages, totalsBefore, stepsBefore] = await Promise.all([
    ...([read("all"), read("step"), read("type")] as const),
    topPages(context.db, question, asked),
    ...([readBefore("all"), readBefore("step")] as const),
  ]);
  return {
    ...{ totals: totals.rows, steps: steps.rows, types: types.rows },
    pages: { rows: pages.rows, next: pages.next ?? null, asked },
    ...{ totalsBefore: totalsBefore?.rows ?? null, stepsBefore: stepsBefore?.rows ?? null },
    ...{ view: await withAnnotations(context.db, question), currency: shop.currency },
  };
});

const PATH = "/app/analytics/pages";

export default function Pages() {
  const data = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const { asked, rows, next } = data.pages;
  const more = (cursor: object) => withView(PATH, search, { ...chosen(asked), ...cursor });
  const sessionsBy = (by: string) => withView("/app/analytics/sessions", search, { by });
  return (
    <Page
      title="Pages"
      subtitle="How often pages of your storefront were opened, and how they were looked at"
      secondaryActions={[
        { content: "Landing pages", url: sessionsBy("landing") },
        { content: "Exit pages", url: sessionsBy("exit") },
        { content: "Heatmap", url: withView("/app/analytics/heatmap", search) },
      ]}
    >
      <BlockStack gap="400">
        <ViewBar view={data.view} />
        {data.totals[0]?.views === 0 && <NoViews />}
        <PageNumbers {...data} />
        <PageRankingCard
          {...{ rows, asked, types: data.types.map(({ of }) => of) }}
          next={next && more({ cursor: next })}
          first={asked.cursor === undefined ? null : more({})}
          writing={{ currency: data.currency, timeZone: data.view.period.timeZone }}
        />
      </BlockStack>
    </Page>
  );
}

/** What is asked of the ranking, as an address says it. */
const chosen = ({ sort, pageType }: { sort: string; pageType?: string | undefined }) => ({
  sort,
  ...(pageType === undefined ? {} : { pageType }),
});

const NoViews = () => (
  <Card>
    <NothingHere
      icon={PageIcon}
      title="No page was opened in this period"
      advice="Choose other days, or take a filter away. A view shows up a few seconds after a shopper opens a page."
    />
  </Card>
);
