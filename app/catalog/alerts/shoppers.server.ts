import type { AppContext } from "~/context";
import { AppError, Unavailable, TooMany } from "~/platform/errors";
import { readBody } from "~/platform/http.server";
import { createWindows, limitHeaders } from "~/platform/windows";
import type { Proxied } from "~/shopify/app-proxy.server";
import { CONSENT_VERSION, CONSENT_WORDINGS, parseRequest, SHOPPER_KINDS } from "./subscription";
import { subscribe } from "./subscriptions.server";

/** No e-mail can be sent: SMTP_URL is not set. */
export class NoMail extends AppError {
  readonly code = "no_mail";
  readonly status = 501;
}

const BODY_LIMIT_BYTES = 4_096;
/** What a shop's shoppers may ask in a minute, counted by each process. */
const perShop = createWindows({ count: 120, seconds: 60 });

/** What the storefront needs to offer alerts: whether there are any, and the words to agree to. */
export const offerOfAlerts = ({ config }: Pick<AppContext, "config">) => ({
  isOffered: config.mail !== undefined,
  kinds: SHOPPER_KINDS,
  consent: { version: CONSENT_VERSION, wording: CONSENT_WORDINGS[CONSENT_VERSION] },
});

/** Takes a shopper's wish to be told. The answer is the same whether the address is known or not.
 * @throws {NoMail | TooMany | InvalidInput | NotFound | TooLarge | Unavailable} nothing was done */
export async function askForAlert(
  { config, db, shopify }: Pick<AppContext, "config" | "db" | "shopify">,
  { shop, customerId }: Proxied,
  request: Request,
): Promise<{ message: string }> {
  if (!config.mail) throw new NoMail("this shop cannot send e-mails yet");
  const now = new Date();
  const allowance = perShop(String(shop.id), 1, now.getTime());
  if (!allowance.isAllowed)
    throw new TooMany(
      "too many ask at once; please try again in a minute",
      limitHeaders(allowance),
    );
  const wish = parseRequest((await readBody(request, BODY_LIMIT_BYTES)).toString("utf8"));
  const { id: shopId, currency } = shop;
  if (!currency) throw new Unavailable("the shop is still being set up");
  const { sealer } = shopify.tokens;
  await subscribe({ db, sealer, now }, { shopId, currency, customerId }, wish);
  return { message: "Please look into your mailbox and follow the link in our e-mail." };
}
