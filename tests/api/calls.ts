import type { LoaderFunctionArgs } from "@remix-run/node";
import { SCOPE_NAMES, type Scope } from "~/api/scopes";
import { createToken } from "~/api/tokens.server";
import type { Database } from "~/platform/db.server";
import { DAY } from "~/platform/time";
import { loader as alerts } from "~/routes/api-v1-alerts";
import { loader as priceHistory } from "~/routes/api-v1-price-history";
import { loader as product } from "~/routes/api-v1-product";
import { loader as products } from "~/routes/api-v1-products";
import { loader as syncStatus } from "~/routes/api-v1-sync-status";
import { adminVariant, listed, merge } from "../catalog/listed";
import { test as base } from "../database";
import { shop } from "../factories";
import { contextOn } from "../shopify/stand-in";

export const test = base.extend("context", ({ db }) => contextOn(db));

export const yesterday = () => new Date(Date.now() - DAY);
const HANDLERS = { products, product, priceHistory, syncStatus, alerts };
type Endpoint = keyof typeof HANDLERS;
export const ENDPOINTS = ["products", "product", "priceHistory", "syncStatus", "alerts"] as const;

type Asking = { token?: string; search?: string; productId?: string; etag?: string };
type Ask = (endpoint: Endpoint, asking?: Asking) => Promise<Response>;

export const askingIn =
  (context: LoaderFunctionArgs["context"]): Ask =>
  (endpoint, { token, search = "", productId = "7", etag } = {}) => {
    const headers = {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(etag === undefined ? {} : { "If-None-Match": etag }),
    };
    const request = new Request(`https://pixelnova.test/api/v1/any?${search}`, { headers });
    return HANDLERS[endpoint]({ request, context, params: { productId } });
  };

export const tokenFor = (db: Database, shopId: number, scopes: readonly Scope[] = SCOPE_NAMES) =>
  createToken(db, shopId, { name: "Feed", scopes: [...scopes], days: 30, now: new Date() });

/** A shop with a product on sale, a draft and an unlisted one, and one that is not published. */
export async function openShop(db: Database) {
  const { id: shopId } = await shop(db);
  const at = yesterday();
  const published = { publishedAt: at, updatedAt: at };
  const variant = (id: string) => adminVariant({ id, compareAtPrice: "25.00" });
  await merge(
    db,
    shopId,
    [
      listed(published, [variant("70")]),
      listed({ ...published, id: "8", status: "DRAFT" }, [variant("80")]),
      listed({ ...published, id: "9", status: "UNLISTED" }, [variant("90")]),
      listed({ ...published, id: "10", publishedAt: null }, [variant("100")]),
    ],
    { asOf: at },
  );
  await db.alert.create({
    data: {
      shopId,
      kind: "new_arrival",
      subjectId: 7,
      productId: 7,
      happenedAt: at,
      priceMinor: 1990,
    },
  });
  return shopId;
}
