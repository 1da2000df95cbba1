import { expect } from "vitest";
import { consent, INIT } from "./shopper";
import { eventually } from "../../eventually";
import { test, view, views } from "./store";

test("a withdrawn consent empties the queue and ends it", async ({
  door,
  visit,
  arrived,
  onShelf,
}) => {
  door.answer({ status: 503, retryAfter: 1 });
  const page = visit();
  page.publish(...views(5));
  await onShelf(5);

  page.decide(false);
  page.publish(view());

  await onShelf(0);
  door.answer("well");
  const later = view();
  page.decide(true);
  page.publish(later);
  await arrived([later]);
});

test("events before the shopper's decision wait for it, in memory alone", async ({
  door,
  storage,
  visit,
  arrived,
}) => {
  const events = views(2);
  const page = visit({ ...INIT, customerPrivacy: consent(false) });
  page.publish(...events);
  expect(storage.items.size).toBe(0);

  page.decide(true);

  await arrived(events);
  for (const event of door.stored.values()) expect(event).toHaveProperty("consent.analytics", true);
});

test("a page without consent forgets what an earlier one left", async ({
  storage,
  visit,
  onShelf,
}) => {
  storage.items.set("pixelnova:q:old", "{}");

  visit({ ...INIT, customerPrivacy: consent(false) });

  await onShelf(0);
});

test("a consent withdrawn while leftovers are being read is heard", async ({
  storage,
  visit,
  arrived,
  onShelf,
}) => {
  const [left, witness] = [view(), view()];
  storage.items.set(`pixelnova:q:${left.id}`, JSON.stringify(left));
  const page = visit();
  let reads = 0;
  storage.onRead = () => reads++ || page.decide(false);
  await eventually(() => expect(reads).toBe(1));
  await onShelf(0);

  page.decide(true);
  page.publish(witness);

  await arrived([witness]);
});

test("events of a shopper who declines are never stored or sent", async ({
  visit,
  arrived,
  onShelf,
}) => {
  const page = visit({ ...INIT, customerPrivacy: consent(false) });
  page.publish(...views(2));

  page.decide(false);

  await onShelf(0);
  const witness = view();
  page.decide(true);
  page.publish(witness);
  await arrived([witness]);
});
