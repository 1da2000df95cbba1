import type { Parent } from "./parent";

const RETRY = "X-Shopify-Retry-Invalid-Session-Request";
const REAUTHORIZE = "X-Shopify-API-Request-Failure-Reauthorize-Url";

/** Gives requests to the app's own server an id token, as App Bridge does with the global fetch:
 * once more with a new one where the server asks for it, and out of the frame where it must.
 * dev:api/app-bridge-library#authenticated-fetch */
export function authenticateFetch({ tell, idToken }: Parent): void {
  const plainFetch = window.fetch.bind(window);

  const withToken = async (request: Request) => {
    const attempt = request.clone();
    attempt.headers.set("Authorization", `Bearer ${await idToken()}`);
    attempt.headers.set("X-Requested-With", "XMLHttpRequest");
    return plainFetch(attempt);
  };

  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const isOurs = new URL(request.url).origin === location.origin;
    if (!isOurs || request.headers.has("Authorization")) return plainFetch(request);

    let response = await withToken(request);
    if (response.status === 401 && response.headers.has(RETRY)) response = await withToken(request);
    const url = response.headers.get(REAUTHORIZE);
    if (url) tell({ kind: "leave", url });
    return response;
  };
}
