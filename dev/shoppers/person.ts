import type { Chance } from "../chance";
import type { Customer } from "../store/commerce/model";
import { pickDevice, type Device, type DeviceKind } from "./devices";
import type { Ids } from "./ids";
import { clockErrorOf, pixelOf } from "./misfortune";
import type { Visit } from "./model";
import { placeAt, type Place } from "./places";
import type { Shelf } from "./shelf";
import { tasteOf, type Taste } from "./taste";

export type CartLine = { productId: number; variantId: number; quantity: number };
/** A cart is a cookie's, its checkout the cart's: whoever comes back to it finds both. */
export type Cart = { token: string; checkoutToken: string; lines: CartLine[] };

/** One browser: for Shopify, and so for the app, this is the visitor. */
export type Browser = {
  clientId: string;
  kind: DeviceKind;
  device: Device;
  pixel: Visit["pixel"];
  clockErrorMs: number;
  /** Who is logged in. */
  customer: Customer | null;
  cart: Cart;
  /** Nobody uses it again before this, in milliseconds since 1970. */
  quietUntil: number;
};

export type Person = Place & {
  id: string;
  taste: Taste;
  browsers: [Browser, ...Browser[]];
  /** Whether they log in when it is of use to them. */
  keepsAccount: boolean;
  /** Who they are to the shop, once it knows. */
  customer: Customer | null;
  /** How long they go on looking; 1 is usual. */
  patience: number;
  usesCodes: boolean;
  /** The other one of a household that shares the first browser. */
  partner: Person | null;
};

const KEEPS_ACCOUNT = 0.3;
const HAS_TWO_DEVICES = 0.35;
const HOUSEHOLDS = 0.03;

/** Somebody who comes for the first time.
 * @param at the moment, which tells who is awake */
export function newPerson(shelf: Shelf, shopCountry: string, at: number, luck: Chance, ids: Ids) {
  const person = makePerson(shelf, placeAt(at, shopCountry, luck), luck, ids);
  return luck.happens(HOUSEHOLDS) ? withPartner(person, shelf, luck, ids) : person;
}

function makePerson(shelf: Shelf, place: Place, luck: Chance, ids: Ids): Person {
  const browsers: Person["browsers"] = [newBrowser(luck, ids)];
  if (luck.happens(HAS_TWO_DEVICES)) browsers.push(newBrowser(luck, ids));
  return {
    ...place,
    ...{ id: ids.person(), taste: tasteOf(shelf, luck), browsers, customer: null, partner: null },
    keepsAccount: luck.happens(KEEPS_ACCOUNT),
    patience: 0.5 + luck.next(),
    usesCodes: luck.happens(0.35),
  };
}

export function newBrowser(luck: Chance, ids: Ids): Browser {
  const { kind, device } = pickDevice(luck);
  return {
    clientId: ids.uuid(luck),
    ...{ kind, device, pixel: pixelOf(luck), clockErrorMs: clockErrorOf(luck) },
    ...{ customer: null, cart: newCart(luck, ids), quietUntil: 0 },
  };
}

export const newCart = (luck: Chance, ids: Ids): Cart => ({
  token: ids.token(luck),
  checkoutToken: ids.token(luck),
  lines: [],
});

/** Two people of one household, each with an account, at one browser. */
function withPartner(person: Person, shelf: Shelf, luck: Chance, ids: Ids): Person {
  const { country, timeZone, language } = person;
  const partner = makePerson(shelf, { country, timeZone, language }, luck, ids);
  partner.browsers = [person.browsers[0]];
  for (const member of [person, partner]) member.keepsAccount = true;
  person.partner = partner;
  partner.partner = person;
  return person;
}
