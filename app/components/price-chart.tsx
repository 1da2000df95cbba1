import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import "./sessions-card.css";

/** What a product cost from a moment on, in milliseconds. */
export type PricePoint = { at: number; minMinor: number; maxMinor: number };

type Props = {
  /** Oldest first; the last one ends the lines. */
  points: PricePoint[];
  labelOf: (at: number) => string;
  moneyOf: (minor: number) => string;
};

/** Blue and orange of the Okabe-Ito palette: told apart by every kind of colour vision. */
const [BLUE, ORANGE] = ["#0072b2", "#d55e00"];
const tick = { fontSize: 12, fill: "#616161" };

export function PriceChart({ points, labelOf, moneyOf }: Props) {
  const isRange = points.some(({ minMinor, maxMinor }) => minMinor !== maxMinor);
  return (
    <ResponsiveContainer>
      <LineChart data={points} accessibilityLayer={false} margin={{ top: 8, right: 24 }}>
        <CartesianGrid vertical={false} stroke="#ebebeb" />
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
        {isRange && <Line dataKey="maxMinor" strokeDasharray="4 4" {...line(ORANGE)} />}
        <Line dataKey="minMinor" {...line(BLUE)} />
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
