/** Barcodes by which goods are traded, in one form. GS1 General Specifications, section 7.9 */

const LENGTHS = new Set([8, 12, 13, 14]);

/** A barcode's GTIN, written with 14 digits; null for what is none: another length, a wrong check digit,
 * or a number that a company gives out for use within its own walls.
 * @param barcode as a merchant typed it; spaces and hyphens do not count */
export function toGtin14(barcode: string): string | null {
  const digits = barcode.replace(/[\s-]/g, "");
  if (!/^\d+$/.test(digits) || !LENGTHS.has(digits.length)) return null;
  const gtin = digits.padStart(14, "0");
  if (checkDigitOf(gtin.slice(0, -1)) !== gtin.at(-1)) return null;
  return isTraded(gtin, digits.length) ? gtin : null;
}

/** The digit that makes a GTIN of digits: weights of 3 and 1 in turn from the right, what is missing to
 * the next ten. */
export function checkDigitOf(digits: string): string {
  const sum = Array.from(digits, Number)
    .toReversed()
    .reduce((sum, digit, place) => sum + digit * (place % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** Prefixes 02, 04 and 20 to 29 are each company's own, and of eight digits those that begin with 0 or
 * 2: two shops that use one do not mean the same. All zeros stand for nothing. Section 1.4 */
function isTraded(gtin: string, length: number): boolean {
  if (/^0+$/.test(gtin)) return false;
  if (length === 8) return !/^[02]/.test(gtin.slice(6));
  return !/^(02|04|2\d)/.test(gtin.slice(1));
}
