import { Prisma } from "@prisma/client";
import type { Database } from "~/platform/db.server";
import { MOST_PAGES } from "~/projections/journey";
import { FILTER_NAMES } from "../filters";
import { sessionsIn } from "../filters.server";
import { askWithMemory } from "../memory.server";
import type { Question } from "../report";
import { askRollups, type PartsOf } from "../rollups/reading.server";
import type { Rollup } from "../rollups/rollup";
import type { Tiling } from "../rollups/tiles";
import { WEIGHT } from "../weighing.server";
import { mayBeListed } from "./commonest.server";
import { begins, counted, listed, type Listing, type NamedRow, type Row } from "./listing.server";
import { PATH_JOURNEY_ROLLUP, PATHS, pathJourneysTo } from "./path-rollup.server";

/** Journeys by path. Nearly every longer one is another's, so to add up all that is kept of a long period takes as long
 * as to count its sessions; but few are common, and those are found by what is kept of the common ones. */
export async function journeysByPath(
  db: Database,
  question: Question,
  asked: Listing,
): Promise<Row[]> {
  if (!isKept(question, asked)) return askWithMemory<Row>(db, fromSessions(question, asked));
  const ask = (sums: (asked: Asking) => Prisma.Sql) =>
    askRollups<NamedRow>(db, { question, steps: [] }, (partsOf, tilingOf) =>
      isMostlyKept(tilingOf(PATH_JOURNEY_ROLLUP))
        ? listed(sums({ ...asked, partsOf, shopId: question.shopId }), asked)
        : fromSessions(question, asked),
    );
  if (asked.direction === "entry") {
    const found = await ask(commonest);
    if (found.length > asked.limit && areWhole(found)) return found;
  }
  const found = await ask(addedUp);
  return areWhole(found) ? found : askWithMemory<Row>(db, fromSessions(question, asked));
}

/** Only whole journeys are kept, and only of all sessions. */
const isKept = ({ view: { filters } }: Question, { length }: Listing): boolean =>
  length === MOST_PAGES && FILTER_NAMES.every((name) => filters[name] === undefined);

/** Whether most of a period's time is kept: to put many sessions together, there is no better way than to count them. */
const isMostlyKept = ({ tiles, live }: Tiling): boolean => timeOf(tiles) > timeOf(live);

const timeOf = (stretches: Tiling["live"]): number =>
  stretches.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);

const areWhole = (rows: NamedRow[]): rows is Row[] => rows.every(({ length }) => length !== null);

type Asking = Listing & { partsOf: PartsOf; shopId: number };

const fromSessions = (question: Question, asked: Listing): Prisma.Sql =>
  listed(counted(byPaths(question, asked), asked), asked);

/** Each session of a question by the paths of its pages, as many as it keeps of them: `pages, weight, bought`. */
function byPaths({ shopId, view }: Question, { direction }: Listing): Prisma.Sql {
  const paths = Prisma.raw(`s.${PATHS[direction]}`);
  return Prisma.sql`
    select ${paths} as pages, ${WEIGHT} as weight, ${WEIGHT} * (s.stage = 5)::int as bought
    from sessions s where ${sessionsIn(shopId, view.period, view.filters)} and ${paths} is not null`;
}

/** Every journey that begins as it should, with the sums of its rows. */
const addedUp = (asking: Asking): Prisma.Sql => Prisma.sql`
  select pages collate "default" as pages, level = 'cut' as is_cut, weight, bought, everyone
  from (
    select level, part.pages, sum(sessions) as weight, sum(purchases) as bought,
           sum(sum(sessions)) filter (where level = 'rate') over () as everyone
    from ${asking.partsOf(pathJourneysTo([asking.direction]))} as part
    where direction = ${asking.direction}::text
      and (level = 'rate' or level = 'cut' or (level = 'whole' and ${begins(asking)}))
    group by level, part.pages
  ) as journey where level <> 'rate'`;

/** The commonest journeys, with the sums of their rows; nothing where they are not certain to be the commonest. Of a day
 * and of longer spans only rows of several sessions are read, and then those of one for what may be in the list: of any
 * other, each such span has one session at most, of its highest weight. */
const commonest = (asking: Asking): Prisma.Sql => Prisma.sql`
  with read as materialized (
    select level, part.pages, case when level = 'rate' then unit end as unit,
           case when level = 'rate' then starts_at end as starts_at,
           sum(sessions) as sessions, sum(purchases) as purchases,
           max(sessions / row_count) as weight
    from ${asking.partsOf(bySpan(pathJourneysTo([asking.direction])))} as part
    where direction = ${asking.direction}::text
      and (level = 'rate' or unit = 'hour' or row_count > 1)
    group by level, part.pages, 3, 4
  ), long_span as materialized (
    select unit, starts_at, max(weight) as weight
    from read where level = 'rate' and unit <> 'hour' group by unit, starts_at
  ), total as materialized (
    select (select coalesce(sum(weight), 0) from long_span) as hidden,
           (select sum(sessions) from read where level = 'rate') as everyone
  ), known as materialized (
    select level, pages, level = 'cut' as is_cut, sessions as least, purchases as bought
    from read where level = 'cut' or (level = 'whole' and ${begins(asking)})
  ), candidate as materialized (
    ${mayBeListed(asking, { known: Prisma.sql`known`, hidden: Prisma.sql`(select hidden from total)` })}
  ), of_one as (
    select candidate.level, candidate.pages, row_of_one.*
    from candidate cross join long_span cross join lateral (
      select sessions, purchases from path_journey_rollups k
      where k.shop_id = ${asking.shopId}::int and k.unit = long_span.unit
        and k.starts_at = long_span.starts_at and k.direction = ${asking.direction}::text
        and k.level = candidate.level and k.pages = candidate.pages and k.row_count = 1 limit 1
    ) as row_of_one
  )
  select pages collate "default" as pages, level = 'cut' as is_cut, sum(weight) as weight,
         sum(bought) as bought, (select everyone from total) as everyone
  from (
    select level, pages, least as weight, bought from candidate
    union all select level, pages, sessions, purchases from of_one
  ) as journey group by level, pages`;

/** A rollup's rows with the spans that they are of; what is not kept is as rows of an hour, all of which are read. */
const bySpan = (rollup: Rollup): Rollup => ({
  ...rollup,
  keys: ["unit", "starts_at", ...rollup.keys],
  facts: (stretch, of) => Prisma.sql`
    select of, 'hour'::text as unit, ${stretch.from}::timestamptz as starts_at, direction, level,
           pages, row_count, sessions, purchases
    from (${rollup.facts(stretch, of)}) as facts`,
});
