import { chance, type Chance } from "../../chance";

/** How unreliable the way to the app is, each a share of requests. */
export type NetworkOptions = {
  seed?: string;
  /** Never reaches the app. */
  lostRequests?: number;
  /** Reaches the app, whose answer is never heard: the browser sends it again. */
  lostAnswers?: number;
  /** Reaches the app twice. */
  duplicates?: number;
};

export type Answer = { accepted: number; duplicate: number; rejected: number };
/** `null` when nothing came back. */
export type Send = (body: string) => Promise<{ status: number; answer?: Answer } | null>;

/** A way to the app that loses and repeats what it carries, by a seeded chance.
 * @param reached hears of every body that has reached the app, whether anyone hears its answer or not */
export function network(
  send: Send,
  { seed = "network", lostRequests = 0, lostAnswers = 0, duplicates = 0 }: NetworkOptions,
): Send {
  const luck: Chance = chance(seed);
  return async (body) => {
    if (luck.happens(lostRequests)) return null;
    const isHeard = !luck.happens(lostAnswers);
    if (luck.happens(duplicates)) await send(body);
    const answered = await send(body);
    return isHeard ? answered : null;
  };
}

/** The app's door over HTTP, as a pixel knocks: plain text, so that browsers need not ask first. */
export const knockAt =
  (endpoint: string): Send =>
  async (body) => {
    const headers = { "content-type": "text/plain;charset=UTF-8" };
    const response = await fetch(endpoint, { method: "POST", headers, body }).catch(() => null);
    if (!response) return null;
    const answer = response.ok ? ((await response.json()) as Answer) : undefined;
    return { status: response.status, answer };
  };
