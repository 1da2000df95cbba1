import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { liveNow } from "~/analytics/live/live.server";
import { timeZoneOf } from "~/analytics/period";
import { useFeed } from "~/components/analytics/live-feed";
import { LiveNumbers } from "~/components/analytics/live-numbers";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const live = await liveNow(context.db, shop.id, new Date());
  return { live, currency: shop.currency, timeZone: timeZoneOf(shop) };
});

/** The stream brings what is new. */
export const shouldRevalidate = () => false;

export default function LivePage() {
  const { live, ...writing } = useLoaderData<typeof loader>();
  const { news, isLost } = useFeed("/app/analytics/live/stream", live);
  return (
    <Page title="Live" subtitle="What goes on in your storefront right now">
      <BlockStack gap="400">
        {isLost && (
          <Banner tone="warning" title="Pixelnova does not answer at the moment">
            The numbers are those that came last; they go on as soon as it is back.
          </Banner>
        )}
        <LiveNumbers live={news} writing={writing} />
      </BlockStack>
    </Page>
  );
}
