import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { redirect, useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { beginningOf } from "~/analytics/beginning";
import { dimensionIn } from "~/analytics/filters";
import { funnelNumbers } from "~/analytics/funnel/funnel.server";
import { funnelsOf, tryToChangeFunnels } from "~/analytics/funnel/funnels.server";
import { questionOf } from "~/analytics/question";
import { withAnnotations } from "~/analytics/shown-view.server";
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
  const definition = built && built.definition;
  const by = dimensionIn(search);
  const [now, earlier] = await Promise.all([
    funnelNumbers(context.db, question, { definition, bys: ["all", "step", by] }),
    before && funnelNumbers(context.db, before, { definition, bys: ["all", "step"] }),
  ]);
  const [all, steps, parts] = now.rates;
  return {
    ...{ by, funnels, built, stages: now.stages, all, steps, parts: beginningOf(parts) },
    stagesBefore: earlier && earlier.stages,
    ...{ allBefore: earlier && earlier.rates[0], stepsBefore: earlier && earlier.rates[1] },
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
