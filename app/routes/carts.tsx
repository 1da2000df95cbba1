import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { z } from "zod";
import { cartsPage } from "~/analytics/carts/page.server";
import { TOP_PARAMETERS } from "~/analytics/carts/top-products.server";
import { questionOf } from "~/analytics/question";
import { withAnnotations } from "~/analytics/shown-view.server";
import { readParameters } from "~/analytics/view";
import { CartNumbers } from "~/components/analytics/cart-numbers";
import { CartProductsCard } from "~/components/analytics/cart-products-card";
import { CheckoutCard } from "~/components/analytics/checkout-card";
import { ViewBar } from "~/components/analytics/view-bar";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  const question = questionOf(shop, search, new Date());
  const { sort } = readParameters(z.object({ sort: TOP_PARAMETERS.sort }), search);
  const shown = await cartsPage(context.db, question, sort);
  return {
    ...shown,
    sort,
    view: await withAnnotations(context.db, question),
    currency: shop.currency,
  };
});

export default function Carts() {
  const { view, currency, top, sort, checkout, ...data } = useLoaderData<typeof loader>();
  const writing = { currency, timeZone: view.period.timeZone };
  return (
    <Page
      title="Carts and checkout"
      subtitle="What was put into carts, what became of them, and where checkouts were left"
    >
      <BlockStack gap="400">
        <ViewBar view={view} />
        <CartNumbers {...data} {...{ view, currency }} />
        <CheckoutCard rows={checkout} writing={writing} />
        <CartProductsCard rows={top} {...{ sort, writing }} />
      </BlockStack>
    </Page>
  );
}
