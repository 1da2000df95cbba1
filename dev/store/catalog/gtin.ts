/** A GTIN-13 of twelve digits and the check digit that they ask for: weights of 1 and 3 in turn, what
 * is missing to the next ten. GS1 General Specifications, section 7.9 */
export function gtin13(digits: string): string {
  if (!/^\d{12}$/.test(digits)) throw new Error(`want 12 digits, got "${digits}"`);
  const sum = Array.from(digits, Number).reduce(
    (sum, digit, i) => sum + digit * (i % 2 === 0 ? 1 : 3),
    0,
  );
  return digits + String((10 - (sum % 10)) % 10);
}
