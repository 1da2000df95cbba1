/** PostgreSQL's binary form of one-dimensional arrays, which its driver passes on as parameters: half
 * the work for both sides compared with arrays as text.
 * @see PostgreSQL's source, src/backend/utils/adt/arrayfuncs.c, array_recv */

const HEAD_BYTES = 20;
/** An array without elements has no dimension, so its head ends before that. */
const EMPTY_BYTES = 12;
const NULL_LENGTH = -1;
const EPOCH_MS = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

/** The types' object ids, the same on every server. */
const OID = {
  ...{ bool: 16, int8: 20, int4: 23, text: 25, json: 114, float4: 700 },
  jsonb: 3802,
  ...{ date: 1082, timestamptz: 1184, uuid: 2950 },
};

type Numeric = readonly (number | null)[];

export const int4Array = (values: Numeric): Buffer =>
  fixedArray(OID.int4, 4, values, (buffer, value, at) => buffer.writeInt32BE(value, at));

/** @param values whole numbers, as such or as digits */
export const int8Array = (values: readonly (string | number | null)[]): Buffer =>
  fixedArray(OID.int8, 8, values, (buffer, value, at) => buffer.writeBigInt64BE(BigInt(value), at));

export const float4Array = (values: Numeric): Buffer =>
  fixedArray(OID.float4, 4, values, (buffer, value, at) => buffer.writeFloatBE(value, at));

export const boolArray = (values: readonly (boolean | null)[]): Buffer =>
  fixedArray(OID.bool, 1, values, (buffer, value, at) => buffer.writeUInt8(Number(value), at));

/** @param values days as YYYY-MM-DD */
export const dateArray = (values: readonly string[]): Buffer =>
  fixedArray(OID.date, 4, values, (buffer, value, at) =>
    buffer.writeInt32BE((Date.parse(value) - EPOCH_MS) / DAY_MS, at),
  );

/** Moments to the millisecond; PostgreSQL counts microseconds, as two halves of 32 bits here. */
export const timestamptzArray = (values: readonly (Date | null)[]): Buffer =>
  fixedArray(OID.timestamptz, 8, values, (buffer, value, at) => {
    const microseconds = (value.getTime() - EPOCH_MS) * 1_000;
    const high = Math.floor(microseconds / 2 ** 32);
    buffer.writeInt32BE(high, at);
    buffer.writeUInt32BE(microseconds - high * 2 ** 32, at + 4);
  });

/** @param values hexadecimal, with or without hyphens */
export const uuidArray = (values: readonly (string | null)[]): Buffer =>
  fixedArray(OID.uuid, 16, values, (buffer, value, at) =>
    buffer.write(value.replaceAll("-", ""), at, 16, "hex"),
  );

export const textArray = (values: readonly (string | null)[]): Buffer =>
  stringArray(OID.text, values);
export const jsonArray = (values: readonly string[]): Buffer => stringArray(OID.json, values);
/** @param values JSON; PostgreSQL wants the number of its format's version before each */
export const jsonbArray = (values: readonly (string | null)[]): Buffer =>
  stringArray(
    OID.jsonb,
    values.map((value) => (value === null ? null : `\u0001${value}`)),
  );

function fixedArray<Value>(
  oid: number,
  width: number,
  values: readonly (Value | null)[],
  write: (buffer: Buffer, value: Value, at: number) => unknown,
): Buffer {
  const nulls = values.reduce<number>((count, value) => count + Number(value === null), 0);
  const size = HEAD_BYTES + values.length * 4 + (values.length - nulls) * width;
  const buffer = withHead(Buffer.allocUnsafe(size), oid, values.length);
  let at = HEAD_BYTES;
  for (const value of values) {
    at = buffer.writeInt32BE(value === null ? NULL_LENGTH : width, at);
    if (value === null) continue;
    write(buffer, value, at);
    at += width;
  }
  return finished(buffer, values);
}

function stringArray(oid: number, values: readonly (string | null)[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + (value ? Buffer.byteLength(value) : 0), 0);
  const size = HEAD_BYTES + values.length * 4 + bytes;
  const buffer = withHead(Buffer.allocUnsafe(size), oid, values.length);
  let at = HEAD_BYTES;
  for (const value of values) {
    const length = value === null ? NULL_LENGTH : buffer.write(value, at + 4, "utf8");
    buffer.writeInt32BE(length, at);
    at += 4 + Math.max(length, 0);
  }
  return finished(buffer, values);
}

const finished = (buffer: Buffer, { length }: ArrayLike<unknown>) =>
  length === 0 ? buffer.subarray(0, EMPTY_BYTES) : buffer;

function withHead(buffer: Buffer, oid: number, length: number): Buffer {
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0); // dimensions
  buffer.writeInt32BE(1, 4); // may hold nulls
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16); // the first index
  return buffer;
}
