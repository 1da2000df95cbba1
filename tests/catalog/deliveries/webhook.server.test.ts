import { createHmac } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "vitest";
import { removeWebhook, setWebhook } from "~/catalog/alerts/settings.server";
import { deliverDue } from "~/catalog/deliveries/deliver.server";
import { failedDeliveries, tryAgain } from "~/catalog/deliveries/queue.server";
import { LEASE, nextAttempt, WAITS } from "~/catalog/deliveries/schedule";
import type { Database } from "~/platform/db.server";
import { test as base } from "../../database";
import { minutes } from "../../factories";
import { openEndpoint } from "../receivers";
import { SEALER, tell, withMug, worldOn } from "./world";

const test = base.extend("clean", { auto: true }, async ({ db }) => {
  await db.$executeRaw`truncate shops cascade`;
});

/** Some time after whatever the tests line up, which the database's own clock has dated. */
const LATER = minutes(60, new Date());
const after = (ms: number) => new Date(LATER.getTime() + ms);
const at = (moment: Date) => ({ now: () => moment });

/** A shop whose alerts go to an address, and whose mug has become cheaper. */
async function withDrop(db: Database, url: string) {
  const { shopId } = await withMug(db);
  const world = { db, sealer: SEALER, now: LATER };
  const secret = await setWebhook(world, shopId, { url, allowPrivate: true });
  await tell(db, shopId, { at: 1, price: "14.90" });
  return { shopId, secret };
}

const left = (db: Database, shopId: number) =>
  db.alertDelivery.findMany({ where: { shopId }, orderBy: { createdAt: "asc" } });

test("an alert is posted once, signed so that the merchant can tell", async ({ db }) => {
  const endpoint = await openEndpoint(200);
  const { secret } = await withDrop(db, endpoint.url);

  await deliverDue(worldOn(db, at(LATER)));
  await deliverDue(worldOn(db, at(after(LEASE * 2))));

  expect(endpoint.called).toHaveLength(1);
  const [{ headers, body } = { headers: {} as Record<string, string>, body: "" }] = endpoint.called;
  const id = headers["webhook-id"];
  const signed = `${id}.${headers["webhook-timestamp"]}.${body}`;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  expect(key).toHaveLength(32);
  expect(headers["webhook-signature"]).toBe(
    `v1,${createHmac("sha256", key).update(signed).digest("base64")}`,
  );
  expect(Number(headers["webhook-timestamp"])).toBe(Math.floor(LATER.getTime() / 1_000));
  expect(JSON.parse(body)).toMatchObject({
    type: "price_drop",
    timestamp: minutes(1).toISOString(),
    data: { productTitle: "Mug", currency: "EUR", priceMinor: 1490, previousPriceMinor: 1990 },
  });
  await endpoint.close();
});

