import { describe, expect } from "vitest";
import { openContact } from "~/catalog/alerts/contact.server";
import {
  confirmSubscription,
  subscriptionOf,
  unsubscribe,
} from "~/catalog/alerts/subscriptions.server";
import { forgetOldSubscriptions } from "~/catalog/alerts/upkeep.server";
import { deliverDue } from "~/catalog/deliveries/deliver.server";
import { failedDeliveries } from "~/catalog/deliveries/queue.server";
import { createMailer } from "~/platform/mail.server";
import { DAY, HOUR } from "~/platform/time";
import { test as base } from "../../database";
import { minutes } from "../../factories";
import { openMailbox } from "../receivers";
import { ask, confirm, SEALER, tell, tokenIn, withMug, worldOn } from "./world";

const test = base
  .extend("mailbox", async ({}, { onCleanup }) => {
    const mailbox = await openMailbox((to) =>
      to.startsWith("gone") ? Object.assign(new Error("nobody here"), { responseCode: 550 }) : null,
    );
    onCleanup(() => mailbox.close());
    return mailbox;
  })
  .extend("world", async ({ db, mailbox }) => {
    await db.$executeRaw`truncate shops cascade`;
    const from = "alerts@pixelnova.test";
    return worldOn(db, { mailer: createMailer({ smtpUrl: mailbox.url, from }) });
  });

const later = (ms: number) => new Date(Date.now() + ms);

test("prices are written as the shop writes them", async ({ db, world, mailbox }) => {
  const { shopId } = await withMug(db);
  const moneyFormat = "<i>{{amount_with_comma_separator}}</i> €";
  await db.shop.update({ where: { id: shopId }, data: { moneyFormat } });
  await ask(db, shopId);
  await confirm(world, mailbox);
  await tell(db, shopId, { at: 1, price: "14.90" });
  await deliverDue(world);

  expect(mailbox.received[1]?.message).toContain("Mug now costs 14,90 € instead of 19,90 €.");
});

test("who confirms is told once, of both prices, and the alert is over", async ({
  db,
  world,
  mailbox,
}) => {
  const { shopId, name } = await withMug(db);
  await ask(db, shopId);
  const token = await confirm(world, mailbox);
  await tell(db, shopId, { at: 1, price: "14.90" });
  await tell(db, shopId, { at: 2, price: "12.90" });
  await deliverDue(world);

  expect(mailbox.received.map(({ to }) => to)).toEqual(["Ana@example.com", "Ana@example.com"]);
  const message = mailbox.received[1]?.message ?? "";
  expect(message).toContain(`Subject: Mug costs less at ${name}`);
  expect(message).toContain("Mug now costs €14.90 instead of €19.90.");
  expect(message).toContain("https://shop.example/products/mug");
  expect(message).toContain(`https://pixelnova.test/alerts/unsubscribe/${token}`);
  expect(message).toContain(
    `List-Unsubscribe: <https://pixelnova.test/alerts/unsubscribe/${token}>`,
  );
});

test("who does not confirm is not told, and is forgotten after a week", async ({
  db,
  world,
  mailbox,
}) => {
  const { shopId } = await withMug(db);
  await ask(db, shopId);
  await deliverDue(world);
  await tell(db, shopId, { at: 1, price: "14.90" });
  await deliverDue(world);
  expect(mailbox.received).toHaveLength(1);

  expect(await confirmSubscription(db, tokenIn(mailbox), later(7 * DAY))).toBe(false);
  await forgetOldSubscriptions({ db }, later(6 * DAY));
  expect(await db.alertSubscription.count()).toBe(1);
  await forgetOldSubscriptions({ db }, later(7 * DAY));
  expect(await db.alertSubscription.count()).toBe(0);
});

test("a price is told when it reaches the target, and not before", async ({
  db,
  world,
  mailbox,
}) => {
  const { shopId } = await withMug(db);
  await ask(db, shopId, { price: 15 });
  await confirm(world, mailbox);
  await tell(db, shopId, { at: 1, price: "15.01" });
  await deliverDue(world);
  expect(mailbox.received).toHaveLength(1);

  await tell(db, shopId, { at: 2, price: "15.00" });
  await deliverDue(world);

  expect(mailbox.received[1]?.message).toContain("Mug now costs €15.00 instead of €15.01.");
});

test("another kind, another variant and another shop are none of theirs", async ({
  db,
  world,
  mailbox,
}) => {
  const [{ shopId }, other] = [await withMug(db), await withMug(db)];
  await ask(db, shopId, { kind: "back_in_stock", variant: "70" });
  await confirm(world, mailbox);
  await tell(db, shopId, { at: 1, price: "10.00" });
  await tell(db, other.shopId, { at: 1, availableForSale: false });
  await tell(db, other.shopId, { at: 2 });
  await deliverDue(world);
  expect(mailbox.received).toHaveLength(1);

  await tell(db, shopId, { at: 3, price: "10.00", availableForSale: false });
  await tell(db, shopId, { at: 4, price: "10.00" });
  await deliverDue(world);

  expect(mailbox.received[1]?.message).toContain("Mug can be bought again, for €10.00.");
});

