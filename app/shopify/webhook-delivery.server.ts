import { z } from "zod";
import type { AppContext } from "~/context";
import type { Database, Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";

/** One webhook, its signature verified, from a shop that we know. */
export type Delivery = {
  shopId: number;
  domain: string;
  /** The same for every attempt to deliver it. */
  webhookId: string;
  /** For example `app/uninstalled`. */
  topic: string;
  triggeredAt: Date | null;
  payload: unknown;
};

/** What a handler may use. `db` is the transaction that also marks the delivery as processed; work in a
 * transaction of its own, from the `pool`, must be safe to repeat. */
export type WebhookWorld = Pick<AppContext, "log" | "shopify"> & { db: Db; pool: Database["pool"] };
export type WebhookHandler = (world: WebhookWorld, delivery: Delivery) => Promise<void>;
/** What is done on each topic, by its name. */
export type WebhookHandlers = Readonly<Record<string, WebhookHandler>>;

/** The part of a webhook's body that matters here.
 * @throws {InvalidInput} it is not as Shopify documents it */
export function parsePayload<Payload>(
  schema: z.ZodType<Payload>,
  { topic, payload }: Delivery,
): Payload {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(`unexpected body of ${topic}: ${z.prettifyError(parsed.error)}`);
}
