import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { redirect, useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { withAnnotations } from "~/analytics/annotations/annotations.server";
import { beginningOf } from "~/analytics/beginning";
import { dimensionIn } from "~/analytics/filters";
import { conversionRate, funnel, type FunnelAsked } from "~/analytics/funnel/funnel.server";
import { funnelsOf, tryToChangeFunnels } from "~/analytics/funnel/funnels.server";
import { questionOf } from "~/analytics/question";
import { comparisonOf } from "~/analytics/view";
import { FunnelNumbers } from "~/components/analytics/funnel-numbers";
import { FunnelPicker } from "~/components/analytics/funnel-picker";
import { ViewBar } from "~/components/analytics/view-bar";
import { whenOut } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  const question = questionOf(shop, search, new Date());
  const view = comparisonOf(question.view);
  const before = view && { ...question, view };
  const funnels = await funnelsOf(context.db, shop.id);
  const built = funnels.find(({ funnelId }) => funnelId === search.get("funnel")) ?? null;
  const asked = (by: FunnelAsked["by"]) => ({ definition: built && built.definition, by });
  const by = dimensionIn(search);
  const rate = (by: FunnelAsked["by"]) => conversionRate(context.db, question, asked(by));
  const rateBefore = (by: FunnelAsked["by"]) =>
    before && conversionRate(context.db, before, asked(by));
  const [stages, stagesBefore, all, steps, parts, allBefore, stepsBefore] = await Promise.all([
    funnel(context.db, question, asked("all")),
    before && funnel(context.db, before, asked("all")),
    ...([rate("all"), rate("step"), rate(by)] as const),
    ...([rateBefore("all"), rateBefore("step")] as const),
  ]);
  return {
    ...{ by, funnels, built, stages: stages.rows, all: all.rows, steps: steps.rows },
    ...{ parts: beginningOf(parts.rows), stagesBefore: stagesBefore && stagesBefore.rows },
    ...{ allBefore: allBefore && allBefore.rows, stepsBefore: stepsBefore && stepsBefore.rows },
    ...{ view: await withAnnotations(context.db, question), currency: shop.currency },
  };
});

/** Saves or deletes a funnel that the merchant builds. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const form = await request.formData();
  return tryToChangeFunnels(context.db, shop.id, { form, now: new Date() });
});

/** Shows what was saved, and no form any more. */
export async function clientAction({ request, serverAction }: ClientActionFunctionArgs) {
  const { funnelId, refused } = await serverAction<typeof action>().catch((error: unknown) => {
    whenOut(error);
    return {
      funnelId: null,
      refused: "Pixelnova does not answer at the moment. Please try again.",
    };
  });
  if (refused !== null) return { refused };
  const address = new URL(request.url);
  address.searchParams.delete("build");
  address.searchParams.delete("funnel");
  if (funnelId !== null) address.searchParams.set("funnel", funnelId);
  return redirect(`${address.pathname}${address.search}`);
}

export default function Funnel() {
  const { funnels, built, ...data } = useLoaderData<typeof loader>();
  return (
    <Page title="Funnel" subtitle="How far shoppers get, and where they are lost">
      <BlockStack gap="400">
        <ViewBar view={data.view} />
        <FunnelPicker funnels={funnels} built={built} />
        <FunnelNumbers {...data} built={built} />
      </BlockStack>
    </Page>
  );
}
