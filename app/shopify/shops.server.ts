import type { Shop } from "@prisma/client";
import type { AppContext } from "~/context";
import { Unauthorized } from "~/platform/errors";
import type { Admin } from "./admin.server";
import { install } from "./install.server";
import type { Shopify } from "./shopify.server";

type SignedIn = Awaited<ReturnType<Shopify["authenticate"]["admin"]>>;

/** A merchant's request: whose it is, and the shop's Admin API. */
export type Visit = { shop: Shop; admin: Admin; redirect: SignedIn["redirect"] };

/** Signs a request to an embedded page in. The shop is the one that Shopify's signed token names,
 * and no other part of the request may say so.
 * @throws {Response} the library's: a new token is wanted, or the page must open inside the admin
 * @throws {Unauthorized} the shop was uninstalled a moment ago */
export async function authenticateShop(context: AppContext, request: Request): Promise<Visit> {
  const { session, admin, redirect } = await context.shopify.authenticate.admin(request);
  const shop = await context.db.shop.findUnique({ where: { domain: session.shop } });
  if (!shop || shop.uninstalledAt) throw new Unauthorized(`${session.shop} has no installation`);
  const isDescribed = shop.shopifyId !== null; // else its installation was interrupted
  return { shop: isDescribed ? shop : await install(context, admin, shop.domain), admin, redirect };
}
