import { describe, expect } from "vitest";
import type { AppContext } from "~/context";
import { receiveWebhook } from "~/webhooks.server";
import { revoke } from "../../dev/store/oauth/tokens";
import type { Platform } from "../../dev/store/platform";
import { shop } from "../factories";
import { test as base, visit, webhook } from "../shopify/stand-in";
import { callerOf, newsIn, post, read, type Asked } from "./callers";
import { CASES, FIRST, OTHER, PARTNER } from "./cases";
import { fillEveryTable, MARKS, rowsOf, WORD } from "./rows";
import { ROUTES } from "./site";

const MAIL = { smtpUrl: "smtp://127.0.0.1:1", from: "alerts@pixelnova.test" };

/** Some routes have dozens of reports. */
const LONG = { timeout: 180_000 };

/** Two installed shops: the first has a row in every table, the other has none. */
const test = base.extend("world", async ({ db, context }) => {
  const world: AppContext = {
    ...context,
    config: { ...context.config, mail: MAIL },
  };
  const { shop: first } = await visit(world, FIRST);
  await visit(world, OTHER);
  const partner = await shop(db, { domain: PARTNER });
  await db.shop.update({
    where: { id: first.id },
    data: { name: WORD, pixelCheckedAt: new Date() },
  });
  await fillEveryTable(db, { first: first.id, partner: partner.id, now: Date.now() });
  const rows = async () => [
    JSON.stringify(await db.shop.findUnique({ where: { id: first.id } }), (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    ),
    ...(await rowsOf(db, first.id)).values(),
  ];
  const callers = { first: await callerOf(world, FIRST), other: await callerOf(world, OTHER) };
  return { context: world, rows, ...callers };
});

/** What Shopify does when a merchant uninstalls the app. */
async function uninstall(platform: Platform, context: AppContext, domain: string): Promise<void> {
  const { state } = platform.memory;
  revoke(state, domain);
  Reflect.deleteProperty(state.installations, domain);
  expect((await receiveWebhook(context, webhook({ topic: "app/uninstalled", domain }))).ok).toBe(
    true,
  );
}

test("every route has its case here, its action too", () => {
  expect(Object.keys(CASES).sort()).toEqual(Object.keys(ROUTES).sort());
  for (const [id, { module }] of Object.entries(ROUTES))
    expect(CASES[id]?.posts !== undefined, `${id} is posted to`).toBe("action" in module);
});

describe.for(Object.entries(CASES))("%s", ([id, { door, ...asked }]) => {
  const { reads = [], counts = [], readsOfNothing = [], posts = [] } = asked;

  test("tells its rows to its own shop alone", LONG, async ({ world, platform }) => {
    const { context, first, other } = world;
    const ask = async (caller: Asked["caller"], path: string) => {
      const answer = await read(context, { id, door, caller }, path);
      expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(500);
      const mark = MARKS.exec(newsIn(answer, path))?.[0] ?? null;
      return { path, isAnswered: answer.status === 200, mark };
    };
    for (const path of reads) {
      const own = { path, isAnswered: true, mark: expect.any(String) as string };
      expect(await ask(first, path)).toEqual(own);
    }
    for (const path of [...reads, ...readsOfNothing]) {
      expect(await ask(other, path)).toMatchObject({ path, mark: null });
      const nobody = await ask(null, path);
      expect(nobody).toMatchObject({ path, mark: null });
      if (reads.includes(path)) expect(nobody).toMatchObject({ path, isAnswered: false });
    }
    await uninstall(platform, context, OTHER);
    await uninstall(platform, context, FIRST);
    for (const path of reads)
      for (const caller of [other, first])
        expect(await ask(caller, path)).toEqual({ path, isAnswered: false, mark: null });
  });

  if (counts.length > 0)
    test("counts its rows for its own shop alone", async ({ db, world }) => {
      const { context, first, other } = world;
      const ask = (caller: Asked["caller"]) =>
        Promise.all(
          counts.map(async (path) => (await read(context, { id, door, caller }, path)).body),
        );
      const [own, others] = [await ask(first), await ask(other)];

      await db.order.deleteMany();

      expect(await ask(first)).not.toEqual(own);
      expect(await ask(other)).toEqual(others);
    });

  if (posts.length > 0)
    test("changes rows for its own shop alone", async ({ world, platform }) => {
      const { context, first, other, rows } = world;
      for (const sent of posts) {
        const before = await rows();
        for (const caller of [other, null]) {
          const answer = await post(context, { id, door, caller }, sent);
          expect(answer.status, answer.text).toBeLessThan(500);
          expect(newsIn(answer, JSON.stringify(sent))).not.toMatch(MARKS);
          expect(await rows()).toEqual(before);
        }
        if (sent.isHarmless) continue;
        const own = await post(context, { id, door, caller: first }, sent);
        const isTold = MARKS.test(newsIn(own, JSON.stringify(sent)));
        const isChanged = JSON.stringify(await rows()) !== JSON.stringify(before);
        expect(isTold || isChanged, `${JSON.stringify(sent)} does nothing: ${own.text}`).toBe(true);
      }
      await uninstall(platform, context, OTHER);
      const before = await rows();
      for (const sent of posts) await post(context, { id, door, caller: other }, sent);
      expect(await rows()).toEqual(before);
    });
});
