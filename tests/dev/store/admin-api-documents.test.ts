import { expect, describe } from "vitest";
import * as app from "../../../app/shopify/documents";
import { gid } from "../../../dev/store/admin-api/gid";
import type { Order } from "../../../dev/store/commerce/model";
import { test, type Answer, type Desk } from "./admin-desk";
import * as documents from "./admin-documents";

type Document = keyof typeof documents;
type Variables = (desk: Desk, order: Order) => object | Promise<object>;

const firstProduct = ({ commerce }: Desk) => {
  const [product] = commerce.catalog().products;
  if (!product) throw new Error("there is nothing to sell");
  return product;
};
const pixelId = ({ outdoor }: Desk) => gid("WebPixel", outdoor.id + 1);
const PIXEL = { webPixel: { settings: { endpoint: "https://app.example/pixel/events" } } };
const metafield = ({ outdoor }: Desk) => ({
  ...{ ownerId: gid("AppInstallation", outdoor.id), namespace: "blocks", key: "proxy" },
});

/** An order of one product, half of it refunded. */
function sell(desk: Desk): Order {
  const product = firstProduct(desk);
  const order = desk.commerce.placeOrder({
    ...{ checkoutToken: "checkout-1", cartToken: "cart-1", customerId: 7001000001 },
    lines: [{ productId: product.id, variantId: product.variants[0].id, quantity: 2 }],
    ...{ discountCode: null, shippingMinor: 490, landingSite: "/?utm_source=mail" },
  });
  const [line] = order.lines;
  if (!line) throw new Error("the order is empty");
  desk.commerce.refund(order.id, { lines: [{ orderLineId: line.id, quantity: 1 }] });
  return desk.commerce.order(order.id) ?? order;
}

async function start(desk: Desk, query: string): Promise<{ id: string }> {
  const { data } = await desk.ask<{ bulkOperationRunQuery: { bulkOperation: { id: string } } }>(
    documents.BULK_RUN,
    { variables: { q: query } },
  );
  return { id: data.bulkOperationRunQuery.bulkOperation.id };
}

async function subscribe(desk: Desk): Promise<{ id: string; lineItemId: string }> {
  const created = await desk.ask<{ appSubscriptionCreate: { confirmationUrl: string } }>(
    documents.SUBSCRIPTION_CREATE,
    { variables: PLAN },
  );
  const { pathname } = new URL(created.data.appSubscriptionCreate.confirmationUrl);
  await desk.routes.request(`${pathname}/approve`, { method: "POST" });
  const { data } = await desk.ask<Installation>(documents.INSTALLATION);
  const [subscription] = data.currentAppInstallation.activeSubscriptions;
  const [lineItem] = subscription?.lineItems ?? [];
  return { id: subscription?.id ?? "", lineItemId: lineItem?.id ?? "" };
}

type Installation = {
  currentAppInstallation: {
    activeSubscriptions: { id: string; lineItems: { id: string }[] }[];
  };
};
const USD = (amount: string) => ({ amount, currencyCode: "USD" });
const PLAN = {
  ...{ name: "By events", returnUrl: "https://app.example/app", trialDays: 7, test: true },
  lineItems: [
    { plan: { appUsagePricingDetails: { terms: "1 $ a million", cappedAmount: USD("20.0") } } },
  ],
};

