import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { timeZoneOf } from "~/analytics/period";
import { LinksCard } from "~/components/links-card";
import { longMoment } from "~/components/moments";
import { showMoney } from "~/components/money";
import { whenOut } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import {
  CartsOfVisitor,
  OrdersOfVisitor,
  ScoresCards,
  SessionsOfVisitor,
} from "~/components/visitor-cards";
import { visitorName } from "~/components/visitor-name";
import { NotFound } from "~/platform/errors";
import { answer } from "~/platform/http.server";
import { parseVisitorId } from "~/projections/identity";
import { changeLink, linksOf, parseLinkChange } from "~/projections/links.server";
import { profileOf } from "~/projections/visitors/profile.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request, params }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const visitorId = parseVisitorId(params.visitorId ?? "");
  if (!visitorId) throw new NotFound(`"${params.visitorId}" is no visitor's id`);
  const [links, profile] = await Promise.all([
    linksOf(context.db, shop.id, visitorId),
    profileOf(context.db, { shopId: shop.id, visitorId }, new Date()),
  ]);
  if (!profile && links.length === 0) throw new NotFound(`there is no visitor "${visitorId}"`);
  return { visitorId, profile, links, currency: shop.currency, timeZone: timeZoneOf(shop) };
});

/** Undoes or restores that a browser is a customer's. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  await changeLink(context.db.pool, shop.id, parseLinkChange(await request.formData()));
  return { changed: true };
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  serverAction<typeof action>().catch((error: unknown) => ({ ...whenOut(error), changed: false }));

export default function Visitor() {
  const { visitorId, profile, links, currency, timeZone } = useLoaderData<typeof loader>();
  const { submit, data, formData } = useFetcher<typeof clientAction>();
  return (
    <Page
      title={visitorName(visitorId)}
      subtitle={profile ? summaryOf({ ...profile.visitor, currency, timeZone }) : NOT_SEEN}
      backAction={{ content: "Visitors", url: "/app/visitors" }}
    >
      <BlockStack gap="400">
        {data?.changed === false && (
          <Banner tone="warning" title="The link has not been changed">
            Pixelnova does not answer at the moment. Please try again.
          </Banner>
        )}
        {profile && <ScoresCards scores={profile.scores} />}
        <LinksCard
          {...{ visitorId, links, timeZone }}
          changing={formData?.get("clientId") ?? null}
          onChange={(change) => submit(change, { method: "post" })}
        />
        {profile && (
          <>
            <OrdersOfVisitor orders={profile.orders} timeZone={timeZone} />
            <CartsOfVisitor carts={profile.carts} timeZone={timeZone} />
            <SessionsOfVisitor sessions={profile.sessions} timeZone={timeZone} />
          </>
        )}
      </BlockStack>
    </Page>
  );
}

const NOT_SEEN = "No session or order counts as theirs";

type Summary = {
  firstSeenAt: string;
  sessionCount: number;
  clientCount: number;
  orderCount: number;
  revenueMinor: number;
  currency: string | null;
  timeZone: string;
};

function summaryOf({ firstSeenAt, sessionCount, clientCount, ...rest }: Summary): string {
  const { orderCount, revenueMinor, currency, timeZone } = rest;
  const bought = orderCount > 0 ? `, ${showMoney(revenueMinor, currency)} spent` : "";
  return `Since ${longMoment(firstSeenAt, timeZone)}: sessions ${sessionCount}, browsers ${clientCount}, orders ${orderCount}${bought}`;
}
