import { readTables, type Table } from "./schema";

export const BEGINS = "<!-- from schema.prisma, by npm run data-model -->";

/** Puts the tables of a Prisma schema in place of what stands below the mark in a document. */
export function describeTables(document: string, schema: string): string {
  const [preface = ""] = document.split(BEGINS);
  return (
    [`${preface.trimEnd()}\n\n${BEGINS}`, ...readTables(schema).map(describe)].join("\n\n") + "\n"
  );
}

const describe = ({ name, about, key, columns }: Table): string =>
  [
    `## ${name}`,
    `${about} Key: ${key.map((column) => `\`${column}\``).join(", ")}.`,
    [
      "| column | type | what it tells |\n| --- | --- | --- |",
      ...columns.map(
        ({ name, type, isNullable, about }) =>
          `| \`${name}\` | ${type}${isNullable ? " or null" : ""} | ${about} |`,
      ),
    ].join("\n"),
  ].join("\n\n");
