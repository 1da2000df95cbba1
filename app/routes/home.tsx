import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import {
  useLoaderData,
  useNavigation,
  useSearchParams,
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
} from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { overview } from "~/analytics/overview.server";
import { parsePeriod, timeZoneOf, type Preset } from "~/analytics/period";
import { KeyNumbers } from "~/components/analytics/key-numbers";
import { Numbers } from "~/components/numbers";
import { OnboardingCard } from "~/components/onboarding-card";
import { Outage } from "~/components/outage";
import { NumbersSkeleton } from "~/components/page-skeleton";
import { PeriodPicker } from "~/components/period-picker";
import { PixelCard } from "~/components/pixel-card";
import { usePixelCheck } from "~/components/pixel-check";
import { useLastKnown, useLiveRefresh, whenOut, type NotRefreshed } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { ensurePixel } from "~/shopify/pixel.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const now = new Date();
  const period = parsePeriod(new URL(request.url).searchParams, timeZoneOf(shop), now);
  const found = await overview(context.db, shop.id, { period, now });
  return { ...found, period, asOf: now, storefront: `https://${shop.domain}` };
});

export const clientLoader = ({ serverLoader }: ClientLoaderFunctionArgs) =>
  serverLoader<typeof loader>().catch(whenOut);

/** Looks after the pixel. The page asks for it on entry, and does not wait. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop, admin } = await authenticateShop(context, request);
  return ensurePixel(context, admin, shop);
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  serverAction<typeof action>().catch((error: unknown) => {
    whenOut(error);
    return { status: "failed", reason: "Pixelnova's own server could not be reached." } as const;
  });

export default function Home() {
  const { data, isOutdated } = useLastKnown(useLoaderData<typeof clientLoader>());
  const pixel = usePixelCheck("/app?index");
  useLiveRefresh();
  if (!data)
    return (
      <Page title="Home">
        <Outage />
      </Page>
    );
  const { period, lastEventAt, asOf, storefront } = data;
  return (
    <Page title="Home">
      <BlockStack gap="400">
        {isOutdated && <Outage />}
        <PixelCard {...{ pixel, lastEventAt, asOf }} timeZone={period.timeZone} />
        {lastEventAt === null ? (
          <OnboardingCard connection={pixel.connection} storefront={storefront} />
        ) : (
          <Activity {...data} />
        )}
      </BlockStack>
    </Page>
  );
}

type Data = Exclude<Awaited<ReturnType<typeof clientLoader>>, NotRefreshed>;

function Activity({ period, ...numbers }: Data) {
  const [, setSearch] = useSearchParams();
  const isLoading = useNavigation().state === "loading";
  const pick = (preset: Preset) =>
    setSearch((search) => (search.set("period", preset), search), { preventScrollReset: true });
  return (
    <>
      <PeriodPicker preset={period.preset} timeZone={period.timeZone} onPick={pick} />
      {isLoading ? <NumbersSkeleton /> : <Numbers {...numbers} timeZone={period.timeZone} />}
      <KeyNumbers />
    </>
  );
}
