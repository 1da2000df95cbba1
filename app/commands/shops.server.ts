import type { Db } from "~/platform/db.server";
import { InvalidInput } from "~/platform/errors";

/** The id of a shop that has the app installed.
 * @throws {InvalidInput} naming the shops that there are */
export async function shopNamed(db: Db, domain: string): Promise<number> {
  const shops = await db.shop.findMany({
    where: { uninstalledAt: null },
    select: { id: true, domain: true },
  });
  const shop = shops.find((shop) => shop.domain === domain);
  if (shop) return shop.id;
  const known = shops.map(({ domain }) => domain).join(", ") || "none yet";
  throw new InvalidInput(`no shop "${domain}" has the app installed; installed in: ${known}`);
}
