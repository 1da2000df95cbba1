import { expect } from "vitest";
import { SPEED } from "./sandbox";
import { standardEvent } from "./shopper";
import { eventually } from "../../eventually";
import { idsOf, test, view, views } from "./store";

test("events travel together, as plain text, and leave the browser's storage", async ({
  door,
  visit,
  arrived,
}) => {
  const events = views(3);

  visit().publish(...events);

  await arrived(events);
  expect(door.bodies.length).toBeLessThan(events.length);
  expect([...door.contentTypes]).toEqual(["text/plain;charset=UTF-8"]);
});

test("an event is in storage before it is sent, even beside a purchase that cannot wait", async ({
  door,
  storage,
  visit,
  arrived,
}) => {
  const events = [...views(5), standardEvent("checkout_completed"), ...views(5)];
  storage.latency = 60;
  const early: string[] = [];
  door.answer((ids) => {
    early.push(...ids.filter((id) => !storage.items.has(`pixelnova:q:${id}`)));
    return "well";
  });

  visit().publish(...events);

  await arrived(events);
  expect(early).toEqual([]);
});

test("events survive a page that closes before they were sent", async ({
  door,
  visit,
  arrived,
  onShelf,
}) => {
  const events = views(3);
  door.answer({ status: 503, retryAfter: 60 });
  const first = visit();
  first.publish(...events);
  await onShelf(3);
  first.close();
  door.answer("well");

  visit();

  await arrived(events);
});

test("a server that is busy gets the batch again, and stores it once", async ({
  door,
  visit,
  arrived,
}) => {
  const events = views(2);
  let refusals = 0;
  door.answer(() => (refusals++ < 2 ? { status: 503 } : "well"));

  visit().publish(...events);

  await arrived(events);
  expect(refusals).toBe(3);
});

test.for([429, 503])(
  "a server that asks for time with a %i gets it",
  async (status, { door, visit }) => {
    const asked: number[] = [];
    door.answer(() => (asked.push(performance.now()) === 1 ? { status, retryAfter: 8 } : "well"));

    visit().publish(view());

    await eventually(() => expect(asked).toHaveLength(2));
    const [first = 0, second = 0] = asked;
    expect(second - first).toBeGreaterThan(8_000 / SPEED - 5);
  },
);

test("a server that goes down and comes up again loses nothing", async ({
  door,
  visit,
  arrived,
  onShelf,
}) => {
  const events = views(30);
  const page = visit();
  page.publish(...events.slice(0, 10));
  await eventually(() => expect(door.stored.size).toBe(10));

  await door.goDown();
  page.publish(...events.slice(10));
  await onShelf(20);
  await door.comeUp();

  await arrived(events);
});

test("a lost acknowledgement sends the same id again", async ({ door, visit, arrived }) => {
  const event = view();
  let losses = 0;
  door.answer(() => (losses++ === 0 ? "lost" : "well"));

  visit().publish(event);

  await arrived([event]);
  expect(door.bodies.filter((body) => body.includes(event.id)).length).toBe(2);
});

test("two tabs that share one storage lose nothing", async ({ door, visit, arrived }) => {
  const events = views(80);
  let requests = 0;
  door.answer(() => (["well", { status: 503 }, "lost", "drop"] as const)[requests++ % 4] ?? "well");
  const tabs = [visit(), visit()];

  events.forEach((event, i) => tabs[i % 2]?.publish(event));

  await arrived(events);
});

test("whatever pages close and requests fail, every stored event arrives", async ({
  door,
  storage,
  visit,
  arrived,
}) => {
  const events = views(60);
  let requests = 0;
  door.answer(() => (["lost", { status: 503 }, "well", "drop"] as const)[requests++ % 4] ?? "well");

  for (const event of events) {
    const page = visit();
    page.publish(event);
    await eventually(() => {
      const isKept = storage.items.has(`pixelnova:q:${event.id}`) || door.stored.has(event.id);
      expect(isKept).toBe(true);
    });
    page.close();
  }
  visit();

  await arrived(events);
});

