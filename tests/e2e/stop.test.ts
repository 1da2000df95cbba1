import { expect } from "vitest";
import { tokenFor } from "../api/calls";
import { firstShop, test } from "./stack";

test("the app stops although somebody listens to what goes on", async ({ stack, db }) => {
  const { shop } = await firstShop(stack);
  const { id } = await db.shop.findUniqueOrThrow({ where: { domain: shop.domain } });
  const headers = { Authorization: `Bearer ${await tokenFor(db, id)}` };
  const live = await fetch(`${stack.appAddress}/api/v1/analytics/live`, { headers });
  const heard = live.text().then(
    () => "all",
    () => "what came before it was cut",
  );

  await stack.stop(); // and fails where the app has to be killed

  expect(live.headers.get("content-type")).toBe("text/event-stream");
  expect(await heard).toBe("what came before it was cut");
});
