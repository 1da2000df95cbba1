import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { timeZoneOf } from "~/analytics/period";
import { readSession, sessionTimeline } from "~/analytics/sessions/timeline.server";
import { sessionAddress } from "~/components/analytics/session-address";
import { SessionSummary } from "~/components/analytics/session-summary";
import { TimelineCard } from "~/components/analytics/timeline-card";
import { longMoment } from "~/components/moments";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

const PER_PAGE = 250;

export const loader = answer(async ({ context, request, params }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const id = params.sessionId ?? "";
  const cursor = new URL(request.url).searchParams.get("cursor") ?? undefined;
  const asked = { id, limit: PER_PAGE, cursor };
  const [session, { rows, next }] = await Promise.all([
    readSession(context.db, shop.id, id),
    sessionTimeline(context.db, { shopId: shop.id }, asked),
  ]);
  const writing = { currency: shop.currency, timeZone: timeZoneOf(shop) };
  return { session, rows, next: next ?? null, writing };
});

export default function Session() {
  const { session, rows, next, writing } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const address = sessionAddress(session.sessionId);
  return (
    <Page
      title={`Session of ${longMoment(session.startedAt, writing.timeZone)}`}
      subtitle={`Times in your shop's time zone, ${writing.timeZone.replaceAll("_", " ")}`}
      backAction={{ content: "Every session", url: "/app/analytics/sessions/list" }}
    >
      <BlockStack gap="400">
        <SessionSummary session={session} writing={writing} />
        <TimelineCard
          sessionId={session.sessionId}
          rows={rows}
          next={next && `${address}?${new URLSearchParams({ cursor: next })}`}
          first={search.has("cursor") ? address : null}
          writing={writing}
        />
      </BlockStack>
    </Page>
  );
}
