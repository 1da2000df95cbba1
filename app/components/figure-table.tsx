import type { ReactNode } from "react";
import "./charts.css";
import "./figure-table.css";

export type Column<Row> = {
  heading: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
};

type Props<Row> = {
  /** What the table tells, for those who cannot see what surrounds it. */
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
};

/** A plain table that fits on a phone: words wrap, numbers stand on the right. */
export const FigureTable = <Row,>({ label, columns, rows, keyOf }: Props<Row>) => (
  <table className="figure-table" aria-label={label}>
    <thead>
      <tr>
        {columns.map(({ heading, isNumber }) => (
          <th key={heading} scope="col" className={isNumber ? "is-number" : undefined}>
            {heading}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={keyOf(row)}>
          {columns.map(({ heading, cell, isNumber }) => (
            <td key={heading} className={isNumber ? "is-number" : undefined}>
              {cell(row)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
