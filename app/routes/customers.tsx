import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { customers, type CustomersBy } from "~/analytics/customers/customers.server";
import { lifetimeValues } from "~/analytics/customers/ltv.server";
import { rfmGroups } from "~/analytics/customers/rfm.server";
import { searchWithPeriod } from "~/analytics/period";
import { questionOf } from "~/analytics/question";
import { withAnnotations } from "~/analytics/shown-view.server";
import { comparisonOf } from "~/analytics/view";
import { CustomerSeries, CustomerTiles } from "~/components/analytics/customer-numbers";
import { GroupsCard, LifetimeCard } from "~/components/analytics/customer-value";
import { ViewBar } from "~/components/analytics/view-bar";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const search = searchWithPeriod(new URL(request.url).searchParams, "365d");
  const question = questionOf(shop, search, new Date());
  const before = comparisonOf(question.view);
  const read = (by: CustomersBy) => customers(context.db, question, { by });
  const readBefore = (by: CustomersBy) =>
    before && customers(context.db, { ...question, view: before }, { by });
  const [totals, steps, totalsBefore, stepsBefore, lifetime, groups] = await Promise.all([
    ...([read("all"), read("step"), readBefore("all"), readBefore("step")] as const),
    lifetimeValues(context.db, question),
    rfmGroups(context.db, question),
  ]);
  return {
    ...{ totals: totals.rows, steps: steps.rows, lifetime: lifetime.rows, groups: groups.rows },
    ...{ totalsBefore: totalsBefore?.rows ?? null, stepsBefore: stepsBefore?.rows ?? null },
    ...{ view: await withAnnotations(context.db, question), currency: shop.currency },
  };
});

export default function Customers() {
  const data = useLoaderData<typeof loader>();
  const { view, currency, lifetime, groups } = data;
  const writing = { currency, timeZone: view.period.timeZone };
  return (
    <Page title="Customers" subtitle="Who orders, who orders again, and what they bring">
      <BlockStack gap="400">
        <ViewBar view={view} />
        <CustomerTiles {...data} writing={writing} />
        <LifetimeCard rows={lifetime} {...{ view, writing }} />
        <GroupsCard rows={groups} {...{ view, writing }} />
        <CustomerSeries {...data} writing={writing} />
      </BlockStack>
    </Page>
  );
}
