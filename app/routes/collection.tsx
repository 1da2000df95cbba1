import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { botSessions } from "~/analytics/bots.server";
import { periodOf, timeZoneOf } from "~/analytics/period";
import { BotsCard } from "~/components/bots-card";
import { IntakeCard } from "~/components/intake-card";
import { PixelSettingsCard } from "~/components/pixel-settings-card";
import { whenOut } from "~/components/refresh";
import { RefusedCard } from "~/components/refused-card";
import { RouteError } from "~/components/route-error";
import { SourcesCard } from "~/components/sources-card";
import { intake, refusedExamples } from "~/events/ingest/intake.server";
import { InvalidInput } from "~/platform/errors";
import { answer } from "~/platform/http.server";
import { rotatePixelKey, SAMPLE_RATES, setSampleRate } from "~/shopify/pixel-key.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { db } = context;
  const timeZone = timeZoneOf(shop);
  const week = periodOf("7d", timeZone, new Date());
  const [came, examples, bots] = await Promise.all([
    intake(db, shop.id, week.from),
    refusedExamples(db, shop.id),
    botSessions(db, shop.id, week),
  ]);
  const { sampleRate, previousPixelKeyUntil } = shop;
  const pixel = { sampleRate, sampleRates: SAMPLE_RATES, previousPixelKeyUntil };
  return { came, examples, bots, pixel, timeZone };
});

/** Replaces the pixel's key, or sets the share of visitors that it sends. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop, admin } = await authenticateShop(context, request);
  const form = await request.formData();
  if (form.get("change") === "key") return rotatePixelKey(context, admin, shop);
  if (form.get("change") === "share")
    return setSampleRate(context, admin, shop, Number(form.get("sampleRate")));
  throw new InvalidInput(`change must be key or share, got ${JSON.stringify(form.get("change"))}`);
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  serverAction<typeof action>().catch((error: unknown) => {
    whenOut(error);
    return { status: "failed", reason: "Pixelnova's own server could not be reached." } as const;
  });

export default function Collection() {
  const { came, examples, bots, pixel, timeZone } = useLoaderData<typeof loader>();
  const { submit, data, formData } = useFetcher<typeof clientAction>();
  const changing = formData?.get("change") ?? null;
  return (
    <Page title="Data collection" subtitle="The last 7 days, by the hour">
      <BlockStack gap="400">
        {data?.status === "failed" && (
          <Banner tone="warning" title="The pixel has not been changed yet">
            {data.reason} Pixelnova tries again whenever you open its home page.
          </Banner>
        )}
        <IntakeCard intake={came} />
        <RefusedCard {...{ examples, timeZone }} />
        <SourcesCard sources={came.sources} />
        <BotsCard bots={bots} />
        <PixelSettingsCard
          {...{ ...pixel, timeZone, changing }}
          onRotate={() => submit({ change: "key" }, { method: "post" })}
          onShare={(sampleRate) => submit({ change: "share", sampleRate }, { method: "post" })}
        />
      </BlockStack>
    </Page>
  );
}
