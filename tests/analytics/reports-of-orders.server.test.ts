import { expect } from "vitest";
import { REPORTS } from "~/analytics/reports.server";
import { rowSchema } from "~/analytics/serve";
import { test } from "../database";
import { shop } from "../factories";
import { addOrders, addVisits, ask } from "./orders";

const PATHS = [
  ...["revenue", "revenue/by-type", "revenue/refunds", "customers", "customers/ltv"],
  ...["customers/rfm", "cohorts", "retention"],
];

test.for(PATHS)("rows of %s are as the report's columns say, as JSON too", async (path, { db }) => {
  const { id } = await shop(db);
  await addVisits(db, id, [{ id: "first", at: "2026-06-01T07:00Z", rate: 0.3 }]);
  await addOrders(db, id, [
    {
      ...{ at: "2026-06-01T08:00Z", customer: 1, session: "first", total: 1_001, units: 3 },
      items: [{ price: 333, quantity: 3, back: 1, discount: 1 }],
      refunds: [{ at: "2026-06-03T08:00Z", minor: 333, units: 1 }],
    },
    { at: "2026-07-02T08:00Z", customer: 1, total: 500 },
    { at: "2026-07-02T08:00Z", customer: 2, total: 500 },
  ]);
  const served = REPORTS.get(path);
  if (!served) throw new Error(`there is no report ${path}`);
  const question = ask(id, "from=2026-06-01&to=2026-07-31&unit=week");

  const { rows } = await served.read(db, question, new URLSearchParams());

  expect(rows.length).toBeGreaterThan(0);
  const schema = rowSchema(served.report.columns);
  for (const row of JSON.parse(JSON.stringify(rows)) as unknown[])
    expect(schema.safeParse(row).error?.message).toBeUndefined();
});
