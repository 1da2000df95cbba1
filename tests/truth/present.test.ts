import { expect } from "vitest";
import { liveNow } from "~/analytics/live/live.server";
import { presentAt } from "../../dev/shoppers/checks/present";
import { test } from "../database";
import { BERLIN, openShop } from "./shop";
import { happened, tellAll } from "./world";

test(
  "of three seeds, who is there in the evening, on which pages, with what carts and orders, is what happened",
  { timeout: 240_000 },
  async ({ db }) => {
    let carts = 0;
    for (const seed of [91, 92, 93]) {
      const until = new Date("2026-10-27T19:30:00Z");
      const shop = await openShop(db, BERLIN);
      const told = happened({ shop: BERLIN, seed, until, days: 1, visitorsPerDay: 300 });
      const sessions = await tellAll(db, shop.id, { told, until });

      const { at: _, ...live } = await liveNow(db, shop.id, until);

      const truth = presentAt(until.getTime(), told, sessions);
      expect(live).toEqual({ ...truth, pages: truth.pages.slice(0, 20) });
      expect(truth.visitors).toBeGreaterThan(0);
      expect(truth.pageViews.filter((views) => views > 0).length).toBeGreaterThan(5);
      carts += truth.carts.count;
    }
    expect(carts).toBeGreaterThan(0);
  },
);
