import type { ReactNode } from "react";
import { BlockStack, Card, Select } from "@shopify/polaris";
import { DIMENSION_NAMES, DIMENSIONS, FILTERS, type Dimension } from "~/analytics/filters";
import type { Report } from "~/analytics/report";
import type { Figure, Writing } from "./figures";
import { ReportTableCard } from "./report-table";
import { useViewAddress } from "./view-address";

type Props<Shown> = {
  report: Report;
  /** What is told apart, in a heading. */
  what: string;
  columns: (keyof Shown & string)[];
  rows: readonly Shown[];
  more: number;
  by: Dimension;
  /** What its file is asked for besides the view and the dimension. */
  asked?: Record<string, string>;
  writing: Writing;
};

/** A report by a dimension that is picked; a value of it narrows the page down. */
export function Parts<Shown extends { of: string } & Record<string, Figure>>(props: Props<Shown>) {
  const { by, what, asked = {}, ...table } = props;
  const { change } = useViewAddress();
  const cells: Partial<Record<string, (row: Shown) => ReactNode>> = Object.hasOwn(FILTERS, by)
    ? { of: ({ of }) => <Narrow name={by} of={of} /> }
    : {};
  return (
    <BlockStack gap="200">
      <Card>
        <Select
          label="Told apart by"
          options={DIMENSION_NAMES.map((value) => ({ value, label: DIMENSIONS[value] }))}
          value={by}
          onChange={(picked) => change({ by: picked })}
        />
      </Card>
      <ReportTableCard
        {...table}
        headings={{ of: DIMENSIONS[by] } as Partial<Record<keyof Shown & string, string>>}
        title={`${what} by ${DIMENSIONS[by].toLowerCase()}`}
        keyOf={({ of }) => of}
        cells={cells}
        asked={{ ...asked, by }}
      />
    </BlockStack>
  );
}

/** A value that the page can be narrowed down to. */
export function Narrow({ name, of }: { name: Dimension; of: string }) {
  const { change } = useViewAddress();
  return (
    <button type="button" className="Polaris-Link" onClick={() => change({ [name]: of })}>
      {of}
    </button>
  );
}
