import { chance, type Chance } from "../chance";

/** Ids that never repeat within a world, and are the same ones each time. */
export type Ids = {
  /** By chance at its front, counted at its end. */
  uuid: (luck: Chance) => string;
  /** A UUID without its dashes: of a cart, a checkout, an order. */
  token: (luck: Chance) => string;
  number: (of: Numbered) => number;
  person: () => string;
};

/** Where the ids of each kind begin, as long as Shopify's are. */
const FIRST = {
  order: 5_000_000_000_000,
  customer: 7_100_000_000_000,
  orderLine: 13_000_000_000_000,
  refund: 900_000_000_000,
  refundLine: 600_000_000_000,
};
type Numbered = keyof typeof FIRST;
/** A world has this many ids of a kind. */
const ROOM = 1_000_000;
const WORLDS = 90_000;

/** @param world another world's ids begin elsewhere, so that two of them fit into one shop */
export function openIds(world: string): Ids {
  const place = chance(`${world} ids`).between(0, WORLDS) * ROOM;
  let uuids = 0;
  const last = { ...FIRST };
  let people = 0;
  const uuid = (luck: Chance) => {
    const [front, middle] = [digits(luck), digits(luck)];
    const end = (++uuids).toString(16).padStart(12, "0");
    return `${front}-${middle.slice(0, 4)}-4${middle.slice(4, 7)}-a${middle.slice(5)}-${end}`;
  };
  return {
    uuid,
    token: (luck) => uuid(luck).replaceAll("-", ""),
    number: (of) => place + ++last[of],
    person: () => `person-${++people}`,
  };
}

/** Eight hexadecimal digits. */
const digits = (luck: Chance) => (luck.next() + 1).toString(16).slice(2).padEnd(8, "0");
