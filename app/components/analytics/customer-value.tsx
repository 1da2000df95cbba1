import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { LTV, RFM } from "~/analytics/customers/definitions";
import type { LifetimeValue } from "~/analytics/customers/ltv";
import type { RfmGroup } from "~/analytics/customers/rfm";
import { dayLabel } from "../moments";
import { showFigure, type Writing } from "./figures";
import { toHeatRows } from "./heat";
import { HeatTable } from "./heat-table";
import { Help } from "./help";
import { ReportTableCard } from "./report-table";
import { periodAsked } from "./view-address";
import type { ShownView } from "./view-bar";

type LifetimeProps = { rows: LifetimeValue[]; view: ShownView; writing: Writing };

/** What customers brought until so many months after their first order. */
export function LifetimeCard({ rows, view, writing }: LifetimeProps) {
  const revenueOf = (row: LifetimeValue) =>
    showFigure(row.revenuePerCustomerMinor, "money", writing);
  const shown = toHeatRows(rows, {
    keyOf: ({ cohort }) => cohort,
    headingOf: ({ cohort }) => dayLabel(cohort, "month"),
    sizeOf: ({ customers }) => customers.toLocaleString("en"),
    textOf: (row) =>
      row.isUnfinished
        ? `${revenueOf(row)} (${showFigure(row.observedShare, "share", writing)})`
        : revenueOf(row),
    heatOf: ({ revenuePerCustomerMinor }) => revenuePerCustomerMinor,
  });
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="100" blockAlign="center">
          <Text as="h2" variant="headingSm">
            Lifetime value
          </Text>
          <Help column={LTV.columns.revenuePerCustomerMinor} />
        </InlineStack>
        <Text as="p" tone="subdued">
          Revenue of a customer until so many months after the first order. Where only a part of the
          month&apos;s customers has been one for so long, it is of that part, whose share stands
          beside it.
        </Text>
        {rows.length === 0 ? (
          <Text as="p" tone="subdued">
            Nobody ordered for the first time in this period.
          </Text>
        ) : (
          <HeatTable
            report={LTV}
            title="Revenue per customer by month of the first order"
            headings={{ row: "First order", size: "Customers", step: monthsAfter }}
            rows={shown}
            asked={periodAsked(view.period)}
          />
        )}
      </BlockStack>
    </Card>
  );
}

const monthsAfter = (months: number) => (months === 0 ? "First order" : `${months} mo`);

const GROUP_COLUMNS: (keyof RfmGroup)[] = [
  ...(["group", "rule", "customers", "customerShare"] as const),
  ...(["orders", "revenueMinor", "revenueShare"] as const),
];

type GroupsProps = { rows: RfmGroup[]; view: ShownView; writing: Writing };

/** Who the customers are, by rules that can be read. */
export const GroupsCard = ({ rows, view, writing }: GroupsProps) => (
  <ReportTableCard
    report={RFM}
    title="Customer groups at the end of the period"
    columns={GROUP_COLUMNS}
    rows={rows}
    keyOf={({ group }) => group}
    cells={{ rule: ({ rule }) => <div style={{ minWidth: "14em" }}>{rule}</div> }}
    asked={periodAsked(view.period)}
    writing={writing}
  />
);