test.for([401, 404, 429, 500])(
  "a %i keeps the events for later",
  async (status, { door, storage, visit, arrived }) => {
    const events = views(2);
    door.answer({ status });
    visit().publish(...events);
    await eventually(() => expect(door.bodies.length).toBeGreaterThan(1));

    expect(storage.items.size).toBe(2);
    door.answer("well");

    await arrived(events);
  },
);

test("a 200 that is not our server's keeps the events for later", async ({
  door,
  visit,
  arrived,
}) => {
  const events = views(2);
  door.answer({ status: 200 });
  visit().publish(...events);
  await eventually(() => expect(door.bodies.length).toBeGreaterThan(1));

  door.answer("well");

  await arrived(events);
});

test.for([400, 413])(
  "an event that spoils its batch with %i goes alone",
  async (status, { door, visit, arrived }) => {
    const events = views(20);
    const poison = events[11]?.id ?? "";
    door.answer((ids) => (ids.includes(poison) ? { status } : "well"));

    visit().publish(...events);

    await arrived(events.filter(({ id }) => id !== poison));
  },
);

test("a purchase goes out at once, even while the server is in trouble", async ({
  door,
  visit,
  arrived,
  onShelf,
}) => {
  const [view, purchase] = [standardEvent("page_viewed"), standardEvent("checkout_completed")];
  door.answer({ status: 503, retryAfter: 3_600 });
  const page = visit();
  page.publish(view);
  await eventually(() => expect(door.bodies).toHaveLength(1));
  await onShelf(1);
  door.answer("well");

  page.publish(purchase);

  await arrived([view, purchase]);
});

test("a storage that fails does not keep events from being sent", async ({
  door,
  storage,
  visit,
}) => {
  const events = views(3);
  storage.broken = true;

  visit().publish(...events);

  await eventually(() => expect([...door.stored.keys()].sort()).toEqual(idsOf(events)));
});

test("a long outage costs the oldest events, never those of a checkout", async ({
  door,
  storage,
  visit,
}) => {
  const purchases = Array.from({ length: 3 }, () => standardEvent("checkout_completed"));
  const events = views(230);
  storage.latency = 0; // events are as old as they are stored, and these are all of one moment
  door.answer({ status: 503, retryAfter: 1 });
  const page = visit();
  page.publish(...purchases, ...events);
  const newest = events.at(-1)?.id ?? "";
  await eventually(() => expect(storage.items.has(`pixelnova:q:${newest}`)).toBe(true));

  door.answer("well");

  await eventually(() => expect(storage.items.size).toBe(0));
  const kept = events.filter(({ id }) => door.stored.has(id));
  expect(kept.length).toBeGreaterThan(100);
  expect(kept).toEqual(events.slice(-kept.length));
  expect(door.stored.size).toBe(3 + kept.length);
});

test("no request has more than 50 events or 30 KB", async ({ door, visit, arrived }) => {
  const events = Array.from({ length: 75 }, () => standardEvent("checkout_started"));

  visit().publish(...events);

  await arrived(events);
  for (const body of door.bodies) {
    expect(JSON.parse(body)).toHaveProperty(
      "events.length",
      expect.toSatisfy((n) => n <= 50),
    );
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(30 * 1024);
  }
});

test("leftovers that another script put into the storage do no harm", async ({
  door,
  storage,
  visit,
}) => {
  const items: [string, string][] = [
    ["pixelnova:q:1", "not json"],
    ["pixelnova:q:2", "null"],
    ["pixelnova:q:3", "[1]"],
    ["theme", "dark"],
  ];
  items.forEach(([key, value]) => storage.items.set(key, value));
  const events = views(1);

  visit().publish(...events);

  await eventually(() => expect([...door.stored.keys()]).toEqual(idsOf(events)));
  expect(storage.items.get("theme")).toBe("dark");
});
