import { expect, test as base } from "vitest";
import { eventually } from "../../eventually";
import { openDoor } from "./door";
import { bundledPixel, createStorage, openPage, type Page, type Storage } from "./sandbox";
import { INIT, standardEvent } from "./shopper";

type Door = Awaited<ReturnType<typeof openDoor>>;
type Sent = { id: string };

export const view = () => standardEvent("page_viewed");
export const views = (count: number) => Array.from({ length: count }, view);

export const idsOf = (events: Sent[]) => events.map(({ id }) => id).sort();

/** `test` with a store of its own: a browser's storage, pages that run the bundled pixel, and the
 * server that they send to. */
export const test = base.extend<{
  $file: { code: string };
  $test: {
    door: Door;
    storage: Storage;
    visit: (init?: unknown) => Page;
    /** Everything has arrived, and nothing waits any more. */
    arrived: (events: Sent[]) => Promise<void>;
    onShelf: (count: number) => Promise<void>;
  };
}>({
  code: [async ({}, provide) => provide(await bundledPixel()), { scope: "file" }],
  door: async ({}, provide) => {
    const door = await openDoor();
    await provide(door);
    await door.close();
    expect(door.faults).toEqual([]);
  },
  storage: async ({}, provide) => provide(createStorage()),
  visit: async ({ code, door, storage }, provide) => {
    const pages: Page[] = [];
    await provide((init = INIT) => {
      const page = openPage(code, door.settings, { storage, init });
      pages.push(page);
      return page;
    });
    pages.forEach((page) => page.close());
  },
  arrived: async ({ door, storage }, provide) =>
    provide((events) =>
      eventually(() => {
        expect([...door.stored.keys()].sort()).toEqual(idsOf(events));
        expect(storage.items.size).toBe(0);
      }),
    ),
  onShelf: async ({ storage }, provide) =>
    provide((count) => eventually(() => expect(storage.items.size).toBe(count))),
});
