import type { AppContext } from "~/context";
import { InvalidInput, isAppError } from "~/platform/errors";
import { tryAgain } from "../deliveries/queue.server";
import { removeWebhook, setLowStock, setWebhook } from "./settings.server";

/** How a merchant's change went: the new secret if it made one, and why it was refused if it was. */
export type Changed = { secret: string | null; refused: string | null };

type World = Pick<AppContext, "db" | "shopify" | "config">;

/** Does what the form on the page asks for. */
export async function changeAlerts(world: World, shopId: number, form: FormData): Promise<Changed> {
  try {
    return { secret: await change(world, shopId, form), refused: null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { secret: null, refused: error.message };
  }
}

/** @returns the secret of a webhook, when it has a new one */
async function change(world: World, shopId: number, form: FormData): Promise<string | null> {
  const { db, shopify, config } = world;
  const asked = form.get("change");
  const now = new Date();
  if (asked === "webhook")
    return setWebhook({ db, now, sealer: shopify.tokens.sealer }, shopId, {
      ...{ url: form.get("url"), allowPrivate: config.allowPrivateWebhooks },
    });
  if (asked === "no_webhook") await removeWebhook(db, shopId);
  else if (asked === "low_stock") await setLowStock(db, shopId, form.get("quantity"));
  else if (asked === "try_again")
    await tryAgain(db, shopId, { deliveryId: form.get("deliveryId"), now });
  else throw new InvalidInput(`there is no such change: ${JSON.stringify(asked)}`);
  return null;
}
