import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import "./charts.css";

/** What a product cost from a moment on, in milliseconds. */
export type PricePoint = { at: number; minMinor: number; maxMinor: number };

type Props = {
  /** Oldest first; the last one ends the lines. */
  points: PricePoint[];
  labelOf: (at: number) => string;
  moneyOf: (minor: number) => string;
};

const tick = { fontSize: 12, fill: "var(--chart-axis)" };

export function PriceChart({ points, labelOf, moneyOf }: Props) {
  const isRange = points.some(({ minMinor, maxMinor }) => minMinor !== maxMinor);
  return (
    <ResponsiveContainer>
      <LineChart data={points} accessibilityLayer={false} margin={{ top: 8, right: 24 }}>
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="at"
          type="number"
          domain={["dataMin", "dataMax"]}
          tick={tick}
          tickLine={false}
          tickCount={4}
          minTickGap={40}
          tickFormatter={labelOf}
        />
        <YAxis
          tick={tick}
          tickLine={false}
          axisLine={false}
          width="auto"
          domain={["auto", "auto"]}
          tickFormatter={moneyOf}
        />
        <Tooltip
          isAnimationActive={false}
          content={({ label }) => (
            <PriceTooltip {...{ labelOf, moneyOf }} point={points.find(({ at }) => at === label)} />
          )}
        />
        {isRange && <Line dataKey="maxMinor" strokeDasharray="4 4" {...line("var(--chart-2)")} />}
        <Line dataKey="minMinor" {...line("var(--chart-1)")} />
      </LineChart>
    </ResponsiveContainer>
  );
}

const line = (colour: string) => ({
  ...{ type: "stepAfter" as const, stroke: colour, strokeWidth: 2 },
  ...{ dot: false, isAnimationActive: false },
});

type TooltipProps = Omit<Props, "points"> & { point: PricePoint | undefined };

const PriceTooltip = ({ point, labelOf, moneyOf }: TooltipProps) =>
  point && (
    <div className="chart-tooltip">
      {labelOf(point.at)}: <strong>{moneyOf(point.minMinor)}</strong>
      {point.maxMinor === point.minMinor ? "" : ` to ${moneyOf(point.maxMinor)}`}
    </div>
  );
