import { expect } from "vitest";
import { startRefreshing } from "~/catalog/refreshing.server";
import { receiveWebhook } from "~/webhooks.server";
import { HARBOUR, test, webhook } from "../shopify/stand-in";
import { mirrored, quiet, truthOf } from "./mirrored";

test("the worker mirrors what webhooks tell of, and stops when it is told to", async ({
  context,
  platform,
}) => {
  const { shop, commerce, hints } = await quiet(context, platform);
  const [one, two] = commerce.catalog().products;
  if (!one || !two) throw new Error("the shop has products");
  const created = (id: number) =>
    receiveWebhook(
      context,
      webhook({ topic: "products/create", domain: HARBOUR, payload: { id } }),
    );
  const stop = startRefreshing(context);

  await created(one.id);

  await expect.poll(hints).toEqual([]);
  expect(await mirrored(context, shop.id)).toEqual([truthOf(one)]);
  await stop();
  await created(two.id);
  expect(await hints()).toHaveLength(1);
});
