import { expect } from "vitest";
import type { AppContext } from "~/context";
import { createSealer } from "~/platform/crypto.server";
import { rotateKeys } from "~/shopify/rotate-keys.server";
import { createTokenStorage } from "~/shopify/token-storage.server";
import { CONFIG, HARBOUR, NORTHWIND, test, visit } from "./stand-in";

const NEW_KEY = Buffer.alloc(32, 9).toString("base64");
const install = async (context: AppContext) => {
  for (const domain of [NORTHWIND, HARBOUR]) await visit(context, domain);
};
const openWith = ({ shopify }: AppContext, keys: string[]) =>
  createTokenStorage({ ...shopify.tokens, sealer: createSealer(keys) });

test("after a rotation the new key alone opens every token", async ({ context, db }) => {
  await install(context);

  const rotation = await rotateKeys(db, createSealer([NEW_KEY, ...CONFIG.encryptionKeys]));

  const storage = openWith(context, [NEW_KEY]);
  const session = await storage.loadSession(`offline_${NORTHWIND}`);
  expect(rotation).toEqual({ resealed: 2, unreadable: 0 });
  expect(session?.accessToken).toMatch(/^shpat_/);
  expect(await storage.findSessionsByShop(HARBOUR)).toHaveLength(1);
});

test("after a rotation tokens can still be refreshed", async ({ context, db }) => {
  await install(context);
  await rotateKeys(db, createSealer([NEW_KEY, ...CONFIG.encryptionKeys]));
  await db.accessToken.updateMany({ data: { expiresAt: new Date(0) } });

  const session = await openWith(context, [NEW_KEY]).loadSession(`offline_${NORTHWIND}`);

  expect(session?.isExpired()).toBe(false);
});

test("a rotation that is repeated finds nothing to do", async ({ context, db }) => {
  await install(context);
  const sealer = createSealer([NEW_KEY, ...CONFIG.encryptionKeys]);
  await rotateKeys(db, sealer);

  expect(await rotateKeys(db, sealer)).toEqual({ resealed: 0, unreadable: 0 });
});

test("a rotation tells of tokens under a key that is gone, and leaves them", async ({
  context,
  db,
}) => {
  await install(context);

  const rotation = await rotateKeys(db, createSealer([NEW_KEY]));

  expect(rotation).toEqual({ resealed: 0, unreadable: 2 });
  expect(await openWith(context, CONFIG.encryptionKeys).findSessionsByShop(NORTHWIND)).toHaveLength(
    1,
  );
});

test("a token whose key is gone is replaced at the shop's next visit", async ({ context, db }) => {
  await install(context);
  await db.$executeRaw`update access_tokens set access_token = 'v1.00000000.AAAA'`;

  const { shop } = await visit(context, NORTHWIND);

  expect(shop.domain).toBe(NORTHWIND);
  expect(await openWith(context, CONFIG.encryptionKeys).findSessionsByShop(NORTHWIND)).toHaveLength(
    1,
  );
});
