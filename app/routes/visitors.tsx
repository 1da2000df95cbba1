import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { timeZoneOf } from "~/analytics/period";
import { CartSettingsCard } from "~/components/cart-settings-card";
import { whenOut } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import { VisitorsCard } from "~/components/visitors-card";
import { answer } from "~/platform/http.server";
import { listVisitors, parsePlace } from "~/projections/visitors/list.server";
import { parseQuietMinutes } from "~/projections/visitors/quiet";
import { setQuietMinutes } from "~/projections/visitors/quiet.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const after = parsePlace(new URL(request.url).searchParams);
  const found = await listVisitors(context.db, shop.id, after);
  const { currency, cartQuietMinutes } = shop;
  return { ...found, currency, cartQuietMinutes, timeZone: timeZoneOf(shop) };
});

/** Sets when a cart counts as abandoned. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const minutes = parseQuietMinutes((await request.formData()).get("minutes"));
  await setQuietMinutes(context.db.pool, shop.id, minutes);
  return { changed: true };
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  serverAction<typeof action>().catch((error: unknown) => ({ ...whenOut(error), changed: false }));

export default function Visitors() {
  const { visitors, next, cartQuietMinutes, ...shop } = useLoaderData<typeof loader>();
  const { submit, data, state } = useFetcher<typeof clientAction>();
  const address = next && new URLSearchParams({ seen: next.lastSeenAt, visitor: next.visitorId });
  return (
    <Page title="Visitors" subtitle="Whoever was here last comes first">
      <BlockStack gap="400">
        {data?.changed === false && (
          <Banner tone="warning" title="The setting has not been changed">
            Pixelnova does not answer at the moment. Please try again.
          </Banner>
        )}
        <VisitorsCard {...{ visitors, ...shop }} next={address && `/app/visitors?${address}`} />
        <CartSettingsCard
          quietMinutes={cartQuietMinutes}
          isChanging={state !== "idle"}
          onChange={(minutes) => submit({ minutes }, { method: "post" })}
        />
      </BlockStack>
    </Page>
  );
}
