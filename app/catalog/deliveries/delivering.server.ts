import type { AppContext } from "~/context";
import { startLoop } from "~/platform/loop.server";
import { createMailer } from "~/platform/mail.server";
import { SECOND } from "~/platform/time";
import { deliverDue, type DeliveryWorld } from "./deliver.server";

/** Delivers alerts as they become due. Any number of processes may: each delivery is in one's hand.
 * @returns a function that stops after what is on its way */
export function startDelivering(context: AppContext): () => Promise<void> {
  const world = deliveryWorld(context);
  const about = { name: "delivering alerts", pauseMs: 2 * SECOND, log: context.log };
  return startLoop(about, async (signal) => {
    while (!signal.aborted && (await deliverDue(world)) > 0);
  });
}

type Of = Pick<AppContext, "db" | "log" | "config" | "shopify">;

export const deliveryWorld = ({ db, log, config, shopify }: Of): DeliveryWorld => ({
  ...{ db, log, sealer: shopify.tokens.sealer },
  mailer: config.mail && createMailer(config.mail),
  reach: { allowPrivate: config.allowPrivateWebhooks },
  appUrl: config.shopify.appUrl,
  now: () => new Date(),
});
