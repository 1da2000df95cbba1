import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useSearchParams } from "@remix-run/react";
import { useState, type ReactNode } from "react";
import type { Column, Report } from "~/analytics/report";
import { FigureTable } from "../figure-table";
import { saveCsv } from "../save-file";
import { showFigure, type Figure, type Writing } from "./figures";
import { withView } from "./view-address";
import "../charts.css";
import "./analytics.css";

type Row = Record<string, Figure>;

type Props<Shown extends Row> = {
  report: Report;
  /** What stands above it, where that is not the report's title. */
  title?: string;
  /** The columns that are shown, in order; the file has all. */
  columns: (keyof Shown & string)[];
  rows: readonly Shown[];
  /** How many rows there are besides, which only the file has. */
  more?: number | undefined;
  keyOf: (row: Shown) => string;
  /** What some columns are called here, other than by their names. */
  headings?: Partial<Record<keyof Shown & string, string>>;
  /** How some columns are shown other than by their kind, such as a link. */
  cells?: Partial<Record<keyof Shown & string, (row: Shown) => ReactNode>>;
  /** What is said where there are no rows. */
  empty?: string;
  /** What its file is asked for besides the view. */
  asked?: Record<string, string>;
  writing: Writing;
};

/** A report as a table, with its file. */
export function ReportTable<Shown extends Row>(props: Props<Shown>) {
  const { report, title = report.title, rows } = props;
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {title}
        </Text>
        <FileButton path={report.path} asked={props.asked ?? {}} label={title} />
      </InlineStack>
      {rows.length === 0 ? (
        <Text as="p" tone="subdued">
          {props.empty ?? "Nothing was counted in this period."}
        </Text>
      ) : (
        <div className="wide-table" tabIndex={0} role="group" aria-label={title}>
          <FigureTable
            label={title}
            {...{ rows, keyOf: props.keyOf }}
            columns={shownColumns(props)}
          />
        </div>
      )}
      {props.more !== undefined && props.more > 0 && (
        <Text as="p" tone="subdued">
          and {props.more.toLocaleString("en")} more, which the CSV file has
        </Text>
      )}
    </BlockStack>
  );
}

export const ReportTableCard = <Shown extends Row>(props: Props<Shown>) => (
  <Card>
    <ReportTable {...props} />
  </Card>
);

const TEXTS: ReadonlySet<string> = new Set(["text", "day", "moment", "flag"]);

const shownColumns = <Shown extends Row>({
  report,
  columns,
  headings,
  cells,
  writing,
}: Props<Shown>) =>
  columns.map((field, index) => {
    const { name, kind }: Column = report.columns[field] ?? {
      name: field,
      kind: "text",
      meaning: "",
    };
    return {
      heading: headings?.[field] ?? name,
      cell: cells?.[field] ?? ((row: Shown) => showFigure(row[field], kind, writing)),
      isNumber: index > 0 && !TEXTS.has(kind), // the first one says what a row is of
    };
  });

type File = { path: string; asked: Record<string, string>; label: string };

/** Saves a report as it is shown. */
export function FileButton({ path, asked, label }: File) {
  const [search] = useSearchParams();
  const [isWhole, setWhole] = useState(true);
  const address = withView(`/app/analytics/file/${path}`, search, asked);
  return (
    <InlineStack gap="200">
      {!isWhole && (
        <Text as="span" tone="subdued">
          The file has the first 100,000 rows; choose fewer days for the rest.
        </Text>
      )}
      <Button
        variant="plain"
        accessibilityLabel={`Download ${label} as CSV`}
        onClick={() => void saveCsv(`${path.replaceAll("/", "-")}.csv`, address).then(setWhole)}
      >
        CSV
      </Button>
    </InlineStack>
  );
}
