import { createHash } from "node:crypto";

/** Letters and digits that are not taken for one another: 32 of them, 5 bits each. */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 16;
const GROUP = 4;
/** How many random bytes a code is made of. */
export const CODE_BYTES = LENGTH;

/** A code to be typed over, such as `K7QM-2XWP-9HBT-RC4E`.
 * @param bytes random, `CODE_BYTES` of them */
export function codeOf(bytes: Uint8Array): string {
  const letters = Array.from(bytes.subarray(0, LENGTH), (byte) => LETTERS[byte % LETTERS.length]);
  return Array.from({ length: LENGTH / GROUP }, (_, i) =>
    letters.slice(i * GROUP, (i + 1) * GROUP).join(""),
  ).join("-");
}

/** What is kept of a code. Case, spaces and hyphens do not count; null for what is no code. */
export function hashOfCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, "");
  if (code.length !== LENGTH || !Array.from(code).every((letter) => LETTERS.includes(letter)))
    return null;
  return createHash("sha256").update(code).digest("hex");
}
