import type { FrameLocator } from "playwright-core";
import { expect } from "vitest";
import { DAY } from "~/platform/time";
import { addSession } from "../analytics/facts";
import { clickUntil, openApp, picture, textOf, useBrowser } from "./admin-page";
import { firstShop, test } from "./stack";

const newPage = useBrowser();
const TABLE = "Sessions of every day";

/** Fills the form and sends it, once the page is alive: a click before that does nothing. */
async function note(app: FrameLocator, text: string, answer: string) {
  await app.getByLabel("What happened", { exact: true }).fill(text);
  await clickUntil(app, "Save annotation", new RegExp(answer));
}

test(
  "a merchant notes a campaign, and charts tell of it and of a published theme",
  { timeout: 240_000 },
  async ({ stack, db }) => {
    const { shop } = await firstShop(stack);
    const { id } = await db.shop.findFirstOrThrow({ where: { domain: shop.domain } });
    for (const daysAgo of [6, 4, 4, 1, 1, 1])
      await addSession(db, id, { at: new Date(Date.now() - daysAgo * DAY).toISOString() });
    await fetch(`${stack.store.address}/control/shops/${shop.handle}/theme`, {
      method: "PUT",
      body: JSON.stringify({ name: "Harvest" }),
      headers: { "content-type": "application/json" },
    });
    await expect.poll(() => db.annotation.count()).toBe(1);
    const page = await newPage();
    const app = await openApp(page, shop.adminAddress, "Sessions");
    const inTable = () => textOf(app, TABLE).catch(String);
    await expect.poll(inTable).toContain("Theme published: Harvest");

    await app.getByRole("link", { name: "Annotations" }).click();
    await note(app, " ", "Say in a few words what happened.");
    await picture(page, "annotations-refused");
    const day = new Date(Date.now() - 2 * DAY).toISOString().slice(0, 10);
    await app.getByLabel("Day", { exact: true }).fill(day);
    await note(app, "Winter mail", "Edit");
    await app.getByRole("button", { name: "Edit Winter mail" }).click();
    await note(app, "Winter newsletter", "Winter newsletter");
    await expect
      .poll(() => textOf(app, "Annotations"))
      .toMatch(/Winter newsletter Campaign, noted by you/);
    await picture(page, "annotations");

    await app.getByRole("link", { name: "Sessions" }).click();
    await expect.poll(inTable).toContain("Winter newsletter");
    const listed = app.getByRole("list", { name: "What happened" }).first();
    expect(await listed.innerText()).toMatch(/1\s+.*: Winter newsletter\s+2\s+.*: Theme published/);
    await app.locator(".recharts-reference-line").nth(1).waitFor({ state: "attached" });
    await picture(page, "annotated");
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "annotated-dark");
  },
);
