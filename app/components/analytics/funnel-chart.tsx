import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

/** How many reached a stage, now and in the period that is compared to. */
export type StageBar = { label: string; now: number; before: number | null; share: string };

const tick = { fontSize: 12, fill: "var(--chart-axis)" };
const SHORT = 18;

/** A stage's name, so long that it fits beside its bar. */
const shortened = (label: string) =>
  label.length > SHORT ? `${label.slice(0, SHORT - 1)}…` : label;

export const FunnelChart = ({ bars }: { bars: StageBar[] }) => (
  <ResponsiveContainer>
    <BarChart
      data={bars}
      layout="vertical"
      accessibilityLayer={false}
      margin={{ top: 8, right: 24 }}
      barGap={1}
    >
      <CartesianGrid horizontal={false} stroke="var(--chart-grid)" />
      <XAxis type="number" tick={tick} tickLine={false} axisLine={false} allowDecimals={false} />
      <YAxis
        type="category"
        dataKey="label"
        tick={tick}
        tickLine={false}
        width={124}
        tickFormatter={shortened}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: "var(--chart-grid)" }}
        content={({ payload }) => <Pointed bar={payload[0]?.payload as StageBar} />}
      />
      <Bar dataKey="now" fill="var(--chart-1)" maxBarSize={24} isAnimationActive={false} />
      {bars.some(({ before }) => before !== null) && (
        <Bar dataKey="before" fill="var(--chart-2)" maxBarSize={12} isAnimationActive={false} />
      )}
    </BarChart>
  </ResponsiveContainer>
);

const Pointed = ({ bar }: { bar: StageBar | undefined }) =>
  bar && (
    <div className="chart-tooltip">
      {bar.label}: <strong>{bar.now.toLocaleString("en")}</strong> ({bar.share} of the first)
      {bar.before !== null && `, before: ${bar.before.toLocaleString("en")}`}
    </div>
  );
