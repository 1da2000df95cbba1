import { setTimeout as sleep } from "node:timers/promises";
import type { AppContext } from "~/context";
import { createMailer } from "~/platform/mail.server";
import { SECOND } from "~/platform/time";
import { deliverDue, type DeliveryWorld } from "./deliver.server";

const EVERY = 2 * SECOND;

/** Delivers alerts as they become due. Any number of processes may: each delivery is in one's hand.
 * @returns a function that stops after what is on its way */
export function startDelivering(context: AppContext): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const world = deliveryWorld(context);
  const loop = async () => {
    while (!signal.aborted) {
      const tried = await deliverDue(world).catch((error: unknown) => {
        context.log.error({ reason: String(error) }, "looking for alerts to deliver failed");
        return 0;
      });
      if (tried === 0) await sleep(EVERY, undefined, { signal }).catch(() => {});
    }
  };
  const ended = loop();
  return async () => {
    stopping.abort();
    await ended;
  };
}

type Of = Pick<AppContext, "db" | "log" | "config" | "shopify">;

export const deliveryWorld = ({ db, log, config, shopify }: Of): DeliveryWorld => ({
  ...{ db, log, sealer: shopify.tokens.sealer },
  mailer: config.mail && createMailer(config.mail),
  reach: { allowPrivate: config.allowPrivateWebhooks },
  appUrl: config.shopify.appUrl,
  now: () => new Date(),
});
