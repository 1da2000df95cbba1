import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { startStore } from "../../../dev/store/start";
import { ask, libraryFor, openIn } from "./library";
import { APP, test } from "./running-store";

test("a taken port is named", async ({ store, app, pixelBundle }) => {
  const taken = Number(new URL(store.tunnelAddress).port);
  const ports = { admin: 0, tunnel: taken, storefronts: [] };

  const start = startStore({ ports, app: { ...APP, address: app.address }, pixelBundle });

  await expect(start).rejects.toThrow(`port ${taken} is taken`);
});

test("installations and tokens outlast a restart with a state file", async ({
  app,
  pixelBundle,
  outdoor,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), "store-state-"));
  const options = {
    app: { ...APP, address: app.address },
    pixelBundle,
    stateFile: path.join(folder, "store.json"),
  };
  const before = await startStore(options);
  const session = await openIn(libraryFor(before), before, outdoor.domain);
  await before.stop();

  const after = await startStore(options);
  const data = await ask(libraryFor(after), session, "{ shop { name } }");
  await after.stop();
  await rm(folder, { recursive: true });

  expect(data).toEqual({ shop: { name: "Northwind Outdoor" } });
});

test("an unknown shop is named, with those that there are", ({ store }) => {
  expect(() => store.install("other.myshopify.com")).toThrow(
    'no shop "other.myshopify.com" here, only northwind-outdoor.myshopify.com, harbour-tea.myshopify.com',
  );
});
