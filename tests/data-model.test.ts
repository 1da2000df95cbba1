import { readFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { FACTS } from "~/projections/tables.server";
import { columnOf } from "~/platform/columns";
import { describeTables } from "../dev/data-model/describe";
import { readTables } from "../dev/data-model/schema";

const DOCUMENT = "docs/data-model.md";
const schema = await readFile("prisma/schema.prisma", "utf8");

test("docs/data-model.md tells of every table and column as they are", async () => {
  const document = await readFile(DOCUMENT, "utf8");
  const options = await resolveConfig(DOCUMENT);

  const written = await format(describeTables(document, schema), {
    ...options,
    filepath: DOCUMENT,
  });

  expect(document).toBe(written); // else: npm run data-model
});

test("a column without a description is found", () => {
  const bad =
    '/// A table.\nmodel Bad {\n  shopId Int @id @map("shop_id")\n  mood Int\n  @@map("bad")\n}';

  expect(() => readTables(bad)).toThrow("bad.mood has no description in schema.prisma");
});

test("every fold writes columns that its table has", () => {
  const tables = new Map(readTables(schema).map(({ name, columns }) => [name, columns]));

  for (const { table, columns } of FACTS)
    expect((tables.get(table) ?? []).map(({ name }) => name)).toEqual(
      expect.arrayContaining(Object.keys(columns).map(columnOf)),
    );
});
