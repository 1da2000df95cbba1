import type { Dimension } from "~/analytics/filters";
import { SESSION_METRICS, SESSION_STATS } from "~/analytics/sessions/definitions";
import type { SessionStats } from "~/analytics/sessions/stats.server";
import { Parts } from "./parts";
import { StepsCard } from "./steps-card";
import { Tiles } from "./tiles";
import type { ShownView } from "./view-bar";

type Props = {
  by: Dimension;
  totals: SessionStats[];
  steps: SessionStats[];
  parts: { rows: SessionStats[]; more: number };
  totalsBefore: SessionStats[] | null;
  stepsBefore: SessionStats[] | null;
  view: ShownView;
  currency: string | null;
};

const PARTS_OF_SESSIONS = [
  ...(["newSessions", "medianDuration", "pagesPerSession"] as const),
  ...(["bounceRate", "engagementRate", "conversionRate"] as const),
];
const ofSessions = ({ sessions }: SessionStats) => `of ${sessions.toLocaleString("en")} sessions`;

const TILES = [
  ...(["sessions", "visitors"] as const).map((name) => ({ name, metric: SESSION_METRICS[name] })),
  ...PARTS_OF_SESSIONS.map((name) => ({ name, metric: SESSION_METRICS[name], of: ofSessions })),
];
const COLUMNS: (keyof SessionStats)[] = [
  ...(["of", "sessions", "visitors", "newSessions", "medianDuration"] as const),
  ...(["pagesPerSession", "bounceRate", "convertedSessions", "conversionRate"] as const),
];

/** Sessions as a whole, over time, and by what tells them apart. */
export function SessionNumbers(props: Props) {
  const { totals, totalsBefore, steps, stepsBefore, parts, view, currency } = props;
  const writing = { currency, timeZone: view.period.timeZone };
  return (
    <>
      <Tiles
        tiles={TILES}
        all={totals[0]}
        before={totalsBefore?.[0]}
        {...{ steps, view, writing }}
      />
      <StepsCard
        {...{ steps, view, writing }}
        report={SESSION_STATS}
        metric={SESSION_METRICS.sessions}
        field="sessions"
        columns={COLUMNS}
        before={stepsBefore}
      />
      <Parts
        {...{ report: SESSION_STATS, columns: COLUMNS, ...parts, by: props.by, writing }}
        what="Sessions"
      />
    </>
  );
}
