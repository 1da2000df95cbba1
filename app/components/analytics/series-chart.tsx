import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { Mark } from "~/analytics/annotations/marks";
import type { Kind } from "~/analytics/report";
import { showFigure, showTick, type Writing } from "./figures";
import { inTwoParts, isLone, type Drawn, type Point } from "./series";
import { ticksOf } from "./ticks";

type Props = {
  points: Point[];
  /** The steps at which something happened. */
  marks: readonly Mark[];
  /** What the numbers are. */
  kind: Kind;
  writing: Writing;
};

const LABELS = 7;
const tick = { fontSize: 12, fill: "var(--chart-axis)" };
const axis = { tick, tickLine: false } as const;
const LINES = [
  { field: "before", stroke: "var(--chart-2)", strokeDasharray: "4 4" },
  { field: "whole", stroke: "var(--chart-1)" },
  { field: "soFar", stroke: "var(--chart-1)", strokeDasharray: "1 4", strokeLinecap: "round" },
] as const;

/** A series over time, dotted to what is still rising, and the one before dashed beside it. A step is told from
 * others by its place: labels come twice, such as hours where clocks go back. */
export function SeriesChart({ points, marks, kind, writing }: Props) {
  const ticks = ticksOf(
    points.flatMap(({ now, before }) => [now, before]),
    kind,
  );
  const drawn = inTwoParts(points);
  return (
    <ResponsiveContainer>
      <LineChart
        data={drawn}
        accessibilityLayer={false}
        margin={{ top: marks.length > 0 ? 20 : 8, right: 24, left: 12 }}
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="place"
          {...axis}
          tickFormatter={(place: number) => points[place]?.label ?? ""}
          interval={Math.max(0, Math.ceil(points.length / LABELS) - 1)}
        />
        <YAxis
          {...axis}
          axisLine={false}
          width="auto"
          tickFormatter={(value: number) => showTick(value, kind, writing)}
          ticks={ticks}
          domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
        />
        <Tooltip
          isAnimationActive={false}
          content={({ payload }) => (
            <Pointed point={payload[0]?.payload as Drawn} {...{ marks, kind, writing }} />
          )}
        />
        {marks.map(({ index, label }) => (
          <ReferenceLine
            key={index}
            x={index}
            stroke="var(--chart-axis)"
            strokeDasharray="2 3"
            label={{ ...tick, value: label, position: "top" }}
          />
        ))}
        {LINES.map(({ field, ...look }) => (
          <Line
            key={field}
            dataKey={field}
            dot={dotOf(drawn, field)}
            {...look}
            strokeWidth={2}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}

type Dot = { cx?: number | string; cy?: number | string; stroke?: string; index: number };

/** A line has no length where what comes before and after is unknown: there it is a dot. */
const dotOf =
  (points: readonly Drawn[], field: "whole" | "soFar" | "before") =>
  ({ cx, cy, stroke, index }: Dot) =>
    isLone(points, field, index) ? (
      <circle key={index} {...{ cx, cy }} r={3} fill={stroke} stroke="none" />
    ) : (
      <g key={index} />
    );

type PointedProps = { point: Drawn | undefined } & Pick<Props, "marks" | "kind" | "writing">;

function Pointed({ point, marks, kind, writing }: PointedProps) {
  if (!point) return null;
  const write = (value: number | null) => showFigure(value, kind, writing);
  const noted = marks.find(({ index }) => index === point.place)?.noted ?? [];
  return (
    <div className="chart-tooltip">
      {point.label}
      {point.isUnderWay && " so far"}: <strong>{write(point.now)}</strong>
      {point.before !== null && ` (before: ${write(point.before)})`}
      {noted.map(({ number, text }) => (
        <div key={number}>
          {number} {text}
        </div>
      ))}
    </div>
  );
}
