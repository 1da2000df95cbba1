import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import type { CSSProperties } from "react";
import type { Report } from "~/analytics/report";
import type { HeatRow } from "./heat";
import { FileButton } from "./report-table";
import "../charts.css";
import "./analytics.css";
import "./heat-table.css";

type Props = {
  report: Report;
  title: string;
  /** Above the rows' headings, their sizes, and each step. */
  headings: { row: string; size: string; step: (index: number) => string };
  rows: HeatRow[];
  /** What its file is asked for besides the view. */
  asked: Record<string, string>;
};

/** Numbers of cohorts, step by step, as a table whose cells are the darker, the more they are. */
export function HeatTable({ report, title, headings, rows, asked }: Props) {
  const length = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {title}
        </Text>
        <FileButton path={report.path} asked={asked} label={title} />
      </InlineStack>
      <div className="wide-table" tabIndex={0} role="group" aria-label={title}>
        <table className="heat-table" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{headings.row}</th>
              <th scope="col">{headings.size}</th>
              {Array.from({ length }, (_, index) => (
                <th key={index} scope="col">
                  {headings.step(index)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.key} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.some(({ cells }) => cells.some(({ isUnfinished }) => isUnfinished)) && (
        <Text as="p" tone="subdued">
          * unfinished: its time is not over, its number can still change.
        </Text>
      )}
    </BlockStack>
  );
}

const Row = ({ row: { heading, size, cells } }: { row: HeatRow }) => (
  <tr>
    <th scope="row">{heading}</th>
    <td>{size}</td>
    {cells.map(({ text, heat, isUnfinished }, index) => (
      <td
        key={index}
        className={isUnfinished ? "heat is-unfinished" : "heat"}
        style={{ "--heat": `${Math.round(heat * 100)}%` } as CSSProperties}
      >
        {text}
        {isUnfinished && "*"}
      </td>
    ))}
  </tr>
);
