/** The types that columns have, as PostgreSQL names them. */
export type SqlType =
  "text" | "int" | "bigint" | "real" | "boolean" | "timestamptz" | "jsonb" | "uuid";

/** The columns of rows by their fields; a column is its field in snake_case. */
export type Columns<Row extends object> = { [Field in keyof Row & string]: SqlType };

/** `viewedAt` as a column: `viewed_at`. */
export const columnOf = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
