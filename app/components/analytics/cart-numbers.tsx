import type { CartNumbers as Numbers } from "~/analytics/carts/abandonment.server";
import {
  CART_ABANDONMENT,
  CART_METRICS,
  CART_VALUE,
  VALUE_METRICS,
} from "~/analytics/carts/definitions";
import type { CartBand, CartValue } from "~/analytics/carts/value.server";
import { CartBands } from "./cart-bands";
import { StepsCard } from "./steps-card";
import { Tiles, type Tile } from "./tiles";
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
  return (
    <>
      <Tiles
        tiles={TILES}
        all={carts.all ?? undefined}
        before={cartsBefore?.all ?? undefined}
        {...{ steps: carts.steps, view, writing }}
      />
      <Tiles
        tiles={VALUE_TILES}
        all={values.all ?? undefined}
        before={valuesBefore?.all ?? undefined}
        {...{ steps: values.steps, view, writing }}
      />
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

const tile = (name: keyof typeof CART_METRICS, of?: (all: Numbers) => string): Tile<Numbers> => ({
  name,
  metric: CART_METRICS[name],
  ...(of ? { of } : {}),
});
const TILES: Tile<Numbers>[] = [
  tile("carts"),
  tile(
    "abandonmentRate",
    ({ abandoned, converted }) => `${count(abandoned)} of ${count(abandoned + converted)} carts`,
  ),
  tile("converted", ({ carts }) => `of ${count(carts)} carts`),
  tile("open", ({ carts }) => `of ${count(carts)} carts`),
  tile("emptied", ({ carts }) => `of ${count(carts)} carts`),
  tile("wasAbandoned", ({ carts }) => `of ${count(carts)} carts`),
  tile("recoveryRate", (all) => `${count(all.recovered)} of ${count(all.wasAbandoned)} carts`),
  tile("medianToAbandon", ({ abandoned }) => `of ${count(abandoned)} carts`),
];

const valueTile = (name: keyof typeof VALUE_METRICS): Tile<CartValue> => ({
  ...{ name, metric: VALUE_METRICS[name] },
  ...(name === "carts" ? {} : { of: ({ carts }) => `of ${count(carts)} carts` }),
});
const VALUE_TILES = [
  ...(["carts", "meanMinor", "medianMinor", "p90Minor"] as const).map(valueTile),
];
