import type { AppContext } from "~/context";
import { isAppError } from "~/platform/errors";
import { defineJob } from "~/platform/jobs.server";
import { describeShop } from "./install.server";

/** A merchant may rename the shop, or move it to another time zone or plan, at any time. */
export const shopDetails = defineJob({
  name: "shop-details",
  cron: "41 3 * * *",
  run: describeShops,
});

/** Copies every installed shop's details anew; one shop's failure is its own. */
export async function describeShops({
  db,
  log,
  shopify,
}: Pick<AppContext, "db" | "log" | "shopify">): Promise<void> {
  const shops = await db.shop.findMany({
    where: { uninstalledAt: null },
    select: { domain: true },
  });
  for (const { domain } of shops) {
    try {
      await describeShop(db, await shopify.adminOf(domain), domain);
    } catch (error) {
      if (!isAppError(error)) throw error;
      log.warn({ shop: domain, reason: error.message }, "kept yesterday's details of a shop");
    }
  }
}
