import type { Shop } from "@prisma/client";
import { z } from "zod";
import type { Config } from "~/platform/config.server";
import type { Db } from "~/platform/db.server";
import { isAppError } from "~/platform/errors";
import { AdminRefused, ask, type Admin } from "./admin.server";
import { WEB_PIXEL, WEB_PIXEL_CREATE, WEB_PIXEL_UPDATE } from "./documents";
import { hasSettings, pixelSettings, type PixelConnection, type PixelSettings } from "./pixel";

const Pixel = z.object({ id: z.string(), settings: z.unknown() });
const Written = z.object({
  webPixel: z.object({ id: z.string() }).nullable(),
  userErrors: z.array(z.object({ code: z.string().nullish(), message: z.string() })),
});
type Written = z.infer<typeof Written>;
type Outcome = { id: string; status: "connected" | "created" | "updated" };
type Failure = { status: "failed"; reason: string };

/** Makes sure that the shop has our pixel with today's settings; safe to call at any time, also in
 * parallel. Shopify's refusals and outages are told in the result, since the page works without.
 * @throws {Response} the library's, when the shop has to sign in again */
export async function ensurePixel(
  { db, config }: { db: Db; config: Pick<Config, "shopify"> },
  admin: Admin,
  shop: Pick<Shop, "id" | "pixelKey" | "pixelId" | "sampleRate">,
): Promise<PixelConnection> {
  const settings = pixelSettings(config.shopify.appUrl, shop.pixelKey, shop.sampleRate);
  const outcome = await connect(admin, settings).catch(toFailure);
  if (outcome.status === "failed") return outcome;
  await db.shop.updateMany({
    where: { id: shop.id },
    data: { pixelId: outcome.id, pixelCheckedAt: new Date() },
  });
  const wasLost = outcome.status === "created" && shop.pixelId !== null;
  return { status: wasLost ? "restored" : outcome.status };
}

function toFailure(error: unknown): Failure {
  if (!isAppError(error)) throw error;
  return { status: "failed", reason: error.message };
}

async function connect(admin: Admin, settings: PixelSettings): Promise<Outcome | Failure> {
  const pixel = await findPixel(admin);
  if (pixel) return update(admin, pixel, settings);
  const created = await create(admin, settings);
  if (created.webPixel) return { id: created.webPixel.id, status: "created" };
  const isTaken = created.userErrors.some(({ code }) => code === "TAKEN");
  const rival = isTaken ? await findPixel(admin) : null; // another visit was quicker
  return rival ? update(admin, rival, settings) : refusal(created);
}

/** Shopify answers the question for a pixel that is not there with an error. */
async function findPixel(admin: Admin): Promise<z.infer<typeof Pixel> | null> {
  try {
    const answer = z.object({ webPixel: Pixel.nullable() });
    return (await ask(admin, WEB_PIXEL, { answer })).webPixel;
  } catch (error) {
    if (error instanceof AdminRefused && /no web pixel was found/i.test(error.message)) return null;
    throw error;
  }
}

async function create(admin: Admin, settings: PixelSettings): Promise<Written> {
  const { webPixelCreate } = await ask(admin, WEB_PIXEL_CREATE, {
    answer: z.object({ webPixelCreate: Written }),
    variables: { webPixel: { settings } },
  });
  return webPixelCreate;
}

async function update(
  admin: Admin,
  { id, settings: actual }: z.infer<typeof Pixel>,
  settings: PixelSettings,
): Promise<Outcome | Failure> {
  if (hasSettings(actual, settings)) return { id, status: "connected" };
  const { webPixelUpdate } = await ask(admin, WEB_PIXEL_UPDATE, {
    answer: z.object({ webPixelUpdate: Written }),
    variables: { id, webPixel: { settings } },
  });
  return webPixelUpdate.webPixel ? { id, status: "updated" } : refusal(webPixelUpdate);
}

const refusal = ({ userErrors }: Written): Failure => ({
  status: "failed",
  reason: userErrors.map(({ message }) => message).join(" ") || "Shopify gave no reason",
});
