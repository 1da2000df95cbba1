import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Database } from "~/platform/db.server";
import { HOUR, MINUTE } from "~/platform/time";
import { doUntil, openApp, picture, textOf, useBrowser } from "./admin-page";
import { firstShop, test } from "./stack";

const newPage = useBrowser();

const CHANNELS = ["search", "email", "direct"];

/** A fortnight of visits: three a day on each channel, every third a bounce. */
async function visit(db: Database, shopId: number): Promise<void> {
  const days = Array.from({ length: 14 }, (_, day) => day);
  await db.session.createMany({
    data: days.flatMap((day) =>
      CHANNELS.flatMap((channel) =>
        [0, 1, 2].map((nth) => {
          const startedAt = new Date(Date.now() - day * 24 * HOUR - nth * MINUTE);
          const clientId = `${channel}-${nth}`;
          return {
            ...{ shopId, sessionId: randomUUID(), clientId, visitorId: `client:${clientId}` },
            ...{ startedAt, endedAt: new Date(startedAt.getTime() + nth * MINUTE), channel },
            ...{ eventCount: 3, pageViewCount: nth + 1, isBounce: nth === 0, number: 14 - day },
            ...{ entryPath: "/", exitPath: "/cart", device: "mobile" },
          };
        }),
      ),
    ),
  });
}

test(
  "the merchant reads sessions, compares, narrows down and sees what is live",
  { timeout: 300_000 },
  async ({ stack, db }) => {
    const { shop } = await firstShop(stack);
    const { id } = await db.shop.findFirstOrThrow({ where: { uninstalledAt: null } });
    await visit(db, id);
    const page = await newPage();

    const app = await openApp(page, shop.adminAddress, "Sessions");
    await app.getByRole("heading", { name: "Sessions", exact: true }).first().waitFor();
    await doUntil(
      () => app.getByLabel("Compared to").selectOption("previous"),
      app.getByText("+0%, before: 63"),
    );
    expect(await textOf(app, "Sessions by channel")).toContain("email 21 3 0");
    await picture(page, "sessions");

    await app.getByRole("button", { name: "email", exact: true }).click();
    await app.getByText("Channel: email").waitFor();
    await app.getByText("+0%, before: 21").waitFor();

    await page.setViewportSize({ width: 1280, height: 1_800 });
    const live = await openApp(page, shop.adminAddress, "Live");
    await live.getByText("with an event in the last 5 minutes").waitFor();
    const visitors = live.getByRole("table", { name: "Where they are" });
    await visitors.getByText("9", { exact: true }).waitFor();
    await db.session.deleteMany({ where: { shopId: id, clientId: "email-0" } });
    await visitors.getByText("8", { exact: true }).waitFor();
    await picture(page, "live");

    await page.setViewportSize({ width: 1280, height: 1_800 });
    const quality = await openApp(page, shop.adminAddress, "Data quality");
    await quality.getByText("Everything that is in the log is in the numbers.").waitFor();
    await picture(page, "quality");
  },
);
