import { alertSettings } from "~/catalog/alerts/settings.server";
import { confirmSubscription, subscribe } from "~/catalog/alerts/subscriptions.server";
import { CONSENT_VERSION, type SubscriptionRequest } from "~/catalog/alerts/subscription";
import { deliverDue, type DeliveryWorld } from "~/catalog/deliveries/deliver.server";
import { createSealer } from "~/platform/crypto.server";
import type { Database } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { minutes, shop } from "../../factories";
import { adminVariant, listed, merge } from "../listed";
import type { openMailbox } from "../receivers";

export const SEALER = createSealer([Buffer.alloc(32, 7).toString("base64")]);
export const APP_URL = "https://pixelnova.test";

/** What delivers, with this machine in its reach and no server for e-mails. */
export const worldOn = (db: Database, about: Partial<DeliveryWorld> = {}): DeliveryWorld => ({
  ...{ db, log: createLog("silent"), sealer: SEALER, mailer: undefined, appUrl: APP_URL },
  reach: { allowPrivate: true },
  now: () => new Date(),
  ...about,
});

/** A shop whose catalogue, one mug of 19.90, is known. */
export async function withMug(db: Database) {
  const { id, name } = await shop(db);
  await merge(db, id, [listed()], { source: "sync", asked: "all" });
  return { shopId: id, name, settings: () => alertSettings(db, id) };
}

/** The mug's price and stock are others now, some minutes after noon. */
export const tell = (
  db: Database,
  shopId: number,
  { at, ...variant }: { at: number } & Parameters<typeof adminVariant>[0],
) =>
  merge(db, shopId, [listed({ updatedAt: minutes(at) }, [adminVariant(variant)])], {
    asOf: minutes(at),
  });

export const request = (about: Partial<SubscriptionRequest> = {}): SubscriptionRequest => ({
  ...{ email: "Ana@example.com", kind: "price_drop", product: "7", variant: null, price: null },
  ...{ consent: CONSENT_VERSION, page: "/products/mug" },
  ...about,
});

/** A shopper asks to be told. */
export const ask = (
  db: Database,
  shopId: number,
  {
    now = new Date(),
    customerId = null,
    ...about
  }: Partial<SubscriptionRequest> & {
    now?: Date;
    customerId?: string | null;
  } = {},
) =>
  subscribe({ db, sealer: SEALER, now }, { shopId, currency: "EUR", customerId }, request(about));

type Mailbox = Awaited<ReturnType<typeof openMailbox>>;

/** The token of the links in the last e-mail that came. */
export const tokenIn = ({ received }: Pick<Mailbox, "received">): string =>
  /alerts\/(?:confirm|unsubscribe)\/([\w-]{43})/.exec(received.at(-1)?.message ?? "")?.[1] ?? "";

/** The shopper follows the link of the question, which is delivered first. */
export async function confirm(world: DeliveryWorld, mailbox: Pick<Mailbox, "received">) {
  await deliverDue(world);
  await confirmSubscription(world.db, tokenIn(mailbox), new Date());
  return tokenIn(mailbox);
}
