import {
  Area,
  AreaChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { Step } from "~/analytics/overview";
import { inTwoParts } from "./analytics/series";
import { ticksOf } from "./analytics/ticks";

/** `sessions` is null where time has not come to yet: nothing is drawn there. */
export type LabelledStep = Step & { label: string };

/** Blue of the Okabe-Ito palette: told from its surroundings by every kind of colour vision. */
const BLUE = "#0072b2";
const SUBDUED = "#616161";
const LABELS = 7;
const tick = { fontSize: 12, fill: SUBDUED };

export const SessionsChart = ({ steps }: { steps: LabelledStep[] }) => {
  const ticks = ticksOf(
    steps.map(({ sessions }) => sessions),
    "count",
  );
  return (
    <ResponsiveContainer>
      <AreaChart
        data={inTwoParts(steps, ({ sessions }) => sessions)}
        accessibilityLayer={false}
        margin={{ top: 8, right: 24, left: 12 }}
      >
        <CartesianGrid vertical={false} stroke="#ebebeb" />
        <XAxis
          dataKey="start"
          tick={tick}
          tickLine={false}
          ticks={labelledStarts(steps)}
          interval={0}
          tickFormatter={labelIn(steps)}
        />
        <YAxis
          {...{ tick, ticks }}
          domain={[0, ticks.at(-1) ?? 1]}
          tickLine={false}
          axisLine={false}
          width="auto"
        />
        <Tooltip
          isAnimationActive={false}
          content={({ label }) => <StepTooltip step={steps.find(({ start }) => start === label)} />}
        />
        <Area dataKey="whole" fillOpacity={0.12} {...line(steps.length)} />
        <Area dataKey="soFar" fillOpacity={0.04} strokeDasharray="4 4" {...line(steps.length)} />
      </AreaChart>
    </ResponsiveContainer>
  );
};

const line = (steps: number) => ({
  stroke: BLUE,
  strokeWidth: 2,
  fill: BLUE,
  dot:
    steps <= 31 ? { r: 2, fill: BLUE, fillOpacity: 1, strokeDasharray: "", clipDot: false } : false,
  isAnimationActive: false,
});

/** Every so many steps, as many as have room on a phone. */
function labelledStarts(steps: LabelledStep[]): string[] {
  const every = Math.ceil(steps.length / LABELS);
  return steps.filter((_, index) => index % every === 0).map(({ start }) => start);
}

/** The axis is told apart by start, since an hour's label comes twice when clocks go back. */
const labelIn = (steps: LabelledStep[]) => (start: string) =>
  steps.find((step) => step.start === start)?.label ?? "";

const StepTooltip = ({ step }: { step: LabelledStep | undefined }) =>
  step && (
    <div className="chart-tooltip">
      {step.label}: <strong>{step.sessions}</strong> {step.sessions === 1 ? "session" : "sessions"}
    </div>
  );
