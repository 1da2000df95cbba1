import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { chance, type Chance } from "../../dev/chance";
import { openBrowser } from "../browser";
import { fromCountry } from "../dev/store/browsing";
import { firstShop, test } from "./stack";

/** Events in all: a short run in `npm test`, 10,000 in `npm run test:browser`. */
const EVENTS = Number(process.env.BROWSER_EVENTS ?? 600);
/** What one tab publishes a second: with a tenth of everything lost it waits for its retries, and what
 * more than 200 events wait for is given up. */
const PER_SECOND = 12;
const EVENTS_OF_TAB = 120;
/** The shelf is asynchronous: an event younger than this when its tab dies may not be on it yet. */
const SHELVING_MS = 2_500;
const NAME = "pixelnova:counted";

/** Why an event may be missing. */
type Cause = "closed before it was kept" | "consent withdrawn" | "not allowed";
type Published = { number: number; at: number; excuse?: Cause };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

let numbers = 0;

/** A tab, and what its page has published. */
class Tab {
  readonly published: Published[] = [];
  private constructor(private readonly page: Page) {}

  static async open(context: BrowserContext, address: string): Promise<Tab> {
    const page = await context.newPage();
    await page.goto(address);
    return new Tab(page);
  }

  async publish(count: number): Promise<void> {
    for (let left = count; left > 0; left -= PER_SECOND) {
      const batch = Array.from({ length: Math.min(left, PER_SECOND) }, () => numbers++);
      await this.page.evaluate(
        ([name, each]) => {
          const { Shopify } = window as unknown as {
            Shopify: { analytics: { publish: (name: string, data: object) => void } };
          };
          for (const number of each) Shopify.analytics.publish(name, { number });
        },
        [NAME, batch] as const,
      );
      this.published.push(...batch.map((number) => ({ number, at: Date.now() })));
      await sleep(1_000);
    }
  }

  /** Ends the page without warning: what was published a moment ago may be lost with it. */
  async kill(): Promise<void> {
    const now = Date.now();
    for (const event of this.published)
      if (event.at > now - SHELVING_MS) event.excuse = "closed before it was kept";
    await this.page.close();
  }

  excuse(cause: Cause): void {
    for (const event of this.published) event.excuse ??= cause;
  }

  click(name: string): Promise<void> {
    return this.page.getByRole("button", { name }).click();
  }

  async fillStorage(): Promise<void> {
    await this.page.evaluate(() => {
      for (let size = 1 << 20; size > 0; size >>= 1)
        try {
          for (let i = 0; ; i++) localStorage.setItem(`ballast ${size} ${i}`, "x".repeat(size));
        } catch {
          // full for this size: try a smaller one
        }
    });
  }
}

const reportOf = (published: number, found: number, lost: ReadonlyMap<string, number>): string =>
  `${published} published, ${found} in the log; not there: ${JSON.stringify(Object.fromEntries(lost))}\n`;

type Story = (context: BrowserContext, address: string, luck: Chance) => Promise<Tab[]>;

const STORIES: Record<string, Story> = {
  async "two tabs at once"(context, address) {
    const tabs = [await Tab.open(context, address), await Tab.open(context, address)];
    await Promise.all(tabs.map((tab) => tab.publish(EVENTS_OF_TAB / 2)));
    return tabs;
  },
  async "a tab that is killed in mid-send"(context, address, luck) {
    const first = await Tab.open(context, address);
    await first.publish(EVENTS_OF_TAB / 2);
    await sleep(luck.between(0, 600));
    await first.kill();
    const second = await Tab.open(context, address);
    await second.publish(EVENTS_OF_TAB / 2);
    return [first, second];
  },
  async "a full storage"(context, address) {
    const tab = await Tab.open(context, address);
    await tab.fillStorage();
    await tab.publish(EVENTS_OF_TAB);
    return [tab];
  },
  async "consent given late"(context, address) {
    await context.addCookies([fromCountry("DE")]);
    const tab = await Tab.open(context, address);
    await tab.publish(EVENTS_OF_TAB / 2);
    await tab.click("Accept");
    await tab.publish(EVENTS_OF_TAB / 2);
    return [tab];
  },
  async "consent withdrawn"(context, address) {
    const tab = await Tab.open(context, address);
    await tab.publish(EVENTS_OF_TAB / 2);
    await tab.click("Privacy choices");
    await tab.click("Decline");
    tab.excuse("consent withdrawn");
    const count = tab.published.length;
    await tab.publish(EVENTS_OF_TAB / 2);
    for (const event of tab.published.slice(count)) event.excuse = "not allowed";
    return [tab];
  },
};

test(
  "what a browser could deliver is in the log once, through a bad network, dead tabs and full storage",
  { timeout: 15 * 60_000 },
  async ({ stack, db }) => {
    const { shop } = await firstShop(stack);
    await fetch(`${stack.store.address}/control/faults`, {
      method: "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        doors: {
          "pixel-events": {
            ...{ latencyMs: 200, errorRate: 0.05 },
            ...{ lostRequests: 0.1, lostAnswers: 0.1, duplicates: 0.1 },
          },
        },
      }),
    });
    const published: (Published & { story: string })[] = [];
    const logged = async () => {
      const rows = await db.$queryRaw<{ number: number; copies: number }[]>`
        select (payload->'data'->>'number')::int as number, count(*)::int as copies
        from pixel_events where name = ${NAME} group by 1`;
      return new Map(rows.map(({ number, copies }) => [number, copies]));
    };
    /** One shopper's story; then they come back, until what they had to tell has arrived. */
    const live = async (story: string, round: number) => {
      const context = await browser.newContext();
      await context.addCookies([fromCountry("US")]);
      const luck = chance(`${story} ${round}`);
      const tabs = (await STORIES[story]?.(context, shop.storefrontAddress, luck)) ?? [];
      await Tab.open(context, shop.storefrontAddress);
      const told = tabs.flatMap((tab) => tab.published);
      published.push(...told.map((each) => ({ ...each, story })));
      await expect
        .poll(
          async () => {
            const found = await logged();
            return told.filter(({ number, excuse }) => !excuse && !found.has(number));
          },
          { timeout: 180_000, interval: 2_000 },
        )
        .toEqual([]);
      await context.close();
    };
    for (let round = 0; published.length < EVENTS; round++)
      await Promise.all(Object.keys(STORIES).map((story) => live(story, round)));

    const found = await logged();
    const lost = new Map<string, number>();
    for (const { number, excuse, story } of published)
      if (!found.has(number)) {
        const why = `${story}: ${excuse}`;
        lost.set(why, (lost.get(why) ?? 0) + 1);
      }
    process.stderr.write(reportOf(published.length, found.size, lost));
    expect([...found.values()].every((copies) => copies === 1)).toBe(true);
    const forbidden = published.filter(({ excuse }) => excuse === "not allowed");
    expect(forbidden.filter(({ number }) => found.has(number))).toEqual([]);
    expect(published.length).toBeGreaterThanOrEqual(EVENTS);
  },
);
