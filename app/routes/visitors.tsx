import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "@shopify/polaris";
import { timeZoneOf } from "~/analytics/period";
import { RouteError } from "~/components/route-error";
import { VisitorsCard } from "~/components/visitors-card";
import { answer } from "~/platform/http.server";
import { listVisitors, parsePlace } from "~/projections/visitors/list.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const after = parsePlace(new URL(request.url).searchParams);
  const found = await listVisitors(context.db, shop.id, after);
  return { ...found, currency: shop.currency, timeZone: timeZoneOf(shop) };
});

export default function Visitors() {
  const { visitors, next, ...shop } = useLoaderData<typeof loader>();
  const address = next && new URLSearchParams({ seen: next.lastSeenAt, visitor: next.visitorId });
  return (
    <Page title="Visitors" subtitle="Whoever was here last comes first">
      <VisitorsCard {...{ visitors, ...shop }} next={address && `/app/visitors?${address}`} />
    </Page>
  );
}
