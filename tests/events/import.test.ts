import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readLine, type ImportRules } from "~/events/import";
import { linesOf, type NumberedLine } from "~/platform/lines.server";
import { minutes, NOON, pageViewed } from "../factories";

const DAYS = 24 * 60;
const RULES: ImportRules = {
  receivedAt: NOON,
  retentionDays: 90,
  erased: { customerIds: new Set(["7001000009"]), orderIds: new Set(["6200000000009"]) },
};

const event = (about: Record<string, unknown> = {}) =>
  JSON.stringify({ type: "event", ...pageViewed(about) });
const order = (about: Record<string, unknown> = {}) =>
  JSON.stringify({
    ...{ type: "order", id: "5001", createdAt: NOON, updatedAt: NOON, currencyCode: "EUR" },
    ...{ totalPrice: "24.80", subtotalPrice: 19.9, customerId: "7001000001" },
    lineItems: [{ id: "1", quantity: 2, price: "9.95" }],
    ...about,
  });

const withPayload = (read: ReturnType<typeof readLine>) =>
  "payload" in read ? { ...read, payload: JSON.parse(read.payload) as unknown } : read;

describe("a line", () => {
  test("with an event keeps the event's own time, whatever it is by our clock", () => {
    const monthAgo = minutes(-30 * DAYS);

    expect(readLine(event({ id: "e-1", timestamp: monthAgo.toISOString() }), RULES)).toMatchObject({
      ...{ eventId: "e-1", source: "import", clientId: "ana", occurredAt: monthAgo },
      receivedAt: NOON,
    });
  });

  test("with an order becomes what the order was at its last change, in minor units", () => {
    const read = withPayload(readLine(order(), RULES));

    expect(read).toMatchObject({
      ...{ eventId: `order-5001-${NOON.toISOString()}`, name: "orders/updated" },
      ...{ clientId: null, customerId: "7001000001", occurredAt: NOON },
      payload: {
        data: {
          totalPrice: { amountMinor: 2480, currencyCode: "EUR" },
          subtotalPrice: { amountMinor: 1990, currencyCode: "EUR" },
          lineItems: [{ id: "1", quantity: 2, price: { amountMinor: 995, currencyCode: "EUR" } }],
        },
      },
    });
  });

  test("leaves out what it has no field for, and the discount codes", () => {
    const text = order({
      email: "ana@example.com",
      note: "ring twice",
      discountCodes: ["ANA-1980"],
    });

    expect(JSON.stringify(readLine(text, RULES))).not.toMatch(/example\.com|twice|ANA-1980/);
    expect(withPayload(readLine(text, RULES))).toMatchObject({
      payload: { data: { hasDiscountCode: true } },
    });
  });

  test.each([
    ["is no JSON", "{", "line: not JSON"],
    ["is neither event nor order", JSON.stringify({ type: "refund" }), "type: want"],
    ["has an unknown event", event({ name: "scrolled" }), "name: not an event that is kept"],
    ["has no client", event({ clientId: "" }), "clientId"],
    ["is too old", event({ timestamp: minutes(-91 * DAYS).toISOString() }), "older than the 90"],
    ["is from the future", event({ timestamp: minutes(6).toISOString() }), "in the future"],
    ["is of somebody erased", event({ customerId: "7001000009" }), "erased on request"],
    ["is an order of somebody erased", order({ customerId: "7001000009" }), "erased on request"],
    ["is an order that was erased", order({ id: "6200000000009" }), "erased on request"],
    ["has an amount in words", order({ totalPrice: "a lot" }), "totalPrice: want a decimal"],
    ["was made in 1970", order({ createdAt: "1970-01-01T00:00:00Z" }), "createdAt: want a time of"],
    ["writes a number in two ways", order({ id: "07" }), "id: want a numeric Shopify id"],
    ["has a NUL character", order({ name: "#1\u0000" }), "NUL"],
  ])("that %s is refused with the reason", (_, text, reason) => {
    expect(readLine(text, RULES)).toEqual({ reason: expect.stringContaining(reason) as string });
  });
});

test("the documentation's example can be imported", () => {
  const lines = readFileSync("docs/examples/history.jsonl", "utf8").trim().split("\n");

  const refused = lines.map((line) => readLine(line, RULES)).filter((read) => "reason" in read);

  expect(lines).toHaveLength(5);
  expect(refused).toEqual([]);
});

describe("a file", () => {
  async function split(...chunks: (string | Buffer)[]): Promise<NumberedLine[]> {
    async function* source() {
      for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
    }
    const lines: NumberedLine[] = [];
    for await (const line of linesOf(source())) lines.push(line);
    return lines;
  }

  test("is split into numbered lines wherever its chunks end", async () => {
    const euro = Buffer.from("1 €\r\n");

    expect(await split(euro.subarray(0, 3), euro.subarray(3), "two\nthr", "ee")).toEqual([
      { number: 1, text: "1 €" },
      { number: 2, text: "two" },
      { number: 3, text: "three" },
    ]);
  });

  test("loses a line of more than a million characters, and no other", async () => {
    const chunk = "x".repeat(400_000);

    expect(await split("a\n", chunk, chunk, chunk, "\nb\n")).toEqual([
      { number: 1, text: "a" },
      { number: 2, text: null },
      { number: 3, text: "b" },
    ]);
  });
});
