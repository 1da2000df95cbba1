import type { Chance } from "../chance";
import type { Shop } from "../store/catalog/shops";
import type { Customer, Order } from "../store/commerce/model";
import type { Day } from "./calendar";
import type { Ids } from "./ids";
import type { PageSeen, SimulatedDay, Source, Visit } from "./model";
import type { Browser, Person } from "./person";
import type { Shelf } from "./shelf";

/** A page that is open in a tab; `seq` counts its events. */
export type Page = {
  /** Since when it is looked at, and for how long it was before; milliseconds. */
  shownAt: number;
  visibleMs: number;
  readonly seen: PageSeen;
  path: string;
  title: string | null;
  type: PageSeen["type"];
  referrer: string | null;
  campaign: Source["campaign"] | null;
  seq: number;
};
export type Destination = Pick<Page, "path" | "title" | "type">;

/** A visit while it happens: who, where they are, what time it is, and what has been written down. */
export type Walk = {
  readonly shop: Shop;
  readonly till: Till;
  readonly shelfAt: (at: number) => Shelf;
  readonly luck: Chance;
  readonly ids: Ids;
  readonly person: Person;
  readonly browser: Browser;
  readonly visit: Visit;
  /** The true time, milliseconds since 1970. */
  at: number;
  /** What the shopper looks at; null before the first page. */
  page: Page | null;
  /** The world's end, milliseconds since 1970. */
  readonly until: number;
  readonly lastPageOnline: number;
  offline: boolean;
};

/** Where a shop's customers and orders are made. */
export type Till = {
  /** Who a person is to the shop: from now on, if they were nobody. */
  register: (person: Person, at: number) => Customer;
  /** A discount code that a shopper knows; null for most. */
  codeFor: (walk: Walk) => string | null;
  /** What the cart would be as an order at a moment; null when the shop cannot sell all that is in it. */
  draft: (walk: Walk, at: number, code: string | null) => Order | null;
  /** Makes an order of the draft; the cart is empty afterwards, on whatever device. */
  sell: (walk: Walk, draft: Order) => Order;
  /** What a day did to customers and orders; to be asked once for each day, in their order. */
  close: (day: Day) => Pick<SimulatedDay, "orders" | "settled" | "customers">;
};
