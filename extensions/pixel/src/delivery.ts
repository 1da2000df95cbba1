import { at } from "./fields";
import { attempt } from "./patience";

/** What became of a batch: the server has answered for every event in it, it can make nothing of the
 * batch, or it should get the batch again, after `wait` milliseconds or more. */
export type Outcome = "taken" | "unusable" | { wait: number };

/** Milliseconds until a request without an answer counts as failed. */
const ANSWER_LIMIT = 30_000;
const AGAIN: Outcome = { wait: 0 };

/** Sends a batch, given as the JSON of each event. Never rejects. */
export type Deliver = (events: readonly string[]) => Promise<Outcome>;

export const createDelivery =
  (endpoint: string, key: string): Deliver =>
  (events) => {
    const head = JSON.stringify({ key, sentAt: new Date().toISOString() }).slice(0, -1);
    const send = () =>
      fetch(endpoint, {
        method: "POST",
        body: `${head},"events":[${events.join(",")}]}`, // a string goes as text/plain: no preflight
        keepalive: true, // outlives the page
        credentials: "omit",
      }).then(outcomeOf);
    return attempt(send, AGAIN, ANSWER_LIMIT);
  };

/** A 200 counts only with our server's words in it: a placeholder page of a host in between does not. */
function outcomeOf(response: Response): Outcome | Promise<Outcome> {
  const { status, headers } = response;
  if (status === 200)
    return response
      .json()
      .then((answer: unknown) => (typeof at(answer, "accepted") === "number" ? "taken" : AGAIN));
  if (status === 400 || status === 413) return "unusable";
  return { wait: Number(headers.get("Retry-After")) * 1_000 || 0 };
}
