import { expect } from "vitest";
import { openShops } from "~/catalog/refreshing.server";
import { MINUTE, SECOND } from "~/platform/time";
import { chance } from "../../dev/chance";
import type { Commerce } from "../../dev/store/commerce/commerce";
import { test } from "../shopify/stand-in";
import { deliverTo, mirrored, mirrorOf, shopsTruth } from "./mirrored";

const CHANGES = 300;
const luck = chance("a merchant's busy day");

/** Something that a merchant does to a product. */
function change(commerce: Commerce): void {
  const [some, ...others] = commerce.catalog().products;
  if (!some) throw new Error("the shop has sold out for good");
  const product = luck.pick([some, ...others]);
  const variant = luck.pick(product.variants);
  const what = luck.weighted({ price: 4, stock: 4, status: 3, delete: 1, add: 1 });
  if (what === "price") {
    const priceMinor = luck.between(100, 90_000);
    commerce.setPrice(variant.id, priceMinor, luck.happens(0.3) ? priceMinor + 500 : null);
  } else if (what === "stock")
    commerce.setInventory(variant.id, luck.happens(0.4) ? 0 : luck.between(1, 60));
  else if (what === "status")
    commerce.setStatus(product.id, luck.pick(["ACTIVE", "UNLISTED", "DRAFT", "ARCHIVED"]));
  else if (what === "delete") commerce.deleteProduct(product.id);
  else {
    const id = 890_000_000_000 + luck.between(0, 1_000_000_000);
    const [first] = product.variants;
    const only = { ...first, id: id + 1, inventoryItemId: id + 2, sku: `NEW-${id}` };
    const handle = `new-${id}`;
    const now = new Date().toISOString();
    const dates = { createdAt: now, updatedAt: now, publishedAt: now };
    commerce.addProduct({ ...product, ...dates, id, handle, variants: [only] }, []);
  }
}

test("webhooks may come twice, late, in any order or never: after the sweep the mirror equals the shop, field by field", async ({
  context,
  platform,
}) => {
  const { close, idle } = await deliverTo(context, platform);
  const { db, world, shop, commerce, later, answerAll, sweepAll, fill } = await mirrorOf({
    context,
    platform,
  });
  await fill();
  expect(await mirrored(context, shop.id)).toEqual(shopsTruth(platform));
  platform.faults.webhooks = { lost: 0.15, duplicated: 0.2, maxDelayMs: 20 * SECOND };
  const shops = openShops(world);

  for (let i = 0; i < CHANGES; i++) {
    change(commerce);
    later(luck.between(0, 700));
    if (i % 10 > 0) continue;
    await idle();
    await shops.refreshDue();
  }
  later(MINUTE);
  await idle();
  await shops.settled();
  await answerAll();
  expect(await mirrored(context, shop.id)).not.toEqual(shopsTruth(platform)); // webhooks were lost
  platform.faults.webhooks.lost = 0;
  later(15 * MINUTE);
  await sweepAll();

  expect(await mirrored(context, shop.id)).toEqual(shopsTruth(platform));
  const state = await db.catalogState.findUniqueOrThrow({ where: { shopId: shop.id } });
  expect(state.confirmedAt?.getTime()).toBeGreaterThan(world.now().getTime() - MINUTE);
  expect(state.unconfirmedAt).toBeNull();
  expect(await lastChanges(db, shop.id)).toEqual(await currentVariants(db, shop.id));
  const sources = await db.variantChange.groupBy({ by: ["source"], where: { shopId: shop.id } });
  expect(sources.map(({ source }) => source).toSorted()).toEqual(["sweep", "webhook"]);
  await close();
}, 180_000);

type Db = Awaited<ReturnType<typeof mirrorOf>>["db"];

const lastChanges = (db: Db, shopId: number) => db.$queryRaw`
  select distinct on (variant_id) variant_id, price_minor, compare_at_minor, is_available
  from variant_changes where shop_id = ${shopId}::int order by variant_id, changed_at desc`;

const currentVariants = (db: Db, shopId: number) => db.$queryRaw`
  select variant_id, price_minor, compare_at_minor, is_available
  from variants where shop_id = ${shopId}::int order by variant_id`;
