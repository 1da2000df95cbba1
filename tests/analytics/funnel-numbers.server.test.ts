import { expect } from "vitest";
import { conversionRate, funnel, funnelNumbers } from "~/analytics/funnel/funnel.server";
import type { FunnelDefinition, FunnelStep } from "~/analytics/funnel/steps";
import { test } from "../database";
import { shop } from "../factories";
import { addSession, ask } from "./facts";
import { addEvents } from "./naive-funnel";

const NOW = "2026-06-12T12:00:00Z";

test("a page's numbers are those of each question by itself", async ({ db }) => {
  const { id } = await shop(db);
  const visits = [
    { day: "09", channel: "email", device: "mobile", bought: true },
    { day: "10", channel: "social", device: "mobile", bought: false },
    { day: "10", channel: "email", device: "desktop", bought: true },
  ];
  for (const { day, channel, device, bought } of visits) {
    const moment = (time: string) => new Date(`2026-06-${day}T${time}Z`);
    const facts = await addSession(db, id, {
      ...{ at: `2026-06-${day}T09:00:00Z`, clientId: `${device} ${day}` },
      ...{ visitorId: channel, channel, device },
    });
    await addEvents(db, facts, [
      { kind: "product", at: moment("09:00:00"), value: "Acme" },
      ...(bought ? [{ kind: "purchase" as const, at: moment("09:10:00"), value: "" }] : []),
    ]);
  }
  const steps: FunnelStep[] = [{ kind: "product" }, { kind: "purchase" }];
  const question = ask(id, "from=2026-06-09&to=2026-06-11", { now: NOW });
  const bys = ["all", "step", "channel", "device"] as const;

  for (const countedBy of ["visitor", "session"] as const) {
    const wanted: FunnelDefinition = { steps, order: "ordered", windowMinutes: 60, countedBy };
    const { stages, rates } = await funnelNumbers(db, question, { definition: wanted, bys });

    const asked = { definition: wanted };
    expect(stages).toEqual((await funnel(db, question, { ...asked, by: "all" })).rows);
    for (const [index, by] of bys.entries())
      expect(rates[index], by).toEqual((await conversionRate(db, question, { ...asked, by })).rows);
    const entered = rates[2].map((rate) => [rate.of, rate.entered, rate.completed]);
    expect(entered).toEqual([
      ["email", countedBy === "visitor" ? 1 : 2, countedBy === "visitor" ? 1 : 2],
      ["social", 1, 0],
    ]);
  }
});