test("what is not accepted is tried again by the schedule under one id, then given up", async ({
  db,
}) => {
  const endpoint = await openEndpoint(500);
  const { shopId } = await withDrop(db, endpoint.url);

  let moment = LATER;
  for (let attempts = 1; attempts <= WAITS.length + 1; attempts++) {
    if (attempts > 1) await deliverDue(worldOn(db, at(new Date(moment.getTime() - 1))));
    expect(endpoint.called).toHaveLength(attempts - 1);
    await deliverDue(worldOn(db, at(moment)));
    moment = nextAttempt(attempts, moment) ?? moment;
  }

  expect(endpoint.called).toHaveLength(6);
  expect(new Set(endpoint.called.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(await failedDeliveries(db, shopId)).toMatchObject([
    { to: "webhook", kind: "price_drop", attempts: 6, reason: "the answer was 500" },
  ]);
  await endpoint.close();
});

test("what was given up can be tried again, and is done when it is accepted", async ({ db }) => {
  const endpoint = await openEndpoint(500, 500, 500, 500, 500, 500, 200);
  const { shopId } = await withDrop(db, endpoint.url);
  for (let days = 0; days < 6; days++)
    await deliverDue(worldOn(db, at(after(days * 24 * 3_600_000))));
  const [failed] = await failedDeliveries(db, shopId);
  const again = { deliveryId: failed?.deliveryId ?? "", now: after(7 * 24 * 3_600_000) };

  expect(await tryAgain(db, shopId + 1, again)).toBe(false);
  expect(await tryAgain(db, shopId, again)).toBe(true);
  expect(await tryAgain(db, shopId, again)).toBe(false);
  await deliverDue(worldOn(db, at(again.now)));

  expect(await failedDeliveries(db, shopId)).toEqual([]);
  expect(await left(db, shopId)).toMatchObject([{ error: null, dueAt: null, attempts: 1 }]);
  await endpoint.close();
});

test("while an address does not answer, only one alert is spent on it", async ({ db }) => {
  const endpoint = await openEndpoint(500);
  const { shopId } = await withDrop(db, endpoint.url);
  await deliverDue(worldOn(db, at(LATER)));
  await tell(db, shopId, { at: 2, price: "13.90" });
  await tell(db, shopId, { at: 3, price: "12.90" });
  await db.$executeRaw`update alert_deliveries set due_at = ${after(1)} where attempts = 0`;
  await db.$executeRaw`update alert_deliveries set due_at = ${LATER} where attempts = 1`;

  const world = worldOn(db, at(LATER));
  await deliverDue(world);

  expect((await left(db, shopId)).map(({ attempts, dueAt }) => [attempts, dueAt])).toEqual([
    [2, nextAttempt(2, LATER)],
    [0, nextAttempt(2, LATER)],
    [0, nextAttempt(2, LATER)],
  ]);
  await endpoint.close();
});

test("two workers at once deliver each alert once", async ({ db }) => {
  const endpoint = await openEndpoint(200);
  const { shopId } = await withDrop(db, endpoint.url);
  for (const nth of [2, 3, 4, 5, 6]) await tell(db, shopId, { at: nth, price: `${15 - nth}.00` });

  await Promise.all([1, 2, 3].map(() => deliverDue(worldOn(db, at(LATER)))));

  const ids = endpoint.called.map(({ headers }) => headers["webhook-id"]);
  expect(ids).toHaveLength(6);
  expect(new Set(ids).size).toBe(6);
  await endpoint.close();
});

test("a worker that is killed in mid-send leaves what it had to the next one", async ({
  db,
  dbUrl,
}) => {
  const endpoint = await openEndpoint(0, 200);
  const { shopId } = await withDrop(db, endpoint.url);
  const program = new URL("./delivers.ts", import.meta.url).pathname;
  const worker = spawn(process.execPath, ["--import", "tsx", program, dbUrl, LATER.toISOString()], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  await expect.poll(() => endpoint.called.length).toBe(1);
  worker.kill("SIGKILL");
  await once(worker, "exit");

  expect(await deliverDue(worldOn(db, at(after(LEASE - 1))))).toBe(0);
  expect(await deliverDue(worldOn(db, at(after(LEASE))))).toBe(1);

  const [one, other] = endpoint.called;
  expect(other?.headers["webhook-id"]).toBe(one?.headers["webhook-id"]);
  expect(await left(db, shopId)).toMatchObject([{ error: null, dueAt: null, attempts: 2 }]);
  await endpoint.close();
});

test("an address that is taken away takes along what waits for it", async ({ db }) => {
  const endpoint = await openEndpoint(200);
  const { shopId } = await withDrop(db, endpoint.url);

  await removeWebhook(db, shopId);
  await tell(db, shopId, { at: 2, price: "13.90" });
  await deliverDue(worldOn(db, at(LATER)));

  expect(endpoint.called).toEqual([]);
  expect(await left(db, shopId)).toEqual([]);
  await endpoint.close();
});

test("a shop that has left is told nothing", async ({ db }) => {
  const endpoint = await openEndpoint(200);
  const { shopId } = await withDrop(db, endpoint.url);
  await db.shop.update({ where: { id: shopId }, data: { uninstalledAt: LATER } });

  await deliverDue(worldOn(db, at(LATER)));

  expect(endpoint.called).toEqual([]);
  await endpoint.close();
});
