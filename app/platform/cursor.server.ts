import type { z } from "zod";
import { InvalidInput } from "./errors";

/** The place where a page ends, as an address carries it: opaque, and of no use to change. */
export const writeCursor = (place: readonly string[]): string =>
  Buffer.from(JSON.stringify(place)).toString("base64url");

/** @throws {InvalidInput} it is none of ours, or another list's */
export function readCursor<Place>(cursor: string, schema: z.ZodType<Place>): Place {
  const read = schema.safeParse(parsed(Buffer.from(cursor, "base64url").toString("utf8")));
  if (read.success) return read.data;
  throw new InvalidInput(`cursor must come from the page before, got ${JSON.stringify(cursor)}`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
