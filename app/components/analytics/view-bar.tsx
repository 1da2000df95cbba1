import {
  Banner,
  BlockStack,
  Box,
  InlineStack,
  Select,
  Tag,
  Text,
  TextField,
} from "@shopify/polaris";
import type { Annotation } from "~/analytics/annotations/annotations.server";
import { COMPARISON_NAMES, COMPARISONS, type Comparison } from "~/analytics/comparison";
import { FILTER_NAMES, FILTERS, type Filters } from "~/analytics/filters";
import { unitOf, UNITS, type Period, type Unit } from "~/analytics/period";
import { longMoment } from "../moments";
import type { Shown } from "../shown";
import { useViewAddress } from "./view-address";

const PERIODS = [
  { label: "Today", value: "today" },
  { label: "Yesterday", value: "yesterday" },
  { label: "Last 7 days", value: "7d" },
  { label: "Last 30 days", value: "30d" },
  { label: "Last 90 days", value: "90d" },
  { label: "Last 365 days", value: "365d" },
  { label: "Other days", value: "custom" },
];
const AGAINST = [
  { label: "Nothing", value: "" },
  ...COMPARISONS.map((value) => ({ value, label: COMPARISON_NAMES[value] })),
];

/** A view with its moments as ISO timestamps. */
export type ShownView = {
  period: { preset: Period["preset"]; timeZone: string; days: string[]; to: string };
  unit: Unit;
  comparison: { kind: Comparison } | null;
  filters: Filters;
  /** When it was looked at. */
  now: string;
  /** Since when what came in is still being counted, where it is. */
  waitingSince: string | null;
  /** What happened in the period; left out by pages without a series. */
  annotations?: Shown<Annotation>[];
};

type Props = {
  view: ShownView;
  /** What the page has no use for. */
  without?: readonly ("steps" | "comparison")[];
};

/** Chooses what a page shows, and says whose days are meant. */
export function ViewBar({ view, without = [] }: Props) {
  const { change } = useViewAddress();
  const { period, unit, comparison, filters } = view;
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <BlockStack gap="200">
        <InlineStack gap="300" blockAlign="end">
          <Select
            label="Period"
            options={PERIODS}
            value={period.preset}
            onChange={(picked) => change(toPeriod(picked, period.days))}
          />
          {period.preset === "custom" && <Days days={period.days} />}
          {!without.includes("steps") && (
            <Select
              label="In steps of a"
              options={UNITS.filter((each) => fits(each, period.days.length))}
              value={unit}
              onChange={(picked) => change({ unit: picked === unitOf(period) ? null : picked })}
            />
          )}
          {!without.includes("comparison") && (
            <Select
              label="Compared to"
              options={AGAINST}
              value={comparison?.kind ?? ""}
              onChange={(picked) => change({ compare: picked || null })}
            />
          )}
        </InlineStack>
        <Chosen filters={filters} />
        <Text as="p" tone="subdued">
          Days in your shop&apos;s time zone, {period.timeZone.replaceAll("_", " ")}
        </Text>
        {view.waitingSince !== null && (
          <Banner tone="info">
            {`What came in since ${longMoment(view.waitingSince, period.timeZone)} is still being counted.`}
          </Banner>
        )}
      </BlockStack>
    </Box>
  );
}

const toPeriod = (picked: string, days: readonly string[]) =>
  picked === "custom"
    ? { period: null, unit: null, from: days[0] ?? null, to: days.at(-1) ?? null }
    : { period: picked, unit: null, from: null, to: null };

/** Neither thousands of steps nor less than one. */
const fits = (unit: Unit, days: number): boolean =>
  ({ hour: days <= 7, day: days <= 370, week: days > 7, month: days > 31 })[unit];

function Days({ days }: { days: string[] }) {
  const { change } = useViewAddress();
  const [first = "", last = first] = [days[0], days.at(-1)];
  const fields = { type: "date", autoComplete: "off" } as const;
  const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);
  return (
    <>
      <TextField
        {...fields}
        label="From"
        value={first}
        max={last}
        onChange={(day) => isDay(day) && change({ from: day, to: day > last ? day : last })}
      />
      <TextField
        {...fields}
        label="To"
        value={last}
        min={first}
        onChange={(day) => isDay(day) && change({ from: day < first ? day : first, to: day })}
      />
    </>
  );
}

/** What the page is narrowed down to, each to be taken away again. */
function Chosen({ filters }: { filters: Filters }) {
  const { change } = useViewAddress();
  const names = FILTER_NAMES.filter((name) => filters[name] !== undefined);
  if (names.length === 0) return null;
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span">Only sessions of</Text>
      {names.map((name) => (
        <Tag key={name} onRemove={() => change({ [name]: null })}>
          {`${FILTERS[name]}: ${filters[name]}`}
        </Tag>
      ))}
    </InlineStack>
  );
}
