import { expect } from "vitest";
import type { Database } from "~/platform/db.server";
import { test } from "../database";
import { shop } from "../factories";
import { addOrders } from "./orders";
import { sessionOf } from "./rollups";

/** A session at six o'clock with an order at ten, which is paid back at noon; carts and checkouts of two hours. */
const HOURS = {
  session: "06:00",
  order: "10:00",
  refund: "12:00",
  cart: "14:00",
  checkout: "16:00",
};
type Part = keyof typeof HOURS;
const at = (part: Part, minutes = 20) =>
  new Date(Date.parse(`2026-10-21T${HOURS[part]}:00Z`) + minutes * 60_000);

const VISIT = { who: 1, hour: 30, minutes: 3, pages: 2, kind: 1, orders: 1, isBot: false, rate: 1 };
const OF_CLIENT = { clientId: "client-1", isBot: false, sampleRate: 1, itemCount: 1 };

const addCart = (db: Database, shopId: number, cartId: string) =>
  db.cart.create({
    data: {
      ...{ ...OF_CLIENT, shopId, cartId },
      ...{ startedAt: at("cart"), lastActionAt: at("checkout", 90) },
    },
  });

const addCheckout = (db: Database, shopId: number, checkoutToken: string) =>
  db.checkout.create({
    data: {
      ...{ ...OF_CLIENT, shopId, checkoutToken, sessionId: "s1" },
      ...{ startedAt: at("checkout"), lastAt: at("checkout", 90) },
    },
  });

async function busyShop(db: Database): Promise<number> {
  const { id } = await shop(db);
  await db.session.create({ data: sessionOf(id, "s1", VISIT) });
  await addOrders(db, id, [
    {
      ...{ at: at("order").toISOString(), session: "s1", customer: 9 },
      refunds: [{ at: at("refund").toISOString(), minor: 400 }],
    },
  ]);
  await addCart(db, id, "c1");
  await addCheckout(db, id, "t1");
  await db.rollupChange.deleteMany({ where: { shopId: id } });
  return id;
}

/** The hours that a change notes, each once. */
async function noted(
  db: Database,
  change: (shopId: number) => Promise<unknown>,
): Promise<string[]> {
  const shopId = await busyShop(db);
  await change(shopId);
  const notes = await db.rollupChange.findMany({
    where: { shopId, basis: "facts" },
    distinct: ["hour"],
    orderBy: { hour: "asc" },
  });
  return notes.map(({ hour }) => hour?.toISOString().slice(11, 16) ?? "all");
}

/** The order of a session that is not known yet. */
async function addLateSession(db: Database, shopId: number): Promise<void> {
  await addOrders(db, shopId, [{ at: at("cart").toISOString(), session: "s2" }]);
  await db.rollupChange.deleteMany({ where: { shopId } });
  await db.session.create({ data: sessionOf(shopId, "s2", VISIT) });
}

async function addRefund(db: Database, shopId: number): Promise<void> {
  const { orderId } = await db.order.findFirstOrThrow({ where: { shopId } });
  await db.refund.create({
    data: { shopId, orderId, refundId: 1n, refundedAt: at("cart"), totalMinor: 1, itemCount: 0 },
  });
}

type Change = (db: Database, shopId: number) => Promise<unknown>;
const CHANGES: [what: string, change: Change, parts: Part[]][] = [
  [
    "an order that is placed is noted where it is, and where its session is",
    (db, shopId) =>
      addOrders(db, shopId, [{ at: at("checkout").toISOString(), session: "s1", customer: 9 }]),
    ["session", "checkout"],
  ],
  [
    "an order that is altered, also where it was paid back",
    (db, shopId) => db.order.updateMany({ where: { shopId }, data: { totalMinor: 5 } }),
    ["session", "order", "refund"],
  ],
  [
    "an order that moves, where it was and where it is",
    (db, shopId) => db.order.updateMany({ where: { shopId }, data: { placedAt: at("cart") } }),
    ["session", "order", "refund", "cart"],
  ],
  [
    "an order that is taken out",
    (db, shopId) => db.order.deleteMany({ where: { shopId } }),
    ["session", "order", "refund"],
  ],
  ["a refund that is paid", addRefund, ["cart"]],
  [
    "a refund that moves, where it was and where it is",
    (db, shopId) => db.refund.updateMany({ where: { shopId }, data: { refundedAt: at("cart") } }),
    ["refund", "cart"],
  ],
  [
    "a refund that is taken out",
    (db, shopId) => db.refund.deleteMany({ where: { shopId } }),
    ["refund"],
  ],
  [
    "what a session is told apart by, where its orders and their refunds are",
    (db, shopId) => db.session.updateMany({ where: { shopId }, data: { channel: "email" } }),
    ["session", "order", "refund"],
  ],
  [
    "how long a session was, where it is alone",
    (db, shopId) => db.session.updateMany({ where: { shopId }, data: { eventCount: 99 } }),
    ["session"],
  ],
  ["a session that comes after its order", addLateSession, ["session", "cart"]],
  [
    "a session that is taken out",
    (db, shopId) => db.session.deleteMany({ where: { shopId } }),
    ["session", "order", "refund"],
  ],
  ["a cart that begins", (db, shopId) => addCart(db, shopId, "c2"), ["cart"]],
  [
    "a cart that is altered, where it began",
    (db, shopId) => db.cart.updateMany({ where: { shopId }, data: { abandonedAt: at("refund") } }),
    ["cart"],
  ],
  [
    "a cart that begins earlier, where it did and does",
    (db, shopId) => db.cart.updateMany({ where: { shopId }, data: { startedAt: at("refund") } }),
    ["refund", "cart"],
  ],
  ["a cart that is taken out", (db, shopId) => db.cart.deleteMany({ where: { shopId } }), ["cart"]],
  ["a checkout that begins", (db, shopId) => addCheckout(db, shopId, "t2"), ["checkout"]],
  [
    "a checkout that is altered, where it began",
    (db, shopId) => db.checkout.updateMany({ where: { shopId }, data: { paymentAt: at("cart") } }),
    ["checkout"],
  ],
  [
    "a checkout that is taken out",
    (db, shopId) => db.checkout.deleteMany({ where: { shopId } }),
    ["checkout"],
  ],
];

test.for(CHANGES)("%s", async ([, change, parts], { db }) => {
  expect(await noted(db, (shopId) => change(db, shopId))).toEqual(
    parts.map((part) => HOURS[part]).sort(),
  );
});
