import { BlockStack, Card, InlineStack, Select, Text } from "@shopify/polaris";
import type { Cohort } from "~/analytics/cohorts/cells";
import {
  COHORTS,
  FIRST_NAMES,
  FIRSTS,
  SPLIT_NAMES,
  SPLITS,
  type First,
  type Split,
} from "~/analytics/cohorts/definitions";
import { dayLabel } from "../moments";
import { showFigure } from "./figures";
import { toHeatRows } from "./heat";
import { HeatTable } from "./heat-table";
import { Help } from "./help";
import { periodAsked, useViewAddress } from "./view-address";
import type { ShownView } from "./view-bar";

type Asked = { first: First; split: Split };

/** Chooses what makes a cohort. */
export function CohortChoice({ first, split }: Asked) {
  const { change } = useViewAddress();
  return (
    <Card>
      <InlineStack gap="300">
        <Select
          label="Beginning with the"
          options={FIRST_NAMES.map((value) => ({ value, label: FIRSTS[value].toLowerCase() }))}
          value={first}
          onChange={(picked) => change({ first: picked === "order" ? null : picked })}
        />
        <Select
          label="Split by"
          options={SPLIT_NAMES.map((value) => ({ value, label: SPLITS[value].toLowerCase() }))}
          value={split}
          onChange={(picked) => change({ split: picked === "none" ? null : picked })}
        />
      </InlineStack>
    </Card>
  );
}

type CardProps = { asked: Asked; cells: Cohort[]; cohortUnit: "week" | "month"; view: ShownView };

/** A heat table of each group's cohorts. */
export function CohortsCard({ asked, cells, cohortUnit, view }: CardProps) {
  const groups = [...new Set(cells.map(({ group }) => group))];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="100" blockAlign="center">
          <Text as="h2" variant="headingSm">
            {`Share active in each ${cohortUnit} since the ${FIRSTS[asked.first].toLowerCase()}`}
          </Text>
          <Help column={COHORTS.columns.share} />
        </InlineStack>
        {groups.length === 0 && (
          <Text as="p" tone="subdued">
            {`There was no ${FIRSTS[asked.first].toLowerCase()} of anybody in this period.`}
          </Text>
        )}
        {groups.map((group) => (
          <HeatTable
            key={group}
            report={COHORTS}
            title={titleOf(group, asked, cohortUnit)}
            headings={{
              row: `${FIRSTS[asked.first]} in`,
              size: asked.first === "order" ? "Customers" : "Visitors",
              step: (step) => (step === 0 ? `Same ${cohortUnit}` : `+${step}`),
            }}
            rows={rowsOf(
              cells.filter((cell) => cell.group === group),
              cohortUnit,
            )}
            asked={{ ...periodAsked(view.period), ...asked }}
          />
        ))}
      </BlockStack>
    </Card>
  );
}

const titleOf = (group: string, { split }: Asked, unit: "week" | "month") =>
  split === "none" ? `Cohorts of a ${unit}` : `${SPLITS[split]}: ${group}`;

/** The first step is always everybody: it has no colour. */
const rowsOf = (cells: Cohort[], unit: "week" | "month") =>
  toHeatRows(cells, {
    keyOf: ({ cohort }) => cohort,
    headingOf: ({ cohort }) => dayLabel(cohort, unit),
    sizeOf: ({ size }) => size.toLocaleString("en"),
    textOf: ({ share }) => showFigure(share, "share", { currency: null, timeZone: "UTC" }),
    heatOf: ({ step, share }) => (step === 0 ? null : share),
  });
