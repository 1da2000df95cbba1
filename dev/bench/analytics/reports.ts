import { DIMENSION_NAMES } from "~/analytics/filters";
import { questionOf } from "~/analytics/question";
import { REPORTS } from "~/analytics/reports.server";
import type { Served } from "~/analytics/serve";
import { AppError } from "~/platform/errors";
import type { Db } from "~/platform/db.server";
import { SECOND } from "~/platform/time";
import { Histogram } from "../../load/histogram";

/** What is asked of a report, by its name in the table. */
export type Asked = { name: string; report: Served; search: URLSearchParams };
export type Shop = { id: number; timeZone: string | null };

const ROUNDS = 20;
/** A slow question is asked fewer times, but not fewer than this. */
const FEWEST = 3;
const LONGEST = 10 * SECOND;

/** Every report of the last 90 days; that of sessions in every way in which it can be asked. */
export const QUESTIONS: readonly Asked[] = [...REPORTS].flatMap(([path, report]) =>
  (path === "sessions/stats"
    ? ["by=all", "by=step", "by=all&device=mobile", "by=all&device=mobile&channel=email"].concat(
        DIMENSION_NAMES.map((name) => `by=${name}`),
      )
    : [""]
  ).map((more) => ({
    ...{ name: more ? `${path}?${more}` : path, report },
    search: new URLSearchParams(`period=90d&${more}`),
  })),
);

/** Asks again and again, after one time that does not count.
 * @returns how long it took; null where the report wants to be asked otherwise */
export async function timesOf(
  db: Db,
  { id, timeZone }: Shop,
  { report, search }: Asked,
): Promise<Histogram | null> {
  const ask = () =>
    report.read(db, questionOf({ id, timeZone }, search, new Date()), search).catch(refused);
  return (await ask()) ? timed(ask) : null;
}

const refused = (error: unknown): null => {
  if (error instanceof AppError) return null;
  throw error;
};

/** Does something several times, one after the other. */
export async function timed(work: () => Promise<unknown>): Promise<Histogram> {
  const times = new Histogram();
  const begun = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    if (round >= FEWEST && started - begun > LONGEST) break;
    await work();
    times.record(performance.now() - started);
  }
  return times;
}
