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
import { inTwoParts, isLone, type Drawn, type Point } from "./series";

type Props = {
  points: Point[];
  /** The steps at which something happened. */
  marks: readonly Mark[];
  write: (value: number) => string;
  /** The axis has whole numbers alone. */
  isWhole: boolean;
};

const LABELS = 7;
const tick = { fontSize: 12, fill: "var(--chart-axis)" };
const axis = { tick, tickLine: false } as const;
const line = { strokeWidth: 2, isAnimationActive: false } as const;

/** A series over time, dotted to what is still rising, and the one before dashed beside it. A step is told from
 * others by its place: labels come twice, such as hours where clocks go back. */
export function SeriesChart({ points, marks, write, isWhole }: Props) {
  const drawn = inTwoParts(points, ({ now }) => now);
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
          tickFormatter={write}
          allowDecimals={!isWhole}
          domain={[0, isFlat(points) ? 1 : "auto"]}
        />
        <Tooltip
          isAnimationActive={false}
          content={({ payload }) => (
            <Pointed point={payload[0]?.payload as Drawn} {...{ marks, write }} />
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
        <Line
          dataKey="before"
          stroke="var(--chart-2)"
          strokeDasharray="4 4"
          dot={dotOf(drawn, "before")}
          {...line}
        />
        <Line dataKey="whole" stroke="var(--chart-1)" dot={dotOf(drawn, "whole")} {...line} />
        <Line
          dataKey="soFar"
          stroke="var(--chart-1)"
          strokeDasharray="1 4"
          strokeLinecap="round"
          dot={dotOf(drawn, "soFar")}
          {...line}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}

/** Nothing but zeros would be drawn on an axis up to 4, which is 400 % of a rate. */
const isFlat = (points: Point[]) => points.every(({ now, before }) => !now && !before);

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

type PointedProps = { point: Drawn | undefined } & Pick<Props, "marks" | "write">;

function Pointed({ point, marks, write }: PointedProps) {
  if (!point) return null;
  const noted = marks.find(({ index }) => index === point.place)?.noted ?? [];
  return (
    <div className="chart-tooltip">
      {point.label}
      {point.isUnderWay && " so far"}:{" "}
      <strong>{point.now === null ? "–" : write(point.now)}</strong>
      {point.before !== null && ` (before: ${write(point.before)})`}
      {noted.map(({ number, text }) => (
        <div key={number}>
          {number} {text}
        </div>
      ))}
    </div>
  );
}
