import { Prisma } from "@prisma/client";
import { sessionsIn } from "../filters.server";
import { during } from "../rollups/during.server";
import type { NameOf, Rollup, Stretch } from "../rollups/rollup";
import { WEIGHT } from "../weighing.server";
import type { Place } from "./definitions";

/** Into how many columns and rows an element's box is cut. */
export const TENTHS = 10;
/** A row of an element's box, column by column. */
const COLUMNS: readonly string[] = Array.from({ length: TENTHS }, (_, n) => `c${n}`);

const COUNTS = ["clicks", "rage_clicks", "dead_clicks"];

/** People's clicks, of the moment at which their session started, so that a session is counted once. */
const clicked = (asked: Stretch, of: NameOf, place: Place | null): Prisma.Sql => Prisma.sql`
  select ${of(Prisma.sql`s.started_at`)} as of, rollup_value(f.path_template) collate "C" as path_template,
         f.viewport collate "C" as viewport, f.page_type collate "C" as page_type,
         f.element collate "C" as element, f.session_id collate "C" as session_id, f.kind,
         f.relative_x, f.relative_y, f.sample_rate
  from clicks f join sessions s on s.shop_id = f.shop_id and s.session_id = f.session_id
  where f.shop_id = ${asked.shopId}::int and ${during(asked, "f.clicked_at")}
    and ${sessionsIn(asked.shopId, asked, asked.filters)}
    and ${place ? at(place) : Prisma.sql`true`}`;

const at = ({ template, viewport }: Place): Prisma.Sql =>
  Prisma.sql`f.path_template = ${template}::text and f.viewport = ${viewport}::text`;

const countOf = (kind: "click" | "rage" | "dead"): Prisma.Sql =>
  Prisma.sql`coalesce(sum(${WEIGHT}) filter (where kind = ${kind}), 0)`;

/** Clicks by template and layout, summed. */
export const CLICKS: Rollup = {
  ...{ table: "click_rollups", keys: ["path_template", "viewport", "page_type"], sums: COUNTS },
  hasChoices: true,
  facts: (asked, of) => Prisma.sql`
    select of, path_template, viewport, page_type, ${countOf("click")} as clicks,
           ${countOf("rage")} as rage_clicks, ${countOf("dead")} as dead_clicks
    from (${clicked(asked, of, null)}) as clicked group by 1, 2, 3, 4`,
};

/** Clicks by the element, with the sessions that were seen to click it.
 * @param place whose clicks are summed of facts; null for all */
export const elementsOf = (place: Place | null): Rollup => ({
  table: "clicked_element_rollups",
  keys: ["path_template", "viewport", "element"],
  sums: [...COUNTS, "sessions"],
  facts: (asked, of) => Prisma.sql`
    select of, path_template, viewport, element, ${countOf("click")} as clicks,
           ${countOf("rage")} as rage_clicks, ${countOf("dead")} as dead_clicks,
           count(distinct session_id)::float8 as sessions
    from (${clicked(asked, of, place)}) as clicked group by 1, 2, 3, 4`,
});

const tenthOf = (column: string): Prisma.Sql =>
  Prisma.sql`least(floor(${Prisma.raw(column)} * ${TENTHS}::int), ${TENTHS - 1}::int)::int`;

/** Where in elements clicks were: a row for each tenth of an element's height that has any, with its columns.
 * @param place whose clicks are summed of facts; null for all */
export const placesOf = (place: Place | null): Rollup => ({
  table: "clicked_place_rollups",
  keys: ["path_template", "viewport", "element", "tenth"],
  sums: COLUMNS,
  facts: (asked, of) => Prisma.sql`
    select of, path_template, viewport, element, tenth, ${Prisma.join(COLUMNS.map(columnOf))}
    from (
      select of, path_template, viewport, element, ${tenthOf("relative_y")} as tenth,
             ${tenthOf("relative_x")} as place, ${WEIGHT} as weight
      from (${clicked(asked, of, place)}) as clicked
      where kind = 'click' and relative_x is not null and relative_y is not null
    ) as placed group by 1, 2, 3, 4, 5`,
});

const columnOf = (name: string, n: number): Prisma.Sql =>
  Prisma.sql`coalesce(sum(weight) filter (where place = ${n}::int), 0) as ${Prisma.raw(name)}`;

/** The same columns of several rows of `placesOf` added up. */
export const ADDED_PLACES = Prisma.raw(COLUMNS.map((name) => `sum(${name}) as ${name}`).join(", "));

/** The columns of rows of `placesOf`, one by one, as `places(place, clicks)` to be joined laterally. */
export const eachPlace: Prisma.Sql = Prisma.sql`
  unnest(array[${Prisma.join(COLUMNS.map((_, n) => Prisma.sql`${n}::int`))}],
         array[${Prisma.raw(COLUMNS.map((name) => `p.${name}`).join(", "))}]) as places(place, clicks)`;

export const CLICK_ROLLUPS: readonly Rollup[] = [CLICKS, elementsOf(null), placesOf(null)];
