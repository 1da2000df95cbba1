import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { timeZoneOf } from "~/analytics/period";
import { CollectedCard } from "~/components/collected-card";
import { PrivacyRequestsCard } from "~/components/privacy-requests-card";
import { whenOut } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import { saveJson } from "~/components/save-file";
import { InvalidInput } from "~/platform/errors";
import { answer } from "~/platform/http.server";
import { privacyExport, privacyRequests } from "~/privacy/requests.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  return {
    requests: await privacyRequests(context.db, shop.id),
    retentionDays: context.config.eventRetentionDays,
    timeZone: timeZoneOf(shop),
  };
});

/** Answers with what a data request found; the browser saves it. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const requestId = (await request.formData()).get("requestId");
  if (typeof requestId !== "string") throw new InvalidInput("want a requestId, got none");
  const found = await privacyExport(context.db, shop.id, requestId);
  if (found === null) throw new InvalidInput(`request "${requestId}" has no data to hand over`);
  return { name: `customer-data-${requestId}.json`, content: found };
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  serverAction<typeof action>()
    .then(({ name, content }) => saveJson(name, content))
    .then(
      () => ({ saved: true }),
      (error: unknown) => ({ ...whenOut(error), saved: false }),
    );

export default function Privacy() {
  const { requests, retentionDays, timeZone } = useLoaderData<typeof loader>();
  const { submit, data, formData } = useFetcher<typeof clientAction>();
  const downloading = formData?.get("requestId") ?? null;
  return (
    <Page title="Privacy">
      <BlockStack gap="400">
        {data?.saved === false && (
          <Banner tone="warning" title="The download did not work">
            Pixelnova does not answer at the moment. Please try again.
          </Banner>
        )}
        <PrivacyRequestsCard
          {...{ requests, timeZone, downloading }}
          onDownload={(requestId) => submit({ requestId }, { method: "post" })}
        />
        <CollectedCard retentionDays={retentionDays} />
      </BlockStack>
    </Page>
  );
}
