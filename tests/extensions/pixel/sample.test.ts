import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { STANDARD_EVENT_NAMES } from "~/events/vocabulary";
import { keepCustom, keepStandard } from "../../../extensions/pixel/src/keep";
import { placeOf, rateOf } from "../../../extensions/pixel/src/sample";
import { bundledPixel } from "./sandbox";
import { customEvent, INIT, standardEvent } from "./shopper";
import { createVirtualWorld } from "./virtual-world";

const at = (rate: number) => ({ init: INIT, customerPrivacy: INIT.customerPrivacy, rate });
const rates = fc.double({ min: 0.01, max: 0.99, noNaN: true });

test.each([
  ["0.5", 0.5],
  [" 0.25 ", 0.25],
  ["1", 1],
  ["0", 1],
  ["-1", 1],
  ["7", 1],
  ["half", 1],
  ["", 1],
  [undefined, 1],
  [null, 1],
])("the setting %j is a rate of %d", (setting, rate) => {
  expect(rateOf(setting)).toBe(rate);
});

describe("a sample of visitors", () => {
  test("has about the share that was asked for", () => {
    const number = 4_000;
    const prefix = fc.oneof(fc.uuid(), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(prefix, rates, (start, rate) => {
        const ids = Array.from({ length: number }, (_, i) => `${start}${i}`);

        const kept = ids.filter((id) => placeOf(id) < rate).length;

        const deviation = Math.sqrt(number * rate * (1 - rate));
        expect(Math.abs(kept - number * rate)).toBeLessThan(6 * deviation);
      }),
    );
  });

  test("has whole journeys, and names its rate on each event but a purchase", () => {
    fc.assert(
      fc.property(fc.uuid(), rates, (clientId, rate) => {
        const isIn = placeOf(clientId) < rate;

        for (const name of STANDARD_EVENT_NAMES.filter((other) => other !== "checkout_completed"))
          expect(keepStandard({ ...standardEvent(name), clientId }, at(rate))?.sampleRate).toBe(
            isIn ? rate : undefined,
          );
        const custom = keepCustom({ ...customEvent("pixelnova:x", null), clientId }, at(rate));
        expect(custom?.sampleRate).toBe(isIn ? rate : undefined);
        const purchase = { ...standardEvent("checkout_completed"), clientId };
        expect(keepStandard(purchase, at(rate))).toEqual(keepStandard(purchase, at(1)));
      }),
      { numRuns: 50 },
    );
  });

  test("is part of every larger one", () => {
    fc.assert(
      fc.property(fc.uuid(), rates, rates, (clientId, one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        const isKept = (rate: number) =>
          keepStandard({ ...standardEvent("page_viewed"), clientId }, at(rate)) !== null;

        expect(isKept(small) && !isKept(large)).toBe(false);
      }),
    );
  });
});

describe("the deployed pixel", () => {
  let code: string;
  beforeAll(async () => {
    code = await bundledPixel();
  });

  /** The names of what arrives of one journey under a setting. */
  async function arriving(sampleRate: string) {
    const world = createVirtualWorld(code, 1);
    const journey = [standardEvent("product_viewed"), standardEvent("checkout_completed")];
    world.open({ sampleRate }).publish(...journey);
    await world.pass(10_000);
    return journey.filter(({ id }) => world.delivered().has(id)).map(({ name }) => name);
  }

  test("obeys the setting, but for purchases", async () => {
    expect(await arriving("1")).toEqual(["product_viewed", "checkout_completed"]);
    expect(await arriving("nonsense")).toEqual(["product_viewed", "checkout_completed"]);
    expect(await arriving("0.000000001")).toEqual(["checkout_completed"]);
  });
});
