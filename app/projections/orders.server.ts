import { int4Array, int8Array } from "~/platform/binary-arrays";
import { groupBy } from "~/platform/group-by";
import type { Sql } from "~/platform/sql.server";
import type { Columns } from "~/platform/columns";
import type { Token } from "./history.server";
import { visitorOfCustomer } from "./identity";
import { foldCustomer, type CustomerRow } from "./orders/customer";
import type { VerifiedEntry } from "./orders/entry";
import { foldOrder, type FoldedOrder } from "./orders/order";
import type { OrderItemRow, OrderRow, RefundItemRow, RefundRow } from "./orders/order-rows";
import { checkFor, insertRows, type OfShop, type Table } from "~/platform/rows.server";
import { noteFailures, type FailureRow } from "./tables.server";

/** The version by which orders and what hangs on them are folded. */
export const ORDERS_VERSION = 2;

export type Subject = { shopId: number; id: string };
/** What else has to be folded anew because orders are not what they were. */
export type OrderNews = { tokens: Token[]; visitors: { shopId: number; visitorId: string }[] };

const ORDERS: Table<OrderRow> = {
  table: "orders",
  columns: {
    ...{ orderId: "bigint", name: "text", placedAt: "timestamptz", updatedAt: "timestamptz" },
    ...{ cancelledAt: "timestamptz", cancelReason: "text", isTest: "boolean" },
    ...{ customerId: "bigint", checkoutToken: "text", cartToken: "text", currency: "text" },
    ...{ totalMinor: "bigint", subtotalMinor: "bigint", discountMinor: "bigint" },
    ...{ taxMinor: "bigint", shippingMinor: "bigint", refundedMinor: "bigint" },
    ...{ revenueMinor: "bigint", itemCount: "bigint", hasDiscountCode: "boolean" },
    ...{ source: "text", firstReceivedAt: "timestamptz" },
  } satisfies Columns<OrderRow>,
};
const ITEMS: Table<OrderItemRow> = {
  table: "order_items",
  columns: {
    ...{ orderId: "bigint", lineItemId: "bigint", placedAt: "timestamptz" },
    ...{ productId: "bigint", variantId: "bigint", title: "text", sku: "text", vendor: "text" },
    ...{ quantity: "int", refundedQuantity: "int", priceMinor: "bigint", discountMinor: "bigint" },
  },
};
const REFUNDS: Table<RefundRow> = {
  table: "refunds",
  columns: {
    ...{ orderId: "bigint", refundId: "bigint", refundedAt: "timestamptz" },
    ...{ totalMinor: "bigint", itemCount: "bigint" },
  },
};
const REFUND_ITEMS: Table<RefundItemRow> = {
  table: "refund_items",
  columns: {
    ...{ orderId: "bigint", refundId: "bigint", lineItemId: "bigint" },
    ...{ refundedAt: "timestamptz", quantity: "int", subtotalMinor: "bigint" },
  },
};
const CUSTOMERS: Table<CustomerRow> = {
  table: "customers",
  columns: {
    ...{ customerId: "bigint", createdAt: "timestamptz", updatedAt: "timestamptz", state: "text" },
  },
};

/** Folds orders anew from everything that the log has of them. One that cannot be folded is set aside. */
export async function foldOrders(sql: Sql, orders: readonly Subject[]): Promise<OrderNews> {
  if (orders.length === 0) return { tokens: [], visitors: [] };
  const entries = await entriesOf(sql, "order_id", orders);
  const { folded, failures } = foldEach(orders, entries, { table: "orders", fold: checkedOrder });
  const before = await clearOrders(sql, orders);
  const after = folded.map(({ shopId, order }) => ({ shopId, ...order }));
  await insertRows(sql, ORDERS, after);
  await insertRows(
    sql,
    ITEMS,
    spread(folded, ({ items }) => items),
  );
  await insertRows(
    sql,
    REFUNDS,
    spread(folded, ({ refunds }) => refunds),
  );
  await insertRows(
    sql,
    REFUND_ITEMS,
    spread(folded, ({ refundItems }) => refundItems),
  );
  await noteFailures(sql, failures);
  return newsOf([...before, ...after]);
}

/** Folds customers anew from everything that the log has of them. */
export async function foldCustomers(sql: Sql, customers: readonly Subject[]): Promise<void> {
  if (customers.length === 0) return;
  const entries = await entriesOf(sql, "customer_id", customers);
  const { folded, failures } = foldEach(customers, entries, {
    table: "customers",
    fold: foldCustomer,
  });
  await sql.run(
    `delete from customers c using unnest($1::int[], $2::bigint[]) as t(shop_id, id)
     where c.shop_id = t.shop_id and c.customer_id = t.id`,
    subjectKeys(customers),
  );
  await clearFailures(sql, "customers", customers);
  await insertRows(sql, CUSTOMERS, folded);
  await noteFailures(sql, failures);
}

