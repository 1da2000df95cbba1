import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, type ClientActionFunctionArgs } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { timeZoneOf } from "~/analytics/period";
import { parseTokenWish } from "~/api/tokens";
import { createToken, revokeToken, tokensOf } from "~/api/tokens.server";
import { whenOut } from "~/components/refresh";
import { RouteError } from "~/components/route-error";
import { MadeToken, NewTokenCard, TokensCard } from "~/components/token-cards";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const tokens = await tokensOf(context.db, shop.id);
  return { tokens, now: new Date(), timeZone: timeZoneOf(shop) };
});

/** Revokes the token that the form names, or makes a new one. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const form = await request.formData();
  const now = new Date();
  const tokenId = form.get("revoke");
  if (typeof tokenId === "string") {
    await revokeToken(context.db, shop.id, { tokenId, now });
    return { changed: true, token: null };
  }
  const token = await createToken(context.db, shop.id, { ...parseTokenWish(form), now });
  return { changed: true, token };
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  serverAction<typeof action>().catch((error: unknown) => ({
    ...{ ...whenOut(error), changed: false, token: null },
  }));

export default function ApiTokens() {
  const { tokens, now, timeZone } = useLoaderData<typeof loader>();
  const { submit, data, formData } = useFetcher<typeof clientAction>();
  const revoke = formData?.get("revoke");
  const revoking = typeof revoke === "string" ? revoke : null;
  return (
    <Page title="API tokens" subtitle="Let programs read this shop's catalogue">
      <BlockStack gap="400">
        {data?.changed === false && (
          <Banner tone="warning" title="Nothing has been changed">
            Pixelnova does not answer at the moment. Please try again.
          </Banner>
        )}
        {data?.token && <MadeToken token={data.token} />}
        <TokensCard
          {...{ tokens, now, timeZone, revoking }}
          onRevoke={(tokenId) => submit({ revoke: tokenId }, { method: "post" })}
        />
        <NewTokenCard
          isMaking={formData !== undefined && revoking === null}
          onMake={({ name, scopes, days }) => {
            const form = new FormData();
            form.set("name", name);
            form.set("days", days);
            for (const scope of scopes) form.append("scope", scope);
            submit(form, { method: "post" });
          }}
        />
      </BlockStack>
    </Page>
  );
}
