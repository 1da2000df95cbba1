import type { Page } from "playwright-core";
import { events, test as base, type PixelEvent } from "../../dev/store/pixel-shop";
import { eventually } from "../../eventually";
import { APP, type RecordingApp } from "../../dev/store/running-store";

export type Told = { name: string; path: string; fields: Record<string, unknown> };

/** `test` with a shop whose theme has the app's tracker switched on. */
export const test = base.extend<{ $file: { tracked: string } }>({
  tracked: [
    async ({ outdoor, shop }, provide) => {
      const editor = `${outdoor.adminAddress}/themes/current/editor`;
      await fetch(`${editor}?context=apps&activateAppId=${APP.apiKey}/tracker`);
      await provide(shop);
    },
    { scope: "file" },
  ],
});

/** The custom events that the pixel has been given, by their names without the prefix. */
export const told = (app: RecordingApp): Told[] =>
  events(app)
    .filter(({ name }) => name.startsWith("pixelnova:"))
    .map((event) => {
      const { customData } = event as PixelEvent & { customData: Told["fields"] };
      const path = event.context.document.location.pathname;
      return { name: event.name.slice("pixelnova:".length), path, fields: customData };
    });

/** The last event of a name whose fields are as wanted, once it has come, within `timeout` milliseconds. */
export const heard = (
  app: RecordingApp,
  name: string,
  fields: Told["fields"] = {},
  timeout?: number,
): Promise<Told> =>
  eventually(() => {
    const event = told(app).findLast(
      (each) =>
        each.name === name &&
        Object.entries(fields).every(([field, value]) => each.fields[field] === value),
    );
    if (!event) throw new Error(`only ${JSON.stringify(told(app))} came`);
    return event;
  }, timeout);

/** Opens a page, and waits until the tracker has told of a click on nothing: it measures. */
export async function openTracked(page: Page, app: RecordingApp, address: string): Promise<void> {
  await page.goto(address, { waitUntil: "load" });
  await eventually(async () => {
    await page.mouse.click(1, 1);
    await heard(app, "element_clicked", {}, 5_000);
  });
  app.received.length = 0;
}

/** Waits until the page has been open for so long. */
export const openFor = (page: Page, ms: number) =>
  page.waitForFunction((until) => performance.now() > until, ms);
