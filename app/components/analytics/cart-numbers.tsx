import { InlineGrid } from "@shopify/polaris";
import type { CartNumbers as Numbers } from "~/analytics/carts/abandonment.server";
import {
  CART_ABANDONMENT,
  CART_METRICS,
  CART_VALUE,
  VALUE_METRICS,
} from "~/analytics/carts/definitions";
import type { CartBand, CartValue } from "~/analytics/carts/value.server";
import { CartBands } from "./cart-bands";
import { MetricTile } from "./metric-tile";
import { StepsCard } from "./steps-card";
import type { ShownView } from "./view-bar";

/** All of them, and by step. */
type Told<Row> = { all: Row | null; steps: Row[] };

export type CartsShown = {
  carts: Told<Numbers>;
  cartsBefore: Told<Numbers> | null;
  values: Told<CartValue>;
  valuesBefore: Told<CartValue> | null;
  bands: CartBand[];
};
type Props = CartsShown & { view: ShownView; currency: string | null };

const TILES = [
  ...(["carts", "abandonmentRate", "converted", "open"] as const),
  ...(["recoveryRate", "medianToAbandon"] as const),
];
const VALUE_TILES = ["meanMinor", "medianMinor"] as const;
const COLUMNS: (keyof Numbers)[] = [
  ...(["of", "carts", "open", "emptied", "abandoned", "converted"] as const),
  ...(["abandonmentRate", "recovered", "recoveryRate", "medianToAbandon"] as const),
];
const VALUE_COLUMNS: (keyof CartValue)[] = [
  ...([
    "of",
    "carts",
    "meanMinor",
    "medianMinor",
    "p90Minor",
    "otherCurrency",
    "unpriced",
  ] as const),
];

/** What became of carts and what they were worth: as a whole and over time. */
export function CartNumbers(props: Props) {
  const { carts, cartsBefore, values, valuesBefore, bands, view, currency } = props;
  const writing = { currency, timeZone: view.period.timeZone };
  const parts = carts.all ? partsOf(carts.all) : {};
  return (
    <>
      <InlineGrid columns={{ xs: 2, md: 4 }} gap={{ xs: "200", md: "400" }}>
        {TILES.map((name) => (
          <MetricTile
            key={name}
            metric={CART_METRICS[name]}
            value={carts.all?.[name] ?? null}
            before={cartsBefore?.all?.[name]}
            {...(parts[name] === undefined ? {} : { of: parts[name] })}
            series={carts.steps.map((step) => step[name])}
            writing={writing}
          />
        ))}
        {VALUE_TILES.map((name) => (
          <MetricTile
            key={name}
            metric={VALUE_METRICS[name]}
            value={values.all?.[name] ?? null}
            before={valuesBefore?.all?.[name]}
            of={`of ${count(values.all?.carts ?? 0)} carts`}
            series={values.steps.map((step) => step[name])}
            writing={writing}
          />
        ))}
      </InlineGrid>
      <StepsCard
        {...{ view, writing, steps: carts.steps, before: cartsBefore?.steps ?? null }}
        report={CART_ABANDONMENT}
        metric={CART_METRICS.abandonmentRate}
        field="abandonmentRate"
        columns={COLUMNS}
      />
      <StepsCard
        {...{ view, writing, steps: values.steps, before: valuesBefore?.steps ?? null }}
        report={CART_VALUE}
        metric={VALUE_METRICS.meanMinor}
        field="meanMinor"
        columns={VALUE_COLUMNS}
      />
      <CartBands {...{ bands, writing }} total={values.all} />
    </>
  );
}

const count = (value: number) => value.toLocaleString("en");

/** What each number is a part of. */
function partsOf(all: Numbers): Partial<Record<(typeof TILES)[number], string>> {
  return {
    abandonmentRate: `${count(all.abandoned)} of ${count(all.abandoned + all.converted)} carts`,
    converted: `of ${count(all.carts)} carts`,
    open: `of ${count(all.carts)} carts`,
    recoveryRate: `${count(all.recovered)} of ${count(all.wasAbandoned)} carts`,
    medianToAbandon: `of ${count(all.abandoned)} carts`,
  };
}
