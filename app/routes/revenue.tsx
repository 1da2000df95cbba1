import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { beginningOf } from "~/analytics/beginning";
import { FILTER_NAMES, FILTERS } from "~/analytics/filters";
import { questionOf } from "~/analytics/question";
import { revenueByType } from "~/analytics/revenue/by-type.server";
import type { ItemKind } from "~/analytics/revenue/item-rollup.server";
import { refunds } from "~/analytics/revenue/refunds.server";
import { revenue, type RevenueBy } from "~/analytics/revenue/revenue.server";
import { withAnnotations } from "~/analytics/shown-view.server";
import { comparisonOf } from "~/analytics/view";
import { RevenueNumbers } from "~/components/analytics/revenue-numbers";
import { ItemsCard, OrdersCard } from "~/components/analytics/revenue-parts";
import { RefundsCard } from "~/components/analytics/revenue-refunds";
import { ViewBar } from "~/components/analytics/view-bar";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

const REFUNDS_OF_A_PAGE = 20;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  const question = questionOf(shop, search, new Date());
  const before = comparisonOf(question.view);
  const [by, itemsBy] = [partIn(search), itemsIn(search)];
  const cursor = search.get("cursor") ?? undefined;
  const read = (by: RevenueBy) => revenue(context.db, question, { by });
  const readBefore = (by: RevenueBy) =>
    before && revenue(context.db, { ...question, view: before }, { by });
  const [totals, steps, parts, totalsBefore, stepsBefore, items, paidBack] = await Promise.all([
    ...([read("all"), read("step"), read(by), readBefore("all"), readBefore("step")] as const),
    revenueByType(context.db, question, { by: itemsBy }),
    refunds(context.db, question, { limit: REFUNDS_OF_A_PAGE, cursor }),
  ]);
  return {
    ...{ by, itemsBy, totals: totals.rows, steps: steps.rows, parts: beginningOf(parts.rows) },
    ...{ totalsBefore: totalsBefore?.rows ?? null, stepsBefore: stepsBefore?.rows ?? null },
    ...{
      items: beginningOf(items.rows),
      paidBack,
      view: await withAnnotations(context.db, question),
      currency: shop.currency,
    },
  };
});

const PARTS = { customer: "New or returning customer", ...FILTERS } as const;
const PART_NAMES = ["customer", ...FILTER_NAMES] as const;

const partIn = (search: URLSearchParams) =>
  PART_NAMES.find((name) => name === search.get("by")) ?? "channel";
const itemsIn = (search: URLSearchParams): ItemKind =>
  search.get("items") === "vendor" ? "vendor" : "product-type";

export default function Revenue() {
  const data = useLoaderData<typeof loader>();
  const { view, by, itemsBy, parts, items, paidBack } = data;
  const writing = { currency: data.currency, timeZone: view.period.timeZone };
  return (
    <Page
      title="Revenue"
      subtitle="What verified orders brought: gross − discounts − refunds = net"
    >
      <BlockStack gap="400">
        <ViewBar view={view} />
        <RevenueNumbers {...data} writing={writing} />
        <OrdersCard {...{ by, ...parts, names: PARTS, writing }} />
        <ItemsCard {...{ by: itemsBy, ...items, writing }} />
        <RefundsCard {...paidBack} writing={writing} />
      </BlockStack>
    </Page>
  );
}
