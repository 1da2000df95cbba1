import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDigitOf, toGtin14 } from "~/catalog/gtin";

const digits = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...Array.from("0123456789")),
    minLength: length,
    maxLength: length,
  });
/** A number that is traded: its prefix is nobody's own. */
const traded = fc
  .constantFrom(11, 12, 13)
  .chain(digits)
  .map((body) => `15${body.slice(2)}`);
const withCheck = (body: string) => body + checkDigitOf(body);

describe("a barcode", () => {
  test.each([
    ["96385074", "00000096385074"],
    ["036000291452", "00036000291452"],
    ["4006381333931", "04006381333931"],
    ["10614141000415", "10614141000415"],
    ["4006381 33393-1", "04006381333931"],
  ])("%s is the GTIN %s", (barcode, gtin) => {
    expect(toGtin14(barcode)).toBe(gtin);
  });

  test.each([
    ["whose check digit is wrong", "4006381333932"],
    ["of another length", "40063813339"],
    ["with letters", "X006381333931"],
    ["that is empty", ""],
    ["of zeros", "0000000000000"],
    ["that a shop printed for itself", "2012345678900"],
    ["that a shop printed for itself, of twelve digits", "412345678903"],
    ["of eight digits for a shop's own use", "20123451"],
  ])("%s is none", (_, barcode) => {
    expect(toGtin14(barcode)).toBeNull();
  });

  test("with the check digit that its digits ask for is one, whatever its length", () => {
    fc.assert(
      fc.property(traded, (body) => {
        expect(toGtin14(withCheck(body))).toBe(withCheck(body).padStart(14, "0"));
      }),
    );
  });

  test("with any digit mistyped is none", () => {
    fc.assert(
      fc.property(traded, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const barcode = withCheck(body);
        const place = at % barcode.length;
        const wrong = String((Number(barcode[place]) + by) % 10);

        expect(toGtin14(barcode.slice(0, place) + wrong + barcode.slice(place + 1))).toBeNull();
      }),
    );
  });
});
