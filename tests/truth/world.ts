import { expect } from "vitest";
import { importLines } from "~/events/import.server";
import type { Database } from "~/platform/db.server";
import { HOUR } from "~/platform/time";
import { trueSessions, type Told } from "../../dev/shoppers/checks/journeys";
import { eventLine, orderLine } from "../../dev/shoppers/history";
import type { VisitEvent, WorldOptions } from "../../dev/shoppers/model";
import { simulate } from "../../dev/shoppers/simulate";
import { catchUp } from "../folding";

/** Everything that happened in a shop; one order in ten was a test. */
export function happened(options: WorldOptions): Told {
  const days = [...simulate(options)];
  const orders = days
    .flatMap(({ settled }) => settled)
    .map((order, index) => ({ ...order, test: index % 10 === 0 }));
  return { visits: days.flatMap(({ visits }) => visits), orders, isTold };
}

const isTold = ({ fate }: VisitEvent): boolean => fate === "sent";

/** Lets the app know what happened, as another tool would have exported it, and fold it.
 * @returns the sessions that it has to see */
export async function tellAll(db: Database, shopId: number, { told, until }: Telling) {
  const { visits, orders } = told;
  const lines = [
    ...visits.flatMap(({ events }) => events.filter(told.isTold).map(eventLine)),
    ...orders.map(orderLine),
  ];
  const receivedAt = new Date(until.getTime() + HOUR);
  const report = await importLines(db, numbered(lines), {
    ...{ shopId, receivedAt, retentionDays: 400 },
  });
  expect(report.reasons).toEqual({});
  await catchUp(db, shopId, 20_000);
  return trueSessions(told);
}
type Telling = { told: Told; until: Date };

async function* numbered(lines: readonly string[]) {
  for (const [index, text] of lines.entries())
    yield await Promise.resolve({ number: index + 1, text });
}

/** Numbers to eleven digits: sums of fractions depend on their order in the last ones. */
export const rounded = <Row extends object>(rows: readonly Row[]): Row[] =>
  rows.map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]: [string, unknown]) => [
          name,
          typeof value === "number" ? Number(value.toPrecision(11)) : value,
        ]),
      ) as Row,
  );

/** Rows by their names: which of two alike comes first is no truth. */
export const byName = <Row extends { of: string }>(rows: readonly Row[]): Row[] =>
  rounded(rows).sort((one, other) => (one.of < other.of ? -1 : 1));

/** Rows of which medians and percentiles that are as near to the truth as kept ones promise, within 2.5 % and
 * half a unit, are the truth's: what is farther off still differs. */
export const settled = <Row extends { of: string }>(
  rows: readonly Row[],
  truth: readonly Row[],
): Row[] => {
  const known = new Map(
    truth.map((row) => [row.of, new Map<string, unknown>(Object.entries(row))]),
  );
  return rows.map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]: [string, unknown]) => {
          const wanted = known.get(row.of)?.get(name);
          return [name, /^(median|p90)/.test(name) && isNear(value, wanted) ? wanted : value];
        }),
      ) as Row,
  );
};

const isNear = (value: unknown, truth: unknown): boolean =>
  typeof value === "number" &&
  typeof truth === "number" &&
  Math.abs(value - truth) <= 0.025 * Math.abs(truth) + 0.5;
