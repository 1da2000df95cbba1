import { expect } from "vitest";
import type { Database } from "~/platform/db.server";
import { adminProduct, adminVariant, listed, merge } from "../catalog/listed";
import { openApp, openUntil, picture, useBrowser } from "./admin-page";
import { eventually } from "../eventually";
import { emptyCatalogue } from "./own-catalogue";
import { firstShop, test } from "./stack";

const newPage = useBrowser();

type Told = { title: string; vendor?: string; price?: string; sizes?: string[] };

/** Lists products in a shop by id, with the picture that the stand-in draws. */
const list = (db: Database, shopId: number, products: Record<string, Told>, picture: string) =>
  merge(
    db,
    shopId,
    Object.entries(products).map(([id, { title, vendor = "Halvard", price = "349.00", sizes }]) =>
      listed(
        { ...adminProduct({ id, title, vendor, handle: id }), featuredMedia: shown(picture) },
        (sizes ?? ["Default Title"]).map((value, i) =>
          adminVariant({
            ...{ id: `${id}${i}`, sku: null, price, position: i + 1 },
            selectedOptions: [{ name: sizes ? "Size" : "Title", value }],
          }),
        ),
      ),
    ),
    { asOf: new Date() },
  );

const shown = (url: string) => ({ alt: null, preview: { image: { url } } });

test(
  "the merchant reviews matches with the keyboard, splits, merges, and links another store",
  { timeout: 420_000 },
  async ({ stack, db }) => {
    const { shop, other } = await firstShop(stack);
    await stack.visitAsMerchant(other.domain);
    const shopOf = (domain: string) => db.shop.findUniqueOrThrow({ where: { domain } });
    const [own, second] = await Promise.all([shopOf(shop.domain), shopOf(other.domain)]);
    const address = `${shop.storefrontAddress}/images/fjell-two-person-tent.svg`;
    const stoves = { title: "Ember gas stove", vendor: "Emberly", price: "89.00" };
    await Promise.all([own, second].map(({ id }) => emptyCatalogue(db, id)));
    await list(
      db,
      own.id,
      {
        101: { title: "Fjell two-person tent" },
        102: { title: "Tent Fjell, two person, by Halvard", vendor: "Basecamp Direct" },
        103: { title: "Fjell two-person tent (Halvard)", vendor: "Outfitter Supply" },
        104: { title: "Lark down sleeping bag", vendor: "Dunlin", sizes: ["Regular", "Long"] },
        105: { title: "Lark down sleeping bag Nordic", vendor: "Trailhead", price: "329.00" },
        106: stoves,
        107: { ...stoves, title: "Gas stove Ember by Emberly", vendor: "Trailhead" },
        108: { title: "Alder camp lantern", vendor: "Tarn", price: "49.00" },
        109: {
          title: "Alder camp lantern rechargeable",
          vendor: "Outfitter Supply",
          price: "45.00",
        },
      },
      address,
    );
    await list(db, second.id, { 201: stoves }, address);

    const page = await newPage();
    const app = await eventually(async () => {
      await db.matchState.updateMany({ data: { restUntil: null } });
      const app = await openApp(page, shop.adminAddress, "Matches");
      await app.getByText("2 pairs of listings may be").waitFor({ timeout: 10_000 });
      return app;
    }, 180_000);
    await app.getByText("2 products that are listed more than once").waitFor();
    await app.getByText("Only one title says “nordic”").waitFor();
    await picture(page, "matches");

    // The one with the focus is answered, and the next question has it then.
    const same = app.getByRole("button", { name: /^Same product: / });
    await same.first().focus();
    await page.keyboard.press("Enter");
    await app.getByText("One pair of listings may be").waitFor();
    await app.getByText("3 products that are listed more than once").waitFor();
    await expect
      .poll(() => app.locator("button:focus").getAttribute("aria-label"))
      .toMatch(/^Same/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await app.getByText("Nothing to review").waitFor();
    await app.getByText("3 products that are listed more than once").waitFor();

    const tent = app.getByRole("checkbox", { name: /^Split off .* of Outfitter Supply$/ });
    await tent.focus();
    await page.keyboard.press("Space");
    await app.getByRole("button", { name: /^Split the chosen listings off Fjell/ }).click();
    await app.getByText("Fjell two-person tent: 2 listings").waitFor();
    await app.getByRole("checkbox", { name: /^Fjell .* listings$/ }).focus();
    await page.keyboard.press("Space");
    await app.getByRole("checkbox", { name: /^Ember .* listings$/ }).focus();
    await page.keyboard.press("Space");
    await app.getByRole("button", { name: "Merge chosen products" }).click();
    await app.getByText(/: 4 listings$/).waitFor();

    const code = app.getByLabel("Code that your other store shows");
    await code.fill("AAAA-AAAA-AAAA-AAAA");
    await app.getByRole("button", { name: "Link stores" }).click();
    await app.getByText("No other store shows this code now").waitFor();
    const there = await openApp(page, other.adminAddress, "Matches");
    await there.getByRole("button", { name: "Make a code" }).click();
    const heading = there.getByText(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/);
    const given = await heading.innerText();
    const here = await openApp(page, shop.adminAddress, "Matches");
    await here.getByLabel("Code that your other store shows").fill(given);
    await here.getByRole("button", { name: "Link stores" }).click();
    await here.getByText(`${other.domain}, since`).waitFor();
    await openUntil(page, [shop.adminAddress, "Matches"], (app) => app.getByText(/: 5 listings$/));
    await picture(page, "matches-linked");

    const last = page.frameLocator("iframe");
    await last.getByRole("button", { name: /^End the link with/ }).click();
    await last.getByText(`${other.domain}, since`).waitFor({ state: "detached" });
    await last.getByText(/: 4 listings$/).waitFor();
  },
);
