import fc from "fast-check";
import pg from "pg";
import { expect } from "vitest";
import * as arrays from "~/platform/binary-arrays";
import { test as base } from "../database";

const test = base.extend<{ $file: { client: pg.Client } }>({
  client: [
    async ({ dbUrl }, use) => {
      const client = new pg.Client(dbUrl);
      await client.connect();
      await use(client);
      await client.end();
    },
    { scope: "file" },
  ],
});

/** What PostgreSQL reads from a binary array, as JSON. */
async function read(client: pg.Client, array: Buffer, type: string): Promise<unknown> {
  const sql = `select to_json($1::${type}[]) as value`;
  return (await client.query<{ value: unknown }>(sql, [array])).rows[0]?.value;
}

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const textOf = fc.string({ unit: "grapheme" }).filter((text) => !/\0|\p{Surrogate}/u.test(text));

test("numbers, texts and ids arrive as they are, nulls among them", async ({ client }) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(orNull(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))),
      fc.array(orNull(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }).map(String))),
      fc.array(orNull(textOf)),
      fc.array(orNull(fc.uuid())),
      async (int4s, int8s, texts, uuids) => {
        expect(await read(client, arrays.int4Array(int4s), "int")).toEqual(int4s);
        expect(await read(client, arrays.int8Array(int8s), "bigint[]::text")).toEqual(int8s);
        expect(await read(client, arrays.textArray(texts), "text")).toEqual(texts);
        expect(await read(client, arrays.uuidArray(uuids), "uuid")).toEqual(uuids);
      },
    ),
    { numRuns: 100 },
  );
});

test("moments arrive to the millisecond, days as days, before 2000 and after", async ({
  client,
}) => {
  const moment = fc.date({
    min: new Date("1970-01-01"),
    max: new Date("2120-01-01"),
    noInvalidDate: true,
  });
  await client.query("set time zone 'UTC'");
  await fc.assert(
    fc.asyncProperty(fc.array(moment), async (moments) => {
      const days = moments.map((each) => each.toISOString().slice(0, 10));
      const found = (await read(
        client,
        arrays.timestamptzArray(moments),
        "timestamptz",
      )) as string[];
      expect(found.map((each) => Date.parse(each))).toEqual(moments.map(Number));
      expect(await read(client, arrays.dateArray(days), "date")).toEqual(days);
    }),
    { numRuns: 100 },
  );
});

test("JSON arrives as it was written", async ({ client }) => {
  const values = ['{"a":1}', '"ü – 漢字 – 🙂"', "null"];

  const expected = values.map((each) => JSON.parse(each) as unknown);
  expect(await read(client, arrays.jsonArray(values), "json")).toEqual(expected);
  expect(await read(client, arrays.jsonbArray([...values, null]), "jsonb")).toEqual([
    ...expected,
    null,
  ]);
});

test("truths and single-precision numbers arrive as they are, nulls among them", async ({
  client,
}) => {
  const numbers = [0, -1.5, Math.fround(0.1), 3.4e38, null].map(
    (each) => each && Math.fround(each),
  );
  const truths = [true, null, false];

  const found = (await read(client, arrays.float4Array(numbers), "real")) as (number | null)[];
  expect(found.map((each) => each && Math.fround(each))).toEqual(numbers);
  expect(await read(client, arrays.boolArray(truths), "boolean")).toEqual(truths);
});
