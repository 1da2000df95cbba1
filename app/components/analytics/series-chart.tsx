import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";

/** A step of a chart: a number now, and of the period that is compared to. Null draws nothing. */
export type Point = { label: string; now: number | null; before: number | null };

type Props = {
  points: Point[];
  write: (value: number) => string;
  /** The axis has whole numbers alone. */
  isWhole: boolean;
};

const LABELS = 7;
const tick = { fontSize: 12, fill: "var(--chart-axis)" };
const line = { strokeWidth: 2, dot: false, isAnimationActive: false } as const;

/** A series over time, and the one before dashed beside it. */
export const SeriesChart = ({ points, write, isWhole }: Props) => (
  <ResponsiveContainer>
    <LineChart data={points} accessibilityLayer={false} margin={{ top: 8, right: 24 }}>
      <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
      <XAxis
        dataKey="label"
        tick={tick}
        tickLine={false}
        allowDuplicatedCategory
        interval={Math.max(0, Math.ceil(points.length / LABELS) - 1)}
      />
      <YAxis
        tick={tick}
        tickLine={false}
        axisLine={false}
        width={64}
        tickFormatter={write}
        allowDecimals={!isWhole}
      />
      <Tooltip
        isAnimationActive={false}
        content={({ payload }) => <Pointed point={payload[0]?.payload as Point} write={write} />}
      />
      <Line dataKey="before" stroke="var(--chart-2)" strokeDasharray="4 4" {...line} />
      <Line dataKey="now" stroke="var(--chart-1)" {...line} />
    </LineChart>
  </ResponsiveContainer>
);

const Pointed = ({ point, write }: { point: Point | undefined; write: Props["write"] }) =>
  point && (
    <div className="chart-tooltip">
      {point.label}: <strong>{point.now === null ? "–" : write(point.now)}</strong>
      {point.before !== null && ` (before: ${write(point.before)})`}
    </div>
  );
