import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { questionOf } from "~/analytics/question";
import { shownView } from "~/analytics/shown-view.server";
import { listSessions } from "~/analytics/sessions/list.server";
import { SessionListCard } from "~/components/analytics/session-list-card";
import { withView } from "~/components/analytics/view-address";
import { ViewBar } from "~/components/analytics/view-bar";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  const question = questionOf(shop, search, new Date());
  const cursor = search.get("cursor") ?? undefined;
  const { rows, next } = await listSessions(context.db, question, { limit: PER_PAGE, cursor });
  return {
    rows,
    next: next ?? null,
    view: await shownView(context.db, question),
    currency: shop.currency,
  };
});

const PER_PAGE = 50;

export default function SessionList() {
  const { rows, next, view, currency } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const address = (more = {}) => withView("/app/analytics/sessions/list", search, more);
  return (
    <Page
      title="Every session"
      subtitle="Those that started in the period, the newest first"
      backAction={{ content: "Sessions", url: withView("/app/analytics/sessions", search) }}
    >
      <BlockStack gap="400">
        <ViewBar view={view} without={["steps", "comparison"]} />
        <SessionListCard
          rows={rows}
          next={next && address({ cursor: next })}
          first={search.has("cursor") ? address() : null}
          writing={{ currency, timeZone: view.period.timeZone }}
        />
      </BlockStack>
    </Page>
  );
}
