import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { z } from "zod";
import {
  products,
  PRODUCTS_PARAMETERS,
  type ProductsAsked,
} from "~/analytics/products/products.server";
import { questionOf } from "~/analytics/question";
import { withAnnotations } from "~/analytics/shown-view.server";
import { comparisonOf, readParameters } from "~/analytics/view";
import { ProductNumbers } from "~/components/analytics/product-numbers";
import { ViewBar } from "~/components/analytics/view-bar";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

const PER_PAGE = 25;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  const question = questionOf(shop, search, new Date());
  const { by, ...asked } = readParameters(PAGE, search);
  const ranking = { by, sort: asked.sort, only: asked.only ?? null };
  const before = comparisonOf(question.view);
  const read = (asked: ProductsAsked) => products(context.db, question, asked);
  const readAll = (by: "all" | "step") => read({ by, sort: "viewed", limit: PER_PAGE });
  const readBefore = (by: "all" | "step") =>
    before &&
    products(context.db, { ...question, view: before }, { by, sort: "viewed", limit: PER_PAGE });
  const [list, totals, steps, totalsBefore, stepsBefore] = await Promise.all([
    ...([read({ by, ...asked, limit: PER_PAGE }), readAll("all"), readAll("step")] as const),
    ...([readBefore("all"), readBefore("step")] as const),
  ]);
  return {
    ...{ ranking, view: await withAnnotations(context.db, question), currency: shop.currency },
    list: { rows: list.rows, next: list.next ?? null },
    ...{ totals: totals.rows, steps: steps.rows },
    ...{ totalsBefore: totalsBefore?.rows ?? null, stepsBefore: stepsBefore?.rows ?? null },
  };
});

/** The page's list is of what rows can be of one by one. */
const PAGE = z.object({
  ...PRODUCTS_PARAMETERS,
  by: PRODUCTS_PARAMETERS.by.unwrap().exclude(["all", "step"]).default("product"),
});

export default function Products() {
  const data = useLoaderData<typeof loader>();
  return (
    <Page title="Products" subtitle="What shoppers looked at, put into carts and bought">
      <BlockStack gap="400">
        <ViewBar view={data.view} />
        <ProductNumbers {...data} />
      </BlockStack>
    </Page>
  );
}
