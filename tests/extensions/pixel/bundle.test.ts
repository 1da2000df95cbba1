import vm from "node:vm";
import { EventType } from "@shopify/web-pixels-extension";
import { afterAll, beforeAll, expect, test } from "vitest";
import { STANDARD_EVENT_NAMES } from "~/events/vocabulary";
import { buildPixel } from "../../../dev/build-pixel";
import { openDoor } from "./door";
import { bundledPixel, createStorage, openPage } from "./sandbox";
import { contextAt, customEvent, INIT, standardEvent } from "./shopper";
import { eventually } from "../../eventually";

let code: string;
let door: Awaited<ReturnType<typeof openDoor>>;

beforeAll(async () => {
  code = await bundledPixel();
  door = await openDoor();
});
afterAll(async () => {
  await door.close();
  expect(door.faults).toEqual([]);
});

test("the bundle has at most 5 KB gzipped", async () => {
  const { bytes, gzipped } = await buildPixel();

  process.stdout.write(`the pixel has ${bytes} bytes, ${gzipped} gzipped\n`);
  expect(gzipped).toBeLessThanOrEqual(5_120);
});

test("the bundle is written for old browsers", () => {
  expect(code).not.toMatch(/\basync\b|\?\.|\?\?/);
});

function run(api: unknown): void {
  vm.runInNewContext(code, {
    shopify: { extend: (_point: string, start: (api: unknown) => void) => start(api) },
    setTimeout: () => 0,
  });
}

test("a host that breaks its promises sees no error", () => {
  const listeners: ((event: unknown) => void)[] = [];
  const subscribe = (_name: string, listener: (event: unknown) => void) => listeners.push(listener);

  run(undefined);
  run({});
  run({ analytics: { subscribe }, init: {}, settings: {}, browser: {}, customerPrivacy: null });
  run({
    analytics: { subscribe },
    init: {},
    settings: {},
    browser: {},
    customerPrivacy: { subscribe },
  });

  expect(listeners.length).toBeGreaterThan(2);
  for (const hear of listeners)
    [undefined, null, 1, {}, standardEvent("page_viewed")].forEach(hear);
});

/** Texts that the shop or Shopify wrote, by the ends of their paths; a shopper may have typed all others. */
const NOT_TYPED =
  /(^|\.)(id|clientId|timestamp|name|type|currencyCode|isoCode|token|sku|vendor|userAgent|language|(variant|merchandise|productVariant|productVariants\.\d+|product|collection)\.title|query|(apiVersion|appId|appName|appVersion|extensionName|extensionTarget)|target|(pathname|origin))$/;
const TYPED_NAMES =
  /(selectedDeliveryOptions|discountApplications?|transactions|attributes|Address|paymentMethod|sellingPlan|init)\b/;
const SECRET = "typed-by-ana";

/** Replaces every text that a shopper could have typed. */
function stuff(value: unknown, path: string): unknown {
  if (typeof value === "string")
    return NOT_TYPED.test(path) && !TYPED_NAMES.test(path) ? value : `${SECRET} ${path}`;
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([name, item]) => [name, stuff(item, `${path}.${name}`)]);
  return Array.isArray(value) ? inner.map(([, item]) => item) : Object.fromEntries(inner);
}

test("nothing that a shopper typed leaves the browser, except the words of a search", async () => {
  const init = { ...INIT, data: stuff(INIT.data, "init") };
  const page = openPage(code, door.settings, { init });
  const place = contextAt(
    `https://anas-linen.example/account/reset/1/${SECRET}?email=${SECRET}&utm_source=letter#${SECRET}`,
    `https://www.example.org/orders/${SECRET}?q=${SECRET}`,
  );
  const where = { ...place, document: { ...place.document, title: SECRET } };
  const events = STANDARD_EVENT_NAMES.map((name) => {
    const event = standardEvent(name, { context: where });
    return { ...event, data: stuff(event.data, "data") };
  });

  page.publish(...events, customEvent("pixelnova:note", { note: `${SECRET}@example.com` }));

  await eventually(() => expect(door.stored.size).toBe(events.length + 1));
  expect(JSON.stringify(events).split(SECRET).length).toBeGreaterThan(200);
  expect(door.bodies.join()).toContain("41000000000001");
  expect(door.bodies.join()).not.toContain(SECRET);
});

test("events of the page itself and custom events of ours are taken, all others are not", async () => {
  const storage = createStorage();
  const page = openPage(code, door.settings, { storage });
  const mine = [standardEvent("page_viewed"), customEvent("pixelnova:quiz_done", { score: 3 })];
  const before = door.stored.size;

  page.publish(customEvent("other:thing", null), customEvent("checkout_completed", null), ...mine);
  page.publish({ ...standardEvent("page_viewed"), name: "clicked", type: EventType.Dom });

  await eventually(() => expect(door.stored.size).toBe(before + 2));
  expect(mine.every(({ id }) => door.stored.has(id))).toBe(true);
});
