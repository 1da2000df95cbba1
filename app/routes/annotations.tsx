import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useSearchParams, type ClientActionFunctionArgs } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { z } from "zod";
import { annotations } from "~/analytics/annotations/annotations.server";
import { changeAnnotations, type Change } from "~/analytics/annotations/changes.server";
import { questionOf } from "~/analytics/question";
import { PAGE_PARAMETERS } from "~/analytics/serve";
import { readParameters } from "~/analytics/view";
import { AnnotationCards } from "~/components/analytics/annotation-cards";
import { withView } from "~/components/analytics/view-address";
import { whenOut } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import { dayAt } from "~/platform/calendar";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

const PAGE = z.object({ cursor: PAGE_PARAMETERS.cursor });
const PER_PAGE = 50;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  const now = new Date();
  const question = questionOf(shop, search, now);
  const { cursor } = readParameters(PAGE, search);
  const { rows, next } = await annotations(context.db, question, {
    ...{ of: "all", limit: PER_PAGE, cursor },
  });
  const { timeZone } = question.view.period;
  return { rows, next, timeZone, today: dayAt(now, timeZone) };
});

/** Adds, changes or deletes what the merchant notes. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const form = await request.formData();
  return changeAnnotations(context.db, shop.id, { form, now: new Date() });
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs): Promise<Change> =>
  serverAction<typeof action>().catch((error: unknown) => {
    whenOut(error);
    const refused = "Pixelnova does not answer at the moment. Please try again.";
    return { changed: false, faults: {}, refused };
  });

export default function Annotations() {
  const data = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  return (
    <Page
      title="Annotations"
      subtitle="What happened, as charts are marked with it"
      backAction={{ content: "Sessions", url: withView("/app/analytics/sessions", search) }}
    >
      <BlockStack gap="400">
        <AnnotationCards {...data} />
      </BlockStack>
    </Page>
  );
}
