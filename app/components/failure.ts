import { isRouteErrorResponse } from "@remix-run/react";

export type Explanation = {
  title: string;
  message: string;
  /** Whether the same request may go better later. */
  canRetry: boolean;
};

/** What to tell a person about anything that a route may throw. */
export function explain(error: unknown): Explanation {
  if (!isRouteErrorResponse(error)) return BUG;
  if (error.status === 404) return refusal("Page not found", "There is no page at this address.");
  const message = messageOf(error.data);
  if (error.status === 503)
    return { title: "Back in a moment", message: message ?? BUSY, canRetry: true };
  if (error.status >= 500) return BUG;
  return refusal("That did not work", message ?? `The answer was ${error.status}.`);
}

/** The script with which Shopify's library leaves the iframe; null for every other failure. It is a
 * whole document of its own, and the only thrown answer that succeeds. */
export function handoverOf(error: unknown): string | null {
  const isHandover = isRouteErrorResponse(error) && error.status === 200;
  return isHandover && typeof error.data === "string" ? error.data : null;
}

const BUSY = "The app is starting, or its database is. Your storefront's events wait in line.";
const BUG: Explanation = {
  title: "Something went wrong on our side",
  message: "The failure has been written to the app's log. Trying again may help.",
  canRetry: true,
};
const refusal = (title: string, message: string) => ({ title, message, canRetry: false });

/** The sentence in the body of an expected failure. */
function messageOf(data: unknown): string | null {
  if (typeof data !== "object" || data === null || !("message" in data)) return null;
  return typeof data.message === "string" ? data.message : null;
}
