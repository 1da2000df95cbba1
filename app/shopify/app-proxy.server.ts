import type { Shop } from "@prisma/client";
import type { AppContext } from "~/context";
import { Unauthorized } from "~/platform/errors";

/** A shopper's request, as Shopify passed it on and signed it. */
export type Proxied = {
  shop: Shop;
  /** The customer who is logged in; digits. */
  customerId: string | null;
};

/** Makes sure that a request came through Shopify's app proxy, and says of which shop it is. Loads no
 * session, as the library's own way does: a shopper's request needs no token, and must not fail for one.
 * @throws {Unauthorized} it is not signed, its signature is old, or the shop is not, or no longer, ours */
export async function authenticateProxy(
  { shopify, db }: Pick<AppContext, "shopify" | "db">,
  request: Request,
): Promise<Proxied> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const isSigned = await shopify.api.utils
    .validateHmac(query, { signator: "appProxy" })
    .catch(() => false); // it throws for a request that is old, or carries no signature
  if (!isSigned) throw new Unauthorized("this address answers through the storefront only");
  const shop = await db.shop.findUnique({ where: { domain: query.shop ?? "" } });
  if (!shop || shop.uninstalledAt) throw new Unauthorized("the shop has no installation");
  const customer = query.logged_in_customer_id ?? "";
  return { shop, customerId: /^\d{1,18}$/.test(customer) ? customer : null };
}
