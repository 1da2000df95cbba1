import type { LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, useLoaderData, useRouteError } from "@remix-run/react";
import { BlockStack, InlineGrid, Page, Text } from "@shopify/polaris";
import { productMetrics } from "~/analytics/product-metrics.server";
import { timeZoneOf } from "~/analytics/period";
import { offersOf } from "~/catalog/offers.server";
import { productOf } from "~/catalog/product-page.server";
import { freshProducts } from "~/catalog/refresh-on-demand.server";
import { refreshWorld } from "~/catalog/refresh-world.server";
import { OffersCard } from "~/components/offers-card";
import { PriceHistoryCard, StockHistoryCard } from "~/components/price-history-card";
import { ProductBanners, ProductSummaryCard, VariantsCard } from "~/components/product-cards";
import { ProductMetricsCard } from "~/components/product-metrics-card";
import { StatusBadge } from "~/components/product-words";
import { RouteError } from "~/components/route-error";
import { NotFound } from "~/platform/errors";
import { answer } from "~/platform/http.server";
import { DAY } from "~/platform/time";
import { authenticateShop } from "~/shopify/shops.server";

const METRICS_DAYS = 30;

export const loader = answer(async ({ context, request, params }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { productId = "" } = params;
  if (!/^\d{1,18}$/.test(productId)) throw new NotFound(`"${productId}" is no product's id`);
  const now = new Date();
  const from = new Date(now.getTime() - METRICS_DAYS * DAY);
  const { currency } = shop;
  if (currency !== null)
    await freshProducts(refreshWorld(context), { ...shop, currency }, [productId]);
  const [product, metrics, offers] = await Promise.all([
    productOf(context.db, { shopId: shop.id, productId }, { visibility: "merchants", now }),
    productMetrics(context.db, shop.id, { productId, from, to: now }),
    offersOf(context.db, shop.id, productId),
  ]);
  if (!product) throw new NotFound(`the shop has no product ${productId}`);
  return { product, metrics, offers, now, currency: shop.currency, timeZone: timeZoneOf(shop) };
});

const BACK = { content: "Catalogue", url: "/app/catalog" };

export default function Product() {
  const { product, metrics, offers, now, ...shop } = useLoaderData<typeof loader>();
  const { changes, prices, variants } = product;
  return (
    <Page
      title={product.title}
      subtitle={[product.vendor, product.productType, product.handle].filter(Boolean).join(" · ")}
      titleMetadata={<StatusBadge status={product.status} />}
      backAction={BACK}
    >
      <BlockStack gap="400">
        <ProductBanners product={product} timeZone={shop.timeZone} />
        <ProductSummaryCard {...{ product, ...shop }} />
        <PriceHistoryCard {...{ changes, now, ...shop }} />
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          <ProductMetricsCard {...{ metrics, ...shop }} />
          <StockHistoryCard {...{ changes, ...shop }} outOfStock={prices.outOfStock} />
        </InlineGrid>
        <VariantsCard {...{ variants, ...shop }} />
        <OffersCard offers={offers} />
      </BlockStack>
    </Page>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  if (!isRouteErrorResponse(error) || error.status !== 404) return <RouteError />;
  return (
    <Page title="No such product" backAction={BACK}>
      <Text as="p">
        The shop has no product at this address, and Pixelnova has never heard of one. It may belong
        to another shop, or the address may have been copied in part.
      </Text>
    </Page>
  );
}
