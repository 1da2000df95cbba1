import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import {
  useFetcher,
  useLoaderData,
  useSearchParams,
  type ClientActionFunctionArgs,
} from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { timeZoneOf } from "~/analytics/period";
import { changeAlerts } from "~/catalog/alerts/changes.server";
import { alertsOf } from "~/catalog/alerts/feed.server";
import { parseFeed } from "~/catalog/alerts/feed";
import { alertSettings } from "~/catalog/alerts/settings.server";
import { failedDeliveries } from "~/catalog/deliveries/queue.server";
import { AlertSettingsCard } from "~/components/alert-settings-card";
import { AlertsCard } from "~/components/alerts-card";
import { FailedDeliveriesCard } from "~/components/failed-deliveries-card";
import { whenOut } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const asked = parseFeed(new URL(request.url).searchParams);
  const [feed, settings, failures] = await Promise.all([
    alertsOf(context.db, shop.id, asked),
    alertSettings(context.db, shop.id),
    failedDeliveries(context.db, shop.id),
  ]);
  const shown = { currency: shop.currency, timeZone: timeZoneOf(shop), kind: asked.kind };
  return { feed, settings, failures, hasMail: context.config.mail !== undefined, ...shown };
});

/** Sets what is low or where webhooks go, or tries a delivery again. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  return changeAlerts(context, shop.id, await request.formData());
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  serverAction<typeof action>().catch((error: unknown) => {
    whenOut(error);
    return { secret: null, refused: "Pixelnova does not answer at the moment. Please try again." };
  });

export default function Alerts() {
  const { feed, settings, failures, kind, hasMail, ...shop } = useLoaderData<typeof loader>();
  const { submit, data, state, formData } = useFetcher<typeof clientAction>();
  const [, setSearch] = useSearchParams();
  const change = (fields: Record<string, string>) => submit(fields, { method: "post" });
  const next = feed.next && new URLSearchParams({ after: feed.next, ...(kind && { kind }) });
  return (
    <Page title="Alerts" subtitle="What changed in your shop, the newest first">
      <BlockStack gap="400">
        {data?.refused && (
          <Banner tone="warning" title="Nothing has been changed">
            {data.refused}
          </Banner>
        )}
        <FailedDeliveriesCard
          {...{ failures, timeZone: shop.timeZone, retrying: formData?.get("deliveryId") ?? null }}
          onRetry={(deliveryId) => change({ change: "try_again", deliveryId })}
        />
        <AlertsCard
          {...{ ...shop, kind, alerts: feed.alerts, next: next && `/app/alerts?${next}` }}
          onKind={(picked) => setSearch(picked ? { kind: picked } : {})}
        />
        <AlertSettingsCard
          {...{ ...settings, hasMail, timeZone: shop.timeZone, isChanging: state !== "idle" }}
          secret={data?.secret ?? null}
          onLowStock={(quantity) => change({ change: "low_stock", quantity })}
          onWebhook={(url) => change({ change: "webhook", url })}
          onRemove={() => change({ change: "no_webhook" })}
        />
      </BlockStack>
    </Page>
  );
}
