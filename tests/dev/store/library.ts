import "@shopify/shopify-api/adapters/web-api";
import { ApiVersion, RequestedTokenType, shopifyApi, type Session } from "@shopify/shopify-api";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import type { Store } from "../../../dev/store/start";
import { APP } from "./running-store";

/** Shopify's own library, which believes that it talks to Shopify. */
export function libraryFor(store: Store) {
  setAbstractFetchFunc((input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    headers.set("x-forwarded-host", url.hostname);
    return fetch(new URL(url.pathname, store.address), { ...(init as RequestInit), headers });
  });
  return shopifyApi({
    apiKey: APP.apiKey,
    apiSecretKey: APP.apiSecret,
    hostName: "app.example",
    apiVersion: ApiVersion.July26,
    isEmbeddedApp: true,
    logger: { level: 0 },
  });
}

type Library = ReturnType<typeof libraryFor>;

/** Opens the app in a shop, as the library does it: an id token for an expiring offline token. */
export async function openIn(library: Library, store: Store, shop: string): Promise<Session> {
  store.install(shop);
  const { session } = await library.auth.tokenExchange({
    shop,
    sessionToken: await store.idToken(shop),
    requestedTokenType: RequestedTokenType.OfflineAccessToken,
    expiring: true,
  });
  return session;
}

/** Asks a shop's Admin API through the library; the answer's `data`, as the test knows it to be. */
export async function ask<Data>(
  library: Library,
  session: Session,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const client = new library.clients.Graphql({ session });
  const { data } = await client.request<Data>(query, { variables });
  return data as Data;
}
