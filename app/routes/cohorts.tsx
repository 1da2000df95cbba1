import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { cohortUnitOf } from "~/analytics/cohorts/cells";
import { cohorts } from "~/analytics/cohorts/cohorts.server";
import { retentionUnitOf } from "~/analytics/cohorts/curve";
import { FIRST_NAMES, SPLIT_NAMES } from "~/analytics/cohorts/definitions";
import { retention } from "~/analytics/cohorts/retention.server";
import { searchWithPeriod } from "~/analytics/period";
import { questionOf } from "~/analytics/question";
import { shownView } from "~/analytics/shown-view.server";
import { comparisonOf } from "~/analytics/view";
import { CohortChoice, CohortsCard } from "~/components/analytics/cohort-tables";
import { RetentionCard } from "~/components/analytics/cohort-retention";
import { ViewBar } from "~/components/analytics/view-bar";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const search = searchWithPeriod(new URL(request.url).searchParams, "90d");
  const question = questionOf(shop, search, new Date());
  const { view } = question;
  const before = comparisonOf(view);
  const asked = { first: firstIn(search), split: splitIn(search) };
  const together = { ...asked, split: "none" } as const;
  const [cells, parts, curve, curveBefore] = await Promise.all([
    cohorts(context.db, question, asked),
    asked.split === "none" ? null : retention(context.db, question, asked),
    retention(context.db, question, together),
    before && retention(context.db, { ...question, view: before }, together),
  ]);
  return {
    ...{ asked, cells: cells.rows, parts: (parts ?? curve).rows, curve: curve.rows },
    ...{ curveBefore: curveBefore?.rows ?? null, currency: shop.currency },
    view: await shownView(context.db, question),
    ...{ cohortUnit: cohortUnitOf(view.unit), retentionUnit: retentionUnitOf(view.unit) },
  };
});

const firstIn = (search: URLSearchParams) =>
  FIRST_NAMES.find((name) => name === search.get("first")) ?? "order";
const splitIn = (search: URLSearchParams) =>
  SPLIT_NAMES.find((name) => name === search.get("split")) ?? "none";

export default function Cohorts() {
  const data = useLoaderData<typeof loader>();
  const writing = { currency: data.currency, timeZone: data.view.period.timeZone };
  return (
    <Page title="Cohorts" subtitle="Who came first at the same time, and who came back">
      <BlockStack gap="400">
        <ViewBar view={data.view} />
        <CohortChoice {...data.asked} />
        <CohortsCard {...data} />
        <RetentionCard {...data} writing={writing} />
      </BlockStack>
    </Page>
  );
}
