import type { Shop } from "@prisma/client";
import type { Config } from "~/platform/config.server";
import { randomName } from "~/platform/crypto.server";
import type { Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";
import { DAY } from "~/platform/time";
import type { Admin } from "./admin.server";
import type { PixelConnection } from "./pixel";
import { ensurePixel } from "./pixel.server";

type World = { db: Db; config: Pick<Config, "shopify"> };

/** How long the old key goes on working: events may wait in a browser for a week. */
const GRACE = 7 * DAY;

/** Gives the shop's pixel a new key. The one before works on for a week; the one before that no more.
 * The key is replaced even where Shopify cannot be told now: the next visit to the home page does. */
export async function rotatePixelKey(
  world: World,
  admin: Admin,
  { id }: Shop,
): Promise<PixelConnection> {
  const until = new Date(Date.now() + GRACE);
  await world.db.$executeRaw`
    update shops set previous_pixel_key = pixel_key, previous_pixel_key_until = ${until},
                     pixel_key = ${randomName()}
    where id = ${id}::int`;
  return ensurePixel(world, admin, await world.db.shop.findUniqueOrThrow({ where: { id } }));
}

/** The shares of visitors that a merchant can choose from. */
export const SAMPLE_RATES = [1, 0.5, 0.25, 0.1];

/** Has the pixel send the events of a share of the visitors.
 * @throws {InvalidInput} the share is none of SAMPLE_RATES */
export async function setSampleRate(
  world: World,
  admin: Admin,
  shop: Shop,
  sampleRate: number,
): Promise<PixelConnection> {
  if (!SAMPLE_RATES.includes(sampleRate))
    throw new InvalidInput(
      `the share must be one of ${SAMPLE_RATES.join(", ")}, got ${sampleRate}`,
    );
  const changed = await world.db.shop.update({ where: { id: shop.id }, data: { sampleRate } });
  return ensurePixel(world, admin, changed);
}
