/** The most rows of a table that has no pages. */
export const MOST_SHOWN = 100;

/** What a table without pages shows of its rows, and how many there are besides. */
export const beginningOf = <Row>(rows: readonly Row[]): { rows: Row[]; more: number } => ({
  rows: rows.slice(0, MOST_SHOWN),
  more: Math.max(0, rows.length - MOST_SHOWN),
});
