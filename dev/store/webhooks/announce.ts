import { randomUUID } from "node:crypto";
import { chance } from "../../chance";
import type { Commerce } from "../commerce/commerce";
import type { Platform } from "../platform";
import { deliver } from "./deliver";
import { payloadOf } from "./happenings";
import { isWanted, subscriptionsTo, trimmed, type Subscription } from "./subscriptions";

/** One webhook on its way to one subscription. */
export type Dispatch = {
  shop: string;
  topic: string;
  webhookId: string;
  eventId: string;
  uri: string;
  triggeredAt: string;
  attempts: { at: string; status: number }[];
  /** `lost` never left: at least once is what Shopify promises, and what it does not always keep. */
  state: "waiting" | "delivered" | "given up" | "lost";
};

type Waiting = {
  dispatch: Dispatch;
  subscription: Subscription;
  payload: unknown;
  /** By the stand-in's clock, in milliseconds since 1970. */
  dueAt: number;
};
type Outbox = {
  luck: ReturnType<typeof chance>;
  recent: Dispatch[];
  waiting: Set<Waiting>;
  underWay: Set<Promise<void>>;
  timer: NodeJS.Timeout | undefined;
  isStopped: boolean;
};

/** Eight more attempts within four hours, ever further apart. dev:apps/build/webhooks/troubleshooting-webhooks */
export const RETRY_SECONDS = [60, 120, 300, 600, 1_200, 2_400, 3_600, 6_120] as const;
/** A subscription made by the Admin API is removed after so many failures in a row. */
const FAILURES = 8;
const KEPT = 200;

const outboxes = new WeakMap<Platform, Outbox>();

function outboxOf(platform: Platform): Outbox {
  const known = outboxes.get(platform);
  if (known) return known;
  const outbox: Outbox = {
    luck: chance("webhooks"),
    recent: [],
    waiting: new Set(),
    underWay: new Set(),
    timer: undefined,
    isStopped: false,
  };
  outboxes.set(platform, outbox);
  return outbox;
}

/** Tells an installed app of something, as its subscriptions want it: at least once, in no certain
 * order, again after a failure. Nobody waits for it. */
export function announce(platform: Platform, shop: string, topic: string, payload: unknown): void {
  if (!platform.memory.state.installations[shop]) return;
  const { faults, now } = platform;
  const { lost, duplicated, maxDelayMs } = faults.webhooks;
  const outbox = outboxOf(platform);
  const eventId = randomUUID();
  for (const subscription of subscriptionsTo(platform, shop, topic)) {
    if (!isWanted(subscription, payload)) continue;
    const about = { shop, topic, webhookId: randomUUID(), eventId, uri: subscription.uri };
    const dispatch: Dispatch = {
      ...about,
      ...{ triggeredAt: now().toISOString(), attempts: [], state: "waiting" },
    };
    remember(outbox, dispatch);
    if (outbox.luck.happens(lost)) {
      dispatch.state = "lost";
      continue;
    }
    const copies = outbox.luck.happens(duplicated) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const dueAt = now().getTime() + Math.round(outbox.luck.next() * maxDelayMs);
      const body = trimmed(subscription, payload);
      outbox.waiting.add({ dispatch, subscription, payload: body, dueAt });
    }
  }
  sendDue(platform);
}

/** Tells the app of everything that happens in a shop from now on. */
export const announceHappenings = (platform: Platform, commerce: Commerce): void =>
  commerce.onHappening((happening) => {
    announce(platform, commerce.shop.domain, happening.topic, payloadOf(commerce, happening));
  });

/** Sends what is due by the stand-in's clock, and sees to it that the rest will be. */
export function sendDue(platform: Platform): void {
  const outbox = outboxOf(platform);
  clearTimeout(outbox.timer);
  if (outbox.isStopped) return;
  const now = platform.now().getTime();
  for (const waiting of [...outbox.waiting].sort((one, other) => one.dueAt - other.dueAt)) {
    if (waiting.dueAt > now) break;
    outbox.waiting.delete(waiting);
    const attempt = send(platform, outbox, waiting).finally(() => {
      outbox.underWay.delete(attempt);
      sendDue(platform);
    });
    outbox.underWay.add(attempt);
  }
  const next = Math.min(...[...outbox.waiting].map(({ dueAt }) => dueAt));
  if (Number.isFinite(next)) outbox.timer = setTimeout(() => sendDue(platform), next - now).unref();
}

async function send(platform: Platform, outbox: Outbox, waiting: Waiting): Promise<void> {
  const { dispatch, subscription, payload } = waiting;
  const { shop, topic, webhookId, eventId, uri, triggeredAt, attempts } = dispatch;
  const { status } = await deliver(platform, shop, topic, payload, {
    ...{ webhookId, eventId, uri, name: subscription.name, triggeredAt: new Date(triggeredAt) },
  });
  attempts.push({ at: platform.now().toISOString(), status });
  if (status >= 200 && status < 300) {
    dispatch.state = "delivered";
    return;
  }
  const wait = RETRY_SECONDS[attempts.length - 1];
  if (attempts.length >= FAILURES) removeSubscription(platform, shop, subscription);
  if (wait === undefined) dispatch.state = "given up";
  else {
    const dueAt = platform.now().getTime() + (wait * 1_000) / platform.faults.retrySpeed;
    outbox.waiting.add({ ...waiting, dueAt });
  }
}

function removeSubscription({ memory }: Platform, shop: string, { id }: Subscription): void {
  const made = memory.state.webhookSubscriptions[shop];
  if (id === null || !made) return;
  memory.state.webhookSubscriptions[shop] = made.filter((subscription) => subscription.id !== id);
  memory.save();
}

function remember({ recent }: Outbox, dispatch: Dispatch): void {
  recent.push(dispatch);
  if (recent.length > KEPT) recent.shift();
}

/** The last few hundred, oldest first. */
export const recentDispatches = (platform: Platform): readonly Dispatch[] =>
  outboxOf(platform).recent;

/** Waits until nothing is under way and nothing waits for its time. */
export async function webhooksSettled(platform: Platform): Promise<void> {
  const outbox = outboxOf(platform);
  while (outbox.underWay.size > 0 || outbox.waiting.size > 0) {
    await Promise.all(outbox.underWay);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Sends nothing more; what is under way ends by itself. */
export function stopWebhooks(platform: Platform): void {
  const outbox = outboxOf(platform);
  outbox.isStopped = true;
  outbox.waiting.clear();
  clearTimeout(outbox.timer);
}
