import { z } from "zod";
import type { Sealer } from "~/platform/crypto.server";
import { contactKey } from "./subscription";

/** Where a subscription's e-mails go, and the token of the links in them. */
const Contact = z.object({ email: z.string(), token: z.string() });
export type Contact = z.output<typeof Contact>;

type Place = { shopId: number; tokenHash: string };
const placeOf = ({ shopId, tokenHash }: Place) =>
  `alert_subscriptions/${shopId}/${tokenHash}/contact`;

export const sealContact = (sealer: Sealer, contact: Contact, place: Place): string =>
  sealer.seal(JSON.stringify(contact), placeOf(place));

/** @throws {CannotOpen} its key is gone, or it was altered or moved */
export const openContact = (sealer: Sealer, sealed: string, place: Place): Contact =>
  Contact.parse(JSON.parse(sealer.open(sealed, placeOf(place))));

/** What a shop's subscriptions of an address are found by, one for each key: the first is written. */
export const contactMarks = (sealer: Sealer, email: string, shopId: number): string[] =>
  sealer.marks(contactKey(email), `alert_subscriptions/${shopId}`);

const secretPlace = (shopId: number) => `alert_settings/${shopId}/webhook_secret`;

export const sealSecret = (sealer: Sealer, secret: string, shopId: number): string =>
  sealer.seal(secret, secretPlace(shopId));

/** @throws {CannotOpen} as `openContact` does */
export const openSecret = (sealer: Sealer, sealed: string, shopId: number): string =>
  sealer.open(sealed, secretPlace(shopId));
