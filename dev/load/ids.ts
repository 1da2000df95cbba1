/** Every event that a run sends has a number; its id holds the number behind digits that look like chance,
 * so that ids fall all over an index as Shopify's do. */
const NUMBER_AT = "sh-00000000-0000-".length;

const HEX = Buffer.from("0123456789abcdef");

/** Writes a number as so many hexadecimal digits. */
export function writeHex(into: Buffer, at: number, value: number, digits: number): void {
  let left = value;
  for (let place = at + digits - 1; place >= at; place--) {
    into[place] = HEX[left % 16] ?? 0;
    left = Math.floor(left / 16);
  }
}

/** Writes the id of an event over the one that stands there. */
export function writeId(into: Buffer, at: number, run: number, number: number): void {
  writeHex(into, at + 3, scatter(number ^ (run << 16)), 8);
  writeHex(into, at + 12, run, 4);
  writeHex(into, at + NUMBER_AT, number, 10);
}

/** The number that an id of ours holds. */
export const numberOf = (id: string): number => Number.parseInt(id.slice(NUMBER_AT), 16);

/** A SQL `like` pattern for the ids of a run. */
export const idPattern = (run: number): string =>
  `sh-________-${run.toString(16).padStart(4, "0")}-%`;

/** Spreads whole numbers over 32 bits, no two of them to the same place. */
export function scatter(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
