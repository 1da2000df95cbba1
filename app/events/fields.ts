import { z } from "zod";

/** What the fields of events are made of. Only kinds of schema that compile.ts knows. */
export const id = z.string().min(1).max(128);
/** At most 18 digits: every one of them is a PostgreSQL bigint, and no two are the same one. */
export const digits = z.string().regex(/^(?:0|[1-9]\d{0,17})$/, "want a numeric Shopify id");
export const text = (max: number) => z.string().max(max).nullish();
export const whole = (min: number, max: number) => z.number().int().min(min).max(max);
export const count = whole(0, 1_000_000_000);
/** CSS pixels; a wall of screens has fewer. */
export const length = whole(0, 100_000);
