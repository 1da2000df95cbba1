import { expect } from "vitest";
import { losses } from "~/analytics/quality/losses.server";
import { dataQuality } from "~/analytics/quality/quality.server";
import { isRobot, trueSessions } from "../../dev/shoppers/checks/journeys";
import type { VisitEvent } from "../../dev/shoppers/model";
import { questionAt } from "../analytics/session-facts";
import { body } from "../factories";
import { take, test } from "../ingest";
import { BERLIN, openShop, recentVisits, sendTo } from "./shop";

const isTold = ({ fate }: VisitEvent): boolean => fate === "sent";

test.for([21, 22, 23])(
  "seed %i: what came, came twice, could not be used and was a robot's is counted as it happened",
  async (seed, { db, ingest }) => {
    const visits = recentVisits(BERLIN, { seed, visitorsPerDay: 20 });
    const shop = await openShop(db, BERLIN);
    const sent = await sendTo({ db, ingest }, shop, visits, {
      network: { seed: "twice", duplicates: 0.2 },
    });
    const broken = [{ name: "page_viewed" }, { name: "page_viewed" }, { id: "no name" }];
    const sentAt = new Date().toISOString();
    await take(ingest, body({ key: shop.pixelKey, events: broken, sentAt }), new Date());
    await ingest.writeCounts();
    const question = questionAt(shop.id, { at: new Date().toISOString(), zone: shop.timeZone });

    const { rows: quality } = await dataQuality(db, question, { by: "all" });
    const { rows: lost } = await losses(db, question);

    const told = visits.flatMap(({ events }) => events.filter(isTold)).length;
    const robots = visits.filter((visit) => isRobot(visit) && visit.events.some(isTold)).length;
    expect(quality).toMatchObject([
      { accepted: told, duplicates: sent.duplicate, refused: 3, dropped: 0, botSessions: robots },
    ]);
    const people = trueSessions({ visits, orders: [], isTold }).length;
    const came = told + sent.duplicate + 3;
    const share = (cause: string) => lost.find((row) => row.cause === cause)?.share ?? 0;
    expect(share("duplicate")).toBe(sent.duplicate / came);
    expect(share("bot: declared")).toBe(robots / (people + robots));
    const refused = lost.filter((row) => row.lost === "events" && row.cause !== "duplicate");
    expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(sent.duplicate).toBeGreaterThan(0);
  },
);
