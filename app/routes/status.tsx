import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, type ClientLoaderFunctionArgs } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { FoldsCard, ProjectionsCard } from "~/components/folds-card";
import { Outage } from "~/components/outage";
import { useLastKnown, useLiveRefresh, whenOut } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { projectionStatus } from "~/projections/status.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  return projectionStatus(context.db, shop.id);
});

export const clientLoader = ({ serverLoader }: ClientLoaderFunctionArgs) =>
  serverLoader<typeof loader>().catch(whenOut);

export default function Status() {
  const { data, isOutdated } = useLastKnown(useLoaderData<typeof clientLoader>());
  useLiveRefresh();
  return (
    <Page title="Status">
      <BlockStack gap="400">
        {isOutdated && <Outage />}
        {data && (
          <>
            <FoldsCard status={data} />
            <ProjectionsCard projections={data.projections} />
          </>
        )}
      </BlockStack>
    </Page>
  );
}
