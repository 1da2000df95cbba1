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
import type { Comparison } from "~/analytics/comparison";
import { homeView } from "~/analytics/overview";
import type { Preset } from "~/analytics/period";
import { Numbers } from "~/components/numbers";
import { OnboardingCard } from "~/components/onboarding-card";
import { Outage } from "~/components/outage";
import { NumbersSkeleton } from "~/components/page-skeleton";
import { ComparisonPicker, PeriodPicker } from "~/components/period-picker";
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
  const { period, comparison } = homeView(new URL(request.url).searchParams, shop, now);
  const found = await overview(context.db, shop.id, { period, now });
  const { currency, domain } = shop;
  const against = comparison?.kind ?? "previous";
  return { ...found, period, against, asOf: now, currency, storefront: `https://${domain}` };
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

function Activity({ period, against, ...numbers }: Data) {
  const [, setSearch] = useSearchParams();
  const isLoading = useNavigation().state === "loading";
  const pick = (name: "period" | "compare") => (picked: Preset | Comparison) =>
    setSearch((search) => (search.set(name, picked), search), { preventScrollReset: true });
  return (
    <>
      <PeriodPicker preset={period.preset} timeZone={period.timeZone} onPick={pick("period")}>
        <ComparisonPicker picked={against} onPick={pick("compare")} />
      </PeriodPicker>
      {isLoading ? <NumbersSkeleton /> : <Numbers {...numbers} period={period} />}
    </>
  );
}
