import { Prisma } from "@prisma/client";
import { z } from "zod";
import { readCursor, writeCursor } from "~/platform/cursor.server";
import type { Db } from "~/platform/db.server";
import type { Question, RowOf, Told } from "../report";
import { PAGE_PARAMETERS, serve } from "../serve";
import { ANNOTATIONS } from "./definitions";

export type Annotation = RowOf<typeof ANNOTATIONS.columns>;

const PARAMETERS = {
  of: z
    .enum(["period", "all"])
    .default("period")
    .describe("Those of the period, or all that there are, also of days to come."),
  ...PAGE_PARAMETERS,
};
type Asked = { of: "period" | "all"; limit: number; cursor?: string | undefined };

const PLACE = z.tuple([z.iso.datetime(), z.uuid()]);

/** A page of what happened, the newest first. */
export async function annotations(
  db: Db,
  { shopId, view: { period } }: Question,
  { of, limit, cursor }: Asked,
): Promise<Told<Annotation>> {
  const within = Prisma.sql`"startsAt" >= ${period.from}::timestamptz
    and "startsAt" < ${period.to}::timestamptz`;
  const found = await db.$queryRaw<Annotation[]>`
    with noted as (
      select annotation_id::text as "annotationId", day is not null as "isWholeDay", kind, text,
             coalesce(at, day::timestamp at time zone ${period.timeZone}::text) as "startsAt",
             made_by as "madeBy"
      from annotations where shop_id = ${shopId}::int
    )
    select *, to_char("startsAt" at time zone ${period.timeZone}::text, 'YYYY-MM-DD') as day
    from noted where ${of === "all" ? Prisma.sql`true` : within} and ${before(cursor)}
    order by "startsAt" desc, "annotationId" desc limit ${limit + 1}::int`;
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    rows,
    next: last ? writeCursor([last.startsAt.toISOString(), last.annotationId]) : null,
  };
}

function before(cursor: string | undefined): Prisma.Sql {
  if (cursor === undefined) return Prisma.sql`true`;
  const [startsAt, id] = readCursor(cursor, PLACE);
  return Prisma.sql`("startsAt", "annotationId") < (${startsAt}::timestamptz, ${id}::text)`;
}

export const ANNOTATION_REPORTS = [serve(ANNOTATIONS, PARAMETERS, annotations)];