test("what shoppers can no longer see when its e-mail is due is not sent", async ({
  db,
  world,
  mailbox,
}) => {
  const { shopId } = await withMug(db);
  await ask(db, shopId);
  await confirm(world, mailbox);
  await tell(db, shopId, { at: 1, price: "14.90" });
  await db.product.updateMany({ where: { shopId }, data: { status: "UNLISTED" } });
  await deliverDue(world);

  expect(mailbox.received).toHaveLength(1);
  expect(await failedDeliveries(db, shopId)).toMatchObject([{ to: "shopper", attempts: 1 }]);
});

test("an address that does not exist is given up at once, and not shown", async ({ db, world }) => {
  const { shopId } = await withMug(db);
  await ask(db, shopId, { email: "gone@example.com" });
  await deliverDue(world);

  const failed = await failedDeliveries(db, shopId);
  expect(failed).toMatchObject([{ to: "question", attempts: 1 }]);
  expect(JSON.stringify(failed)).not.toContain("gone@");
});

describe("an address", () => {
  test("is asked once, however often and in whatever letters it is given", async ({
    db,
    world,
    mailbox,
  }) => {
    const { shopId } = await withMug(db);
    for (const email of ["ana@example.com", "ANA@example.com", "ana@Example.com"])
      await ask(db, shopId, { email });
    await deliverDue(world);

    expect(mailbox.received).toHaveLength(1);
  });

  test("that has confirmed stays subscribed when somebody asks again", async ({
    db,
    world,
    mailbox,
  }) => {
    const { shopId } = await withMug(db);
    await ask(db, shopId);
    await confirm(world, mailbox);
    await ask(db, shopId, { price: 1, now: later(2 * DAY) });
    await tell(db, shopId, { at: 1, price: "14.90" });
    await deliverDue(world);

    expect(mailbox.received).toHaveLength(2);
    expect(mailbox.received[1]?.message).toContain("Subject: Mug costs less");
  });

  test("is sent five questions a day at most", async ({ db, world, mailbox }) => {
    const { shopId } = await withMug(db);
    const wishes = ["price_drop", "back_in_stock", "low_stock"] as const;
    for (const kind of wishes)
      for (const variant of [null, "70"]) await ask(db, shopId, { kind, variant });
    await deliverDue(world);

    expect(mailbox.received).toHaveLength(5);
  });

  test("may be asked again for what it was told of", async ({ db, world, mailbox }) => {
    const { shopId } = await withMug(db);
    await ask(db, shopId);
    const first = await confirm(world, mailbox);
    await tell(db, shopId, { at: 1, price: "14.90" });
    await deliverDue(world);
    await ask(db, shopId);
    const second = await confirm(world, mailbox);
    await tell(db, shopId, { at: 2, price: "12.90" });
    await deliverDue(world);

    expect(mailbox.received).toHaveLength(4);
    expect(second).not.toBe(first);
  });

  test("and the token of its links are nowhere in the database as they are", async ({
    db,
    world,
    mailbox,
  }) => {
    const { shopId } = await withMug(db);
    await ask(db, shopId);
    const token = await confirm(world, mailbox);

    const [row] = await db.alertSubscription.findMany();
    const kept =
      JSON.stringify(row, (_, value: unknown) => String(value)) + JSON.stringify(row?.contact);
    expect(kept.toLowerCase()).not.toContain("ana@");
    expect(kept).not.toContain(token);
    expect(
      openContact(SEALER, row?.contact ?? "", { shopId, tokenHash: row?.tokenHash ?? "" }),
    ).toEqual({ email: "Ana@example.com", token });
  });

  test("is forgotten by its link, with all that it waits for in that shop", async ({
    db,
    world,
    mailbox,
  }) => {
    const [{ shopId }, other] = [await withMug(db), await withMug(db)];
    await ask(db, other.shopId);
    await ask(db, shopId, { kind: "low_stock" });
    await ask(db, shopId, { email: "bo@example.com" });
    await ask(db, shopId);
    await deliverDue(world);
    const token = tokenIn({
      received: mailbox.received.filter(
        ({ to, message }) => to.startsWith("Ana") && message.includes("about to sell out"),
      ),
    });

    expect(await subscriptionOf(db, token, new Date())).toMatchObject({ kind: "low_stock" });
    await unsubscribe(db, token);
    await unsubscribe(db, token);

    expect(await subscriptionOf(db, token, new Date())).toBeNull();
    expect(await db.alertSubscription.count({ where: { shopId } })).toBe(1);
    expect(await db.alertSubscription.count({ where: { shopId: other.shopId } })).toBe(1);
  });
});

test("what the shopper agreed to is kept: which words, where and when", async ({ db, world }) => {
  const { shopId } = await withMug(db);
  const now = minutes(3);
  await ask(db, shopId, { now, customerId: "9" });

  expect(await world.db.alertSubscription.findMany()).toMatchObject([
    {
      ...{ consentVersion: "2026-12-01", consentPlace: "/products/mug", requestedAt: now },
      ...{ customerId: 9n, confirmedAt: null },
    },
  ]);
});

test("what shoppers cannot see cannot be subscribed to", async ({ db, world }) => {
  const { shopId } = await withMug(db);
  await expect(ask(db, shopId, { product: "8" })).rejects.toThrow("no such product");
  await expect(ask(db, shopId, { variant: "71" })).rejects.toThrow("no such product or variant");
  for (const data of [
    { status: "DRAFT" },
    { status: "ACTIVE", publishedAt: new Date(Date.now() + HOUR) },
  ]) {
    await world.db.product.updateMany({ data });
    await expect(ask(db, shopId), JSON.stringify(data)).rejects.toThrow("no such product");
  }
});
