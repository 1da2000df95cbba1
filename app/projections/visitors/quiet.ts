import { InvalidInput } from "~/platform/errors";

const [SHORTEST, LONGEST] = [15, 10_080];

/** What a merchant is offered: from a quarter of an hour to a week. */
export const QUIET_CHOICES = [15, 30, 60, 180, 720, 1_440, 4_320, 10_080];

/** Reads for how many minutes a cart may lie untouched before it counts as abandoned.
 * @throws {InvalidInput} no whole number from 15 to 10,080, which is a week */
export function parseQuietMinutes(text: unknown): number {
  const minutes = typeof text === "string" && /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (minutes >= SHORTEST && minutes <= LONGEST) return minutes;
  throw new InvalidInput(
    `minutes must be a whole number from ${SHORTEST} to ${LONGEST}, got ${JSON.stringify(text)}`,
  );
}
