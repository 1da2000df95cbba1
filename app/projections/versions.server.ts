import type { Sql } from "~/platform/sql.server";
import { ORDERS_VERSION } from "./orders.server";
import { FACTS } from "./tables.server";
import { VISITS_VERSION } from "./timeline";

/** Raised when what is made of a visitor's sessions and orders changes: visitors, carts, checkouts,
 * interactions, user features. */
const VISITORS_VERSION = 2;

/** Folds of one version of visits have numbers below the next. */
const FOLDS_A_VERSION = 1_000;

/** Every projection by its version. A shop that an earlier one was used on is folded anew. */
export const VERSIONS: ReadonlyMap<string, number> = new Map([
  ["orders", ORDERS_VERSION],
  ...FACTS.map(({ table, version }): [string, number] => [
    table,
    VISITS_VERSION * FOLDS_A_VERSION + version,
  ]),
  ["visitors", VISITORS_VERSION],
]);

/** Notes by which versions a shop's tables were made.
 * @param projections their names */
export const recordVersions = (
  sql: Sql,
  shopId: number,
  projections: readonly string[],
): Promise<unknown> =>
  sql.run(
    `insert into projection_versions (shop_id, projection, version)
     select $1::int, * from unnest($2::text[], $3::int[])
     on conflict (shop_id, projection) do update set version = excluded.version`,
    [shopId, projections, projections.map((name) => VERSIONS.get(name) ?? 0)],
  );

/** A shop of which nothing was folded until now is folded by these versions from its first entry on. */
export const enterShops = (sql: Sql, shopIds: readonly number[]): Promise<unknown> =>
  sql.run(
    `insert into projection_versions (shop_id, projection, version)
     select shops.id, v.projection, v.version
     from shops cross join unnest($2::text[], $3::int[]) as v(projection, version)
     where shops.id = any($1::int[])
       and not exists (select from projection_versions p where p.shop_id = shops.id)
     on conflict (shop_id, projection) do nothing`,
    [shopIds, [...VERSIONS.keys()], [...VERSIONS.values()]],
  );

/** The projections of shops that were made by an earlier version, or not at all yet. */
export async function projectionsBehind(
  sql: Pick<Sql, "rows">,
  versions = VERSIONS,
): Promise<Map<number, string[]>> {
  const rows = await sql.rows<{ shopId: number; projections: string[] }>(
    `select shop_id as "shopId", array_agg(v.projection order by v.projection) as projections
     from (select distinct shop_id from projection_versions) as s
     cross join unnest($1::text[], $2::int[]) as v(projection, version)
     left join projection_versions p using (shop_id, projection)
     where p.version is null or p.version < v.version
     group by shop_id order by shop_id`,
    [[...versions.keys()], [...versions.values()]],
  );
  return new Map(rows.map(({ shopId, projections }) => [shopId, projections]));
}
