import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import type { Shop } from "../catalog/shops";
import type { Platform } from "../platform";

/** Reads a request's JSON into what a schema wants.
 * @throws {HTTPException} 400 that says what was wrong */
export async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await c.req.text();
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw refusal(400, z.prettifyError(parsed.error));
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw refusal(400, `want JSON, got ${JSON.stringify(text.slice(0, 40))}`);
  }
}

/** @throws {HTTPException} 404 naming the shops that there are */
export function shopNamed({ shops }: Platform, c: Context): Shop {
  const handle = c.req.param("handle");
  const shop = shops.find((shop) => shop.handle === handle);
  if (shop) return shop;
  throw refusal(404, `no shop "${handle}", only ${shops.map((each) => each.handle).join(", ")}`);
}

/** @throws {HTTPException} 400 for anything but a number */
export function idIn(c: Context): number {
  const id = Number(c.req.param("id"));
  if (!Number.isSafeInteger(id))
    throw refusal(400, `want a numeric id, got "${c.req.param("id")}"`);
  return id;
}

export const refusal = (status: 400 | 404 | 409, message: string) =>
  new HTTPException(status, { res: Response.json({ message }, { status }) });