type Entry = VerifiedEntry & Subject;

const subjectKeys = (subjects: readonly Subject[]) => [
  int4Array(subjects.map(({ shopId }) => shopId)),
  int8Array(subjects.map(({ id }) => id)),
];

/** Customers are named by what browsers and orders tell as well; only their own entries count. */
const OF_SUBJECT = {
  order_id: "e.order_id is not null",
  customer_id: "e.customer_id is not null and e.client_id is null and e.name like 'customers/%'",
};

const entriesOf = (sql: Sql, key: keyof typeof OF_SUBJECT, subjects: readonly Subject[]) =>
  sql.rows<Entry>(
    `select e.shop_id as "shopId", e.${key} as id, e.event_id as "eventId", e.name, e.source,
            e.occurred_at as "occurredAt", e.received_at as "receivedAt", e.payload->'data' as data
     from unnest($1::int[], $2::bigint[]) as t(shop_id, id)
     join pixel_events e on e.shop_id = t.shop_id and e.${key} = t.id and ${OF_SUBJECT[key]}`,
    subjectKeys(subjects),
  );

const [checkOrder, checkItem] = [checkFor(ORDERS), checkFor(ITEMS)];
const [checkRefund, checkRefundItem] = [checkFor(REFUNDS), checkFor(REFUND_ITEMS)];

const checkedOrder = (entries: readonly Entry[]): FoldedOrder | null => {
  const folded = foldOrder(entries);
  if (!folded) return null;
  checkOrder(folded.order);
  folded.items.forEach(checkItem);
  folded.refunds.forEach(checkRefund);
  folded.refundItems.forEach(checkRefundItem);
  return folded;
};

const subjectKey = ({ shopId, id }: Subject): string => `${shopId} ${id}`;

type Way<Result> = { table: string; fold: (entries: readonly Entry[]) => Result | null };

function foldEach<Result extends object>(
  subjects: readonly Subject[],
  entries: readonly Entry[],
  { table, fold }: Way<Result>,
) {
  const failures: OfShop<FailureRow>[] = [];
  const bySubject = groupBy(entries, subjectKey);
  const folded = subjects.flatMap((subject): OfShop<Result>[] => {
    const { shopId, id } = subject;
    const own = bySubject.get(subjectKey(subject)) ?? [];
    try {
      const result = fold(own);
      return result ? [{ ...result, shopId }] : [];
    } catch (error) {
      const startedAt = own[0]?.occurredAt ?? new Date(0);
      const about = { failedTable: table, startedAt, error: String(error).slice(0, 1_000) };
      failures.push({ shopId, sessionId: id, clientId: "", ...about });
      return [];
    }
  });
  return { folded, failures };
}

const spread = <Row extends object>(
  folded: readonly OfShop<FoldedOrder>[],
  rowsOf: (order: FoldedOrder) => Row[],
): OfShop<Row>[] =>
  folded.flatMap((each) => rowsOf(each).map((row) => ({ ...row, shopId: each.shopId })));

type Linked = { shopId: number; checkoutToken: string | null; customerId: string | null };

async function clearOrders(sql: Sql, orders: readonly Subject[]): Promise<Linked[]> {
  const keys = subjectKeys(orders);
  for (const table of [ITEMS.table, REFUNDS.table, REFUND_ITEMS.table])
    await sql.run(
      `delete from ${table} r using unnest($1::int[], $2::bigint[]) as t(shop_id, id)
       where r.shop_id = t.shop_id and r.order_id = t.id`,
      keys,
    );
  await clearFailures(sql, "orders", orders);
  return sql.rows<Linked>(
    `delete from orders o using unnest($1::int[], $2::bigint[]) as t(shop_id, id)
     where o.shop_id = t.shop_id and o.order_id = t.id
     returning o.shop_id as "shopId", o.checkout_token as "checkoutToken",
               o.customer_id as "customerId"`,
    keys,
  );
}

const clearFailures = (sql: Sql, table: string, subjects: readonly Subject[]) =>
  sql.run(
    `delete from fold_failures f using unnest($1::int[], $2::bigint[]) as t(shop_id, id)
     where f.shop_id = t.shop_id and f.session_id = t.id::text and f.failed_table = $3`,
    [...subjectKeys(subjects), table],
  );

const newsOf = (orders: readonly Linked[]): OrderNews => ({
  tokens: orders.flatMap(({ shopId, checkoutToken }) =>
    checkoutToken === null ? [] : [{ shopId, token: checkoutToken }],
  ),
  visitors: orders.flatMap(({ shopId, customerId }) =>
    customerId === null ? [] : [{ shopId, visitorId: visitorOfCustomer(customerId) }],
  ),
});
