import type { Shop } from "@prisma/client";
import { z } from "zod";
import type { Config } from "~/platform/config.server";
import type { Db } from "~/platform/db.server";
import type { Log } from "~/platform/log.server";
import { ask, type Admin } from "./admin.server";
import { SHOP } from "./documents";
import { ensurePixel } from "./pixel.server";

const Answer = z.object({
  shop: z.object({
    id: z.string().regex(/^gid:\/\/shopify\/Shop\/\d+$/),
    name: z.string(),
    currencyCode: z.string(),
    currencyFormats: z.object({ moneyFormat: z.string() }),
    ianaTimezone: z.string(),
    plan: z.object({ publicDisplayName: z.string() }),
  }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
});

type World = { db: Db; config: Pick<Config, "shopify">; log: Log };

/** What follows a shop's consent: learns who it is and connects its pixel. Safe to repeat.
 * @throws {AdminRefused | Unavailable} nothing was learned; the shop's next visit tries again */
export async function install(world: World, admin: Admin, domain: string): Promise<Shop> {
  const shop = await describeShop(world.db, admin, domain);
  if (shop.pixelId !== null) return shop; // a lost one is put back by the page, which says so
  const pixel = await ensurePixel(world, admin, shop);
  world.log.info({ shop: domain, pixel }, "installed");
  return shop;
}

/** Copies from Shopify what we keep of a shop: its name, currency, money format, time zone, plan and our scopes.
 * @throws {AdminRefused | Unavailable} as `ask` does */
export async function describeShop(db: Db, admin: Admin, domain: string): Promise<Shop> {
  const { shop, currentAppInstallation } = await ask(admin, SHOP, { answer: Answer });
  return db.shop.update({
    where: { domain },
    data: {
      shopifyId: BigInt(shop.id.replace(/\D/g, "")),
      name: shop.name,
      currency: shop.currencyCode,
      moneyFormat: shop.currencyFormats.moneyFormat,
      timeZone: shop.ianaTimezone,
      plan: shop.plan.publicDisplayName,
      scopes: currentAppInstallation.accessScopes.map(({ handle }) => handle),
    },
  });
}
