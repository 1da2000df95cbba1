import { ANSWER_LIMIT } from "./claims";
import { at } from "./fields";
import { attempt } from "./patience";

/** What became of a batch: the server has answered for every event in it, it can make nothing of the
 * batch, or it should get the batch again, after `wait` milliseconds or more. */
export type Outcome = "taken" | "unusable" | { wait: number };

const AGAIN: Outcome = { wait: 0 };
/** Milliseconds that a server may ask for; timers cannot take much more. */
const LONGEST_WAIT = 3_600_000;

/** Sends a batch, given as the JSON of each event, and how many events were given up before it. Never
 * rejects. */
export type Deliver = (events: readonly string[], dropped: number) => Promise<Outcome>;

export const createDelivery =
  (endpoint: string, key: string): Deliver =>
  (events, dropped) => {
    const sentAt = new Date().toISOString();
    const head = JSON.stringify({ key, sentAt, dropped: dropped || undefined }).slice(0, -1);
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
  return { wait: Math.min(Number(headers.get("Retry-After")) * 1_000 || 0, LONGEST_WAIT) };
}
