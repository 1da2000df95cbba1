import { describe, expect, test } from "vitest";
import { CustomerPayload } from "~/commerce/customer-payload";
import { OrderPayload } from "~/commerce/order-payload";
import { RefundPayload } from "~/commerce/refund-payload";
import { Order } from "~/events/orders";
import { DEMO_CUSTOMERS } from "../../dev/store/commerce/customers";
import { customerPayload, orderPayload, refundPayload } from "../../dev/store/webhooks/happenings";
import { orderLine } from "../../dev/shoppers/history";
import { openTill } from "./shop";

const ANA = 7_001_000_001;
const euros = (amountMinor: number) => ({ amountMinor, currencyCode: "EUR" });

/** An amount of the shop's, and half as much again in the shopper's currency. */
const inDollars = (amount: string) => ({
  shop_money: { amount, currency_code: "EUR" },
  presentment_money: { amount: (Number(amount) * 1.5).toFixed(2), currency_code: "USD" },
});

describe("the body of an order's webhook", () => {
  test("is read into what an import of the same order is", () => {
    const { commerce, buy } = openTill();
    const { id } = buy({ customerId: ANA, code: "WELCOME10" });
    const [line] = commerce.order(id)?.lines ?? [];
    commerce.refund(id, { lines: [{ orderLineId: line?.id ?? 0, quantity: 1 }] });
    const order = commerce.cancel(id, "INVENTORY");

    const read = OrderPayload.parse(orderPayload(commerce, order));

    expect(read).toEqual(Order.parse(JSON.parse(orderLine(order))));
    expect(read.hasDiscountCode).toBe(true);
    expect(read.refunds).toHaveLength(2);
  });

  test("leaves behind everything that names or locates a person", () => {
    const { commerce, buy } = openTill();
    const body = {
      ...orderPayload(commerce, buy({ customerId: ANA })),
      ...{ browser_ip: "203.0.113.9", email: "ana@example.com", note: "Ring twice, Lindqvist" },
      shipping_address: { name: "Ana Lindqvist", address1: "Kastanienallee 7", zip: "10435" },
      note_attributes: [{ name: "gift for", value: "Ana Lindqvist" }],
    };

    const kept = JSON.stringify(OrderPayload.parse(body));

    expect(kept).not.toMatch(/ana@|Lindqvist|203\.0|Kastanien|10435/);
    expect(kept).toContain(`"customerId":"${ANA}"`);
  });

  test("counts what a shopper paid in another currency in the shop's", () => {
    const { commerce, buy } = openTill();
    const body = orderPayload(commerce, buy());
    const read = OrderPayload.parse({
      ...body,
      ...{ presentment_currency: "USD", total_price: "150.00" },
      total_price_set: inDollars("100.00"),
      refunds: [
        {
          ...{ id: 5, created_at: body.created_at },
          transactions: [{ amount: "30.00", currency: "USD", kind: "refund", status: "success" }],
        },
      ],
    });

    expect(read.totalPrice).toEqual(euros(10_000));
    expect(read.refunds[0]?.totalRefunded).toEqual(euros(2_000));
  });

  test("is not refused for a title that the log cannot hold", () => {
    const { commerce, buy } = openTill();
    const body = orderPayload(commerce, buy());
    const titled = (title: string) =>
      OrderPayload.parse({ ...body, line_items: body.line_items.map((l) => ({ ...l, title })) });

    expect(titled("Tea\0 \ud83c").lineItems[0]?.title).toBe("Tea\uFFFD \uFFFD");
    expect(titled("x".repeat(600)).lineItems[0]?.title).toHaveLength(512);
    expect(OrderPayload.parse({ ...body, cancel_reason: "odd\0" }).cancelReason).toBe("ODD\uFFFD");
  });

  test.for([
    ["id", "7"],
    ["id", -7],
    ["updated_at", "yesterday"],
    ["updated_at", "0000-01-01T00:00:00Z"],
    ["total_price_set", { shop_money: { amount: "-1", currency_code: "EUR" } }],
    ["total_price_set", { shop_money: { amount: "1e99", currency_code: "EUR" } }],
    ["currency", "€"],
    ["line_items", null],
  ] as const)("is refused when its %s is %j, with the field's name", ([field, value]) => {
    const { commerce, buy } = openTill();
    const body = { ...orderPayload(commerce, buy()), [field]: value };

    const { error } = OrderPayload.safeParse(body);

    expect(error?.issues.length).toBeGreaterThan(0);
  });
});

describe("the body of refunds/create", () => {
  function refunded() {
    const { commerce, buy } = openTill();
    const { id, lines } = buy();
    const refund = commerce.refund(id, {
      lines: [{ orderLineId: lines[0]?.id ?? 0, quantity: 2 }],
      note: "Ana Lindqvist called",
    });
    const order = commerce.order(id);
    if (!order) throw new Error("the order is there");
    return { commerce, order, refund };
  }

  test("is read into the refund that its order's own body has", () => {
    const { commerce, order, refund } = refunded();

    const { orderId, currencyCode, ...read } =
      RefundPayload.parse(refundPayload(order, refund)) ?? {};

    expect(read).toEqual(OrderPayload.parse(orderPayload(commerce, order)).refunds[0]);
    expect([orderId, currencyCode]).toEqual([String(order.id), "EUR"]);
    expect(JSON.stringify(read)).not.toContain("Lindqvist");
  });

  test("leaves out money that did not reach the shopper", () => {
    const { order, refund } = refunded();
    const body = refundPayload(order, refund);
    const failed = { amount: "5.00", currency: "EUR", kind: "refund", status: "failure" };

    const read = RefundPayload.parse({ ...body, transactions: [...body.transactions, failed] });

    expect(read?.totalRefunded).toEqual(euros(refund.amountMinor));
  });

  test("says nothing when it was paid in another currency and shows no rate", () => {
    const dollars = { amount: "30.00", currency: "USD", kind: "refund", status: "success" };
    const body = { id: 5, order_id: 6, created_at: "2026-11-21T13:00:00+01:00" };
    const read = (more: object) => RefundPayload.parse({ ...body, ...more })?.totalRefunded;
    const zero = { amount_set: inDollars("0.00") };
    const shipping = { amount_set: inDollars("-20.00") };

    expect(read({ transactions: [dollars], order_adjustments: [zero] })).toBeUndefined();
    expect(read({ transactions: [dollars], order_adjustments: [zero, shipping] })).toEqual(
      euros(2_000),
    );
  });
});

test("of a customer's body only when and what became of the account is kept", () => {
  const { commerce } = openTill();
  const [ana] = DEMO_CUSTOMERS;
  if (!ana) throw new Error("the stand-in has customers");

  expect(CustomerPayload.parse(customerPayload(commerce, ana))).toEqual({
    ...{ id: String(ANA), createdAt: ana.createdAt, updatedAt: ana.updatedAt },
    state: "enabled",
  });
  const odd = { ...customerPayload(commerce, ana), state: "\udfff\ud800" };
  expect(CustomerPayload.parse(odd).state).toBe("\uFFFD\uFFFD");
});
