import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import {
  useFetcher,
  useLoaderData,
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
} from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { timeZoneOf } from "~/analytics/period";
import { requestSync } from "~/catalog/sync-state.server";
import { catalogStatus } from "~/catalog/sync-status.server";
import { Outage } from "~/components/outage";
import { useLastKnown, useLiveRefresh, whenOut } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import { FailingCard, SyncHistoryCard, SyncStateCard } from "~/components/sync-cards";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const status = await catalogStatus(context.db, shop.id, new Date());
  return { status, timeZone: timeZoneOf(shop) };
});

export const clientLoader = ({ serverLoader }: ClientLoaderFunctionArgs) =>
  serverLoader<typeof loader>().catch(whenOut);

/** Asks for the whole catalogue to be fetched. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const now = new Date();
  return { requested: await requestSync(context.db, shop.id, { reason: "page", now }) };
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  serverAction<typeof action>().catch(whenOut);

export default function CatalogSync() {
  const { data, isOutdated } = useLastKnown(useLoaderData<typeof clientLoader>());
  const { submit, state, data: answered } = useFetcher<typeof clientAction>();
  useLiveRefresh();
  return (
    <Page title="Catalogue sync" backAction={{ content: "Catalogue", url: "/app/catalog" }}>
      <BlockStack gap="400">
        {isOutdated && <Outage />}
        {answered && "refreshed" in answered && (
          <Banner tone="warning" title="The sync has not been asked for">
            Pixelnova does not answer at the moment. Please try again.
          </Banner>
        )}
        {data && (
          <>
            <SyncStateCard
              {...data}
              isStarting={state !== "idle"}
              onStart={() => submit(null, { method: "post" })}
            />
            <FailingCard failing={data.status.failing} timeZone={data.timeZone} />
            <SyncHistoryCard syncs={data.status.syncs} timeZone={data.timeZone} />
          </>
        )}
      </BlockStack>
    </Page>
  );
}
