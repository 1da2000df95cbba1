import { BlockStack, Card, Text } from "@shopify/polaris";
import type { Capture, CaptureBy } from "~/analytics/capture";
import { DEFINITIONS } from "~/analytics/definitions";
import { FigureTable, type Column } from "./figure-table";

const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const showRate = (rate: number | null) => (rate === null ? "–" : percent.format(rate));

const number = (heading: string, of: (row: CaptureBy) => number): Column<CaptureBy> => ({
  ...{ heading, isNumber: true, cell: (row) => of(row).toLocaleString("en") },
});
const RATE: Column<CaptureBy> = {
  ...{ heading: "Rate", isNumber: true, cell: ({ rate }) => showRate(rate) },
};
const FIGURES = [number("Orders", ({ all }) => all), number("Seen", ({ seen }) => seen), RATE];

/** How much of the shop's trade the pixel sees, in the period. */
export const CaptureCard = ({ total }: { total: Capture }) => (
  <Card>
    <BlockStack gap="100">
      <Text as="h2" variant="headingSm">
        {DEFINITIONS.capture.name}
      </Text>
      <Text as="p" variant="heading2xl" numeric>
        {showRate(total.rate)}
      </Text>
      <Text as="p" tone="subdued">
        {DEFINITIONS.capture.meaning}
      </Text>
      <Text as="p">{inWords(total)}</Text>
    </BlockStack>
  </Card>
);

function inWords({ all, seen, webhook, backfill, import: imported, before }: Capture): string {
  if (all === 0) return "No orders were placed.";
  const parts = [
    [seen, "seen by the pixel"],
    [webhook, "known by webhook only"],
    [backfill, "found by a backfill"],
    [imported, "imported"],
    [before, "from before the first visit"],
  ] as const;
  const told = parts.filter(([count]) => count > 0);
  const said = told.map(([count, how]) => `${count.toLocaleString("en")} ${how}`);
  return `${all.toLocaleString("en")} ${all === 1 ? "order" : "orders"}: ${said.join(", ")}.`;
}

const DATE = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", month: "short", day: "numeric" });

/** With a space that does not break. */
const dayName = (day: string) => DATE.format(new Date(`${day}T00:00:00Z`)).replace(" ", "\u00a0");

const BY_DAY: Column<CaptureBy>[] = [
  { heading: "Day", cell: ({ key }) => dayName(key) },
  ...FIGURES.slice(0, 2),
  number("Webhook only", ({ webhook }) => webhook),
  number("Backfilled", ({ backfill, import: imported }) => backfill + imported),
  RATE,
];

/** Every day of the period, the latest first, and what became of its orders. */
export const CaptureByDayCard = ({ days }: { days: CaptureBy[] }) => (
  <TableCard title="Capture rate by day" columns={BY_DAY} rows={days.toReversed()} />
);

type By = { heading: string; rows: CaptureBy[]; names?: Readonly<Record<string, string>> };

/** The same by what is known of the shoppers. */
export const CaptureByCard = ({ heading, rows, names = {} }: By) => (
  <TableCard
    title={`Capture rate by ${heading.toLowerCase()}`}
    columns={[{ heading, cell: ({ key }) => names[key] ?? key }, ...FIGURES]}
    rows={rows}
  />
);

type Table = { title: string; columns: Column<CaptureBy>[]; rows: CaptureBy[] };

const TableCard = ({ title, columns, rows }: Table) => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingSm">
        {title}
      </Text>
      <FigureTable label={title} columns={columns} rows={rows} keyOf={({ key }) => key} />
    </BlockStack>
  </Card>
);
