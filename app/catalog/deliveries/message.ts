import { createHmac } from "node:crypto";
import { writeMoney, type ShopMoney } from "~/platform/money-format";
import type { AlertKind } from "../alerts/rules";
import { CONSENT_WORDINGS, type ShopperKind } from "../alerts/subscription";
import { wishOf } from "./wording";

/** What is told of, with prices in minor units of the shop's currency. */
export type Told = {
  kind: AlertKind;
  productTitle: string;
  /** Shopify's "Default Title" is no name. */
  variantTitle: string | null;
  productUrl: string | null;
  priceMinor: number;
  previousPriceMinor: number | null;
};
export type Sender = ShopMoney & { shopName: string };

export type Written = { subject: string; text: string; html: string };

/** The e-mail that asks whether the shopper asked. */
export function confirmation(
  { shopName }: Pick<Sender, "shopName">,
  about: { kind: ShopperKind; productTitle: string; consentVersion: string },
  links: { confirm: string; unsubscribe: string },
): Written {
  const wish = wishOf(about.kind, about.productTitle);
  return written(`Please confirm: tell me when ${wish}`, [
    { text: `Somebody, hopefully you, asked ${shopName} to write to this address when ${wish}.` },
    { text: `“${CONSENT_WORDINGS[about.consentVersion] ?? ""}”` },
    { text: "Yes, tell me", link: links.confirm },
    {
      text: "If it was not you, do nothing: you will not hear of it, and the address is forgotten.",
    },
    { text: "Forget this address now", link: links.unsubscribe },
  ]);
}

/** The e-mail that tells. */
export function notice(
  { shopName, ...money }: Sender,
  told: Told & { kind: ShopperKind },
  links: { unsubscribe: string },
): Written {
  const name = nameOf(told);
  const price = priceIn(told.priceMinor, money);
  const lines: Record<ShopperKind, string> = {
    price_drop: `${name} now costs ${price}${
      told.previousPriceMinor === null
        ? ""
        : ` instead of ${priceIn(told.previousPriceMinor, money)}`
    }.`,
    back_in_stock: `${name} can be bought again, for ${price}.`,
    low_stock: `There are few left of ${name}, for ${price}.`,
  };
  return written(`${wishOf(told.kind, told.productTitle)} at ${shopName}`, [
    { text: lines[told.kind] },
    ...(told.productUrl ? [{ text: "Look at it", link: told.productUrl }] : []),
    { text: `You asked ${shopName} to tell you this, once. This alert is now over.` },
    { text: `Forget my address at ${shopName}`, link: links.unsubscribe },
  ]);
}

const nameOf = ({ productTitle, variantTitle }: Told): string =>
  variantTitle && variantTitle !== "Default Title"
    ? `${productTitle} (${variantTitle})`
    : productTitle;

const priceIn = (amountMinor: number, money: ShopMoney): string =>
  writeMoney({ from: amountMinor, to: amountMinor }, money);

type Line = { text: string; link?: string };

const written = (subject: string, lines: readonly Line[]): Written => ({
  subject,
  text: `${lines.map(({ text, link }) => (link ? `${text}: ${link}` : text)).join("\n\n")}\n`,
  html: `<!doctype html><html lang="en"><body style="font: 16px/1.5 sans-serif">${lines
    .map(({ text, link }) =>
      link
        ? `<p><a href="${escapeHtml(link)}">${escapeHtml(text)}</a></p>`
        : `<p>${escapeHtml(text)}</p>`,
    )
    .join("")}</body></html>`,
});

const ENTITIES: Record<string, string> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" },
};
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);

/** Signs a webhook as the Standard Webhooks specification has it: HMAC-SHA256 over id, time and body.
 * @param secret `whsec_` and the key in base64
 * @see https://www.standardwebhooks.com */
export function signedHeaders(
  secret: string,
  { id, sentAt, body }: { id: string; sentAt: Date; body: string },
): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const timestamp = String(Math.floor(sentAt.getTime() / 1_000));
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    "Content-Type": "application/json",
    "User-Agent": "Pixelnova",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}