/** What each document wants; those that are not here want nothing. */
const VARIABLES: Partial<Record<Document, Variables>> = {
  BULK_RUN: () => ({ q: documents.BULK_PRODUCTS }),
  BULK_OPERATION: (desk) => start(desk, documents.BULK_COLLECTIONS),
  BULK_CANCEL: (desk) => start(desk, documents.BULK_ORDERS),
  PRODUCT: (desk) => ({ id: gid("Product", firstProduct(desk).id) }),
  PRODUCT_METAFIELD: (desk) => ({ id: gid("Product", firstProduct(desk).id) }),
  NODES: (desk) => {
    const { id, variants } = firstProduct(desk);
    return { ids: [gid("Product", id), gid("ProductVariant", variants[0].id)] };
  },
  PRODUCT_PAGE: () => ({ q: "updated_at:>'2026-01-01T00:00:00Z'" }),
  INVENTORY_ITEM: (desk) => ({
    id: gid("InventoryItem", firstProduct(desk).variants[0].inventoryItemId),
  }),
  ORDER_PAGE: (_, { createdAt }) => ({ q: `updated_at:>='${createdAt}'` }),
  ORDER_BY_TOKEN: (_, { checkoutToken }) => ({ q: `checkout_token:${checkoutToken}` }),
  WEB_PIXEL_CREATE: () => PIXEL,
  WEB_PIXEL_UPDATE: async (desk) => {
    await desk.ask(documents.WEB_PIXEL_CREATE, { variables: PIXEL });
    return { ...PIXEL, id: pixelId(desk) };
  },
  WEB_PIXEL_DELETE: async (desk) => {
    await desk.ask(documents.WEB_PIXEL_CREATE, { variables: PIXEL });
    return { id: pixelId(desk) };
  },
  WEB_PIXEL: async (desk) => {
    await desk.ask(documents.WEB_PIXEL_CREATE, { variables: PIXEL });
    return {};
  },
  METAFIELDS_SET: (desk) => ({
    m: [{ ...metafield(desk), type: "json", value: '{"path":"/apps/pixelnova"}' }],
  }),
  METAFIELDS_DELETE: (desk) => ({ m: [metafield(desk)] }),
  METAOBJECT_UPSERT: () => ({
    h: { type: "$app:placement", handle: "home" },
    v: { title: "Home page", rules: { limit: 4 } },
  }),
  SUBSCRIPTION_CREATE: () => PLAN,
  USAGE_RECORD_CREATE: async (desk) => {
    const { lineItemId } = await subscribe(desk);
    return { id: lineItemId, price: USD("1.5"), d: "1.5 million events", k: "2026-11-20" };
  },
  SUBSCRIPTION_CANCEL: async (desk) => ({ id: (await subscribe(desk)).id }),
};

const NAMES = Object.keys(documents) as Document[];
/** Bulk queries have pages without a size, which only `bulkOperationRunQuery` takes. */
const ASKED = NAMES.filter((name) => !/^BULK_(PRODUCTS|COLLECTIONS|ORDERS)$/.test(name));

/** All that mutations say about their input. */
const userErrorsIn = ({ data }: Answer<object>): unknown[] =>
  Object.values(data).flatMap(
    (payload: { userErrors?: unknown[] } | null) => payload?.userErrors ?? [],
  );

test.for(ASKED)("%s is answered from what the shop has", async (name, { desk }) => {
  const order = sell(desk);
  const variables = await VARIABLES[name]?.(desk, order);

  const answer = await desk.ask<object>(documents[name], { variables });

  expect(answer.errors).toBeUndefined();
  expect(userErrorsIn(answer)).toEqual([]);
  expect(answer.extensions.cost.requestedQueryCost).toBeLessThanOrEqual(1000);
  expect(Object.values(answer.data)).not.toContain(null);
});

describe("the app's own documents", () => {
  test("are answered", async ({ desk }) => {
    await desk.ask(documents.WEB_PIXEL_CREATE, { variables: PIXEL });
    const pixel = { ...PIXEL, id: pixelId(desk) };
    const given: Record<string, object> = {
      WEB_PIXEL_CREATE: PIXEL,
      WEB_PIXEL_UPDATE: pixel,
      BULK_RUN: { query: app.BULK_ORDERS.replace("SINCE", "2026-01-01") },
      BULK_OPERATION: { id: "gid://shopify/BulkOperation/1" },
      REFUND_LINES: { ids: ["gid://shopify/Refund/1"] },
    };

    for (const [name, document] of Object.entries(app)) {
      if (name === "BULK_ORDERS") continue; // it is what BULK_RUN is given
      const { errors } = await desk.ask(document, { variables: given[name] });

      expect(errors, name).toBeUndefined();
    }
  });
});

type Money = { shopMoney: { amount: string } };
type Orders = {
  orders: {
    nodes: {
      checkoutToken: string;
      currentTotalPriceSet: Money;
      lineItems: { nodes: { quantity: number; currentQuantity: number }[] };
      refunds: { totalRefundedSet: Money }[];
    }[];
  };
};

test("an order tells what was paid, what went back and what is left", async ({ desk }) => {
  const order = sell(desk);
  const [refund] = order.refunds;

  const { data } = await desk.ask<Orders>(documents.ORDER_PAGE, {
    variables: { q: "cart_token:cart-1" },
  });

  const [node] = data.orders.nodes;
  expect(node).toMatchObject({
    checkoutToken: "checkout-1",
    lineItems: { nodes: [{ quantity: 2, currentQuantity: 1 }] },
  });
  const left = (order.totalMinor - (refund?.amountMinor ?? 0)) / 100;
  expect(Number(node?.currentTotalPriceSet.shopMoney.amount)).toBeCloseTo(left, 2);
  expect(Number(node?.refunds[0]?.totalRefundedSet.shopMoney.amount)).toBeCloseTo(
    (refund?.amountMinor ?? 0) / 100,
    2,
  );
});
