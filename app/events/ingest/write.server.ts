import type { ClientBase } from "pg";
import {
  dateArray,
  int4Array,
  int8Array,
  jsonArray,
  textArray,
  timestamptzArray,
  uuidArray,
} from "~/platform/binary-arrays";
import type { LogEvent } from "../sift";

export type Row = LogEvent & { shopId: number };
export type Written = { tx: string; isNew: boolean[] };

/** Rows of one statement; a place in the log is the statement's number times this, and the row's. */
const ROWS_AT_MOST = 10_000;

/** One statement for many requests. It answers which of its rows are new by their places, which are
 * numbers; their ids would be ten times as long. */
const INSERT = `
  with statement as (
    select nextval('pixel_events_position') * ${ROWS_AT_MOST} as place
  ), appended as (
    insert into pixel_events (shop_id, week, event_id, position, source, name, client_id, customer_id,
                              seq, occurred_at, received_at, payload, request_id)
    select shop_id, week, event_id, place + number, 'pixel', name, client_id, customer_id,
           seq, occurred_at, received_at, payload, request_id
    from statement, unnest($1::int[], $2::date[], $3::text[], $4::text[], $5::text[], $6::bigint[],
                           $7::int[], $8::timestamptz[], $9::timestamptz[], $10::json[], $11::uuid[])
      with ordinality as event (shop_id, week, event_id, name, client_id, customer_id,
                                seq, occurred_at, received_at, payload, request_id, number)
    on conflict (shop_id, week, event_id) do nothing
    returning position
  )
  select pg_current_xact_id()::text as tx, array_agg(position - place)::text as numbers
  from appended, statement`;

/** Appends the rows of many requests in one statement, which is its own transaction.
 * @returns for each row whether it is new; an id that its shop has already is left alone */
export async function writeRows(client: ClientBase, rows: readonly Row[]): Promise<Written> {
  if (rows.length >= ROWS_AT_MOST) throw new RangeError(`${rows.length} rows in one statement`);
  const result = await client.query<{ tx: string; numbers: string | null }>({
    name: "append",
    text: INSERT,
    values: [
      int4Array(rows.map(({ shopId }) => shopId)),
      dateArray(rows.map(({ week }) => week)),
      textArray(rows.map(({ eventId }) => eventId)),
      textArray(rows.map(({ name }) => name)),
      textArray(rows.map(({ clientId }) => clientId)),
      int8Array(rows.map(({ customerId }) => customerId)),
      int4Array(rows.map(({ seq }) => seq)),
      timestamptzArray(rows.map(({ occurredAt }) => occurredAt)),
      timestamptzArray(rows.map(({ receivedAt }) => receivedAt)),
      jsonArray(rows.map(({ payload }) => payload)),
      uuidArray(rows.map(({ requestId }) => requestId)),
    ],
  });
  const [answer] = result.rows;
  const isNew = new Array<boolean>(rows.length).fill(false);
  for (const number of numbersIn(answer?.numbers)) isNew[number - 1] = true;
  return { tx: answer?.tx ?? "", isNew };
}

/** The numbers of `{1,2,5}`. */
const numbersIn = (array: string | null | undefined): number[] =>
  array ? array.slice(1, -1).split(",").map(Number) : [];
