import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import {
  useFetcher,
  useLoaderData,
  useSearchParams,
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
} from "@remix-run/react";
import { BlockStack, InlineGrid, Page } from "@shopify/polaris";
import { capture } from "~/analytics/capture.server";
import { parsePeriod, timeZoneOf, type Preset } from "~/analytics/period";
import { sinceOf } from "~/commerce/backfill";
import { backfillOf, requestBackfill } from "~/commerce/backfill-state.server";
import { BackfillCard } from "~/components/backfill-card";
import { CaptureByCard, CaptureByDayCard, CaptureCard } from "~/components/capture-card";
import { Outage } from "~/components/outage";
import { PeriodPicker } from "~/components/period-picker";
import { useLastKnown, useLiveRefresh, whenOut, type NotRefreshed } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const period = parsePeriod(new URL(request.url).searchParams, timeZoneOf(shop), new Date());
  const [captured, backfill] = await Promise.all([
    capture(context.db, shop.id, period),
    backfillOf(context.db, shop.id),
  ]);
  return { captured, backfill, preset: period.preset, timeZone: period.timeZone };
});

export const clientLoader = ({ serverLoader }: ClientLoaderFunctionArgs) =>
  serverLoader<typeof loader>().catch(whenOut);

/** Asks for the orders to be fetched, as far back as the shop has granted. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const now = new Date();
  return {
    requested: await requestBackfill(context.db, shop.id, { since: sinceOf(shop, now), now }),
  };
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  serverAction<typeof action>().catch(whenOut);

export default function Orders() {
  const { data, isOutdated } = useLastKnown(useLoaderData<typeof clientLoader>());
  const { submit, state } = useFetcher<typeof clientAction>();
  useLiveRefresh();
  return (
    <Page title="Orders" subtitle="As Shopify itself has them">
      <BlockStack gap="400">
        {isOutdated && <Outage />}
        {data && (
          <>
            <Captured {...data} />
            <BackfillCard
              {...{ backfill: data.backfill, timeZone: data.timeZone }}
              isStarting={state !== "idle"}
              onStart={() => submit(null, { method: "post" })}
            />
          </>
        )}
      </BlockStack>
    </Page>
  );
}

type Data = Exclude<Awaited<ReturnType<typeof clientLoader>>, NotRefreshed>;

function Captured({ captured, preset, timeZone }: Data) {
  const [, setSearch] = useSearchParams();
  const pick = (preset: Preset) =>
    setSearch((search) => (search.set("period", preset), search), { preventScrollReset: true });
  const { total, byDay, byBrowser, byDevice, byMarketing } = captured;
  return (
    <>
      <PeriodPicker {...{ preset, timeZone }} onPick={pick} />
      <CaptureCard total={total} />
      {total.all > 0 && (
        <>
          <CaptureByDayCard days={byDay} />
          <InlineGrid columns={{ xs: 1, md: 3 }} gap="400">
            <CaptureByCard heading="Browser" rows={byBrowser} />
            <CaptureByCard heading="Device" rows={byDevice} />
            <CaptureByCard heading="Consent" rows={byMarketing} names={CONSENT} />
          </InlineGrid>
        </>
      )}
    </>
  );
}

const CONSENT = { true: "marketing allowed", false: "marketing not allowed" };
