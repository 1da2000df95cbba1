import type { Db } from "~/platform/db.server";
import { NotFound } from "~/platform/errors";
import { requestSync, type SyncReason } from "./sync-state.server";
import { lastNightly } from "./sync-time";

/** A shop whose products the app may read. */
type Readable = {
  id: number;
  domain: string;
  timeZone: string | null;
  installedAt: Date;
  /** When a sync was last asked for. */
  askedAt: Date | null;
};

const readableShops = (db: Db) => db.$queryRaw<Readable[]>`
  select id, domain, time_zone as "timeZone", installed_at as "installedAt",
         (select max(started_at) from catalog_syncs where shop_id = shops.id) as "askedAt"
  from shops
  where uninstalled_at is null and shopify_id is not null and 'read_products' = any(scopes)
  order by domain`;

/** Asks for a sync of every shop that was installed, or has had its night, since the last one.
 * @returns the shops */
export async function requestDueSyncs(db: Db, now: Date): Promise<number[]> {
  const requested: number[] = [];
  for (const shop of await readableShops(db)) {
    const reason = reasonFor(shop, now);
    if (reason && (await requestSync(db, shop.id, { reason, now }))) requested.push(shop.id);
  }
  return requested;
}

function reasonFor({ askedAt, ...shop }: Readable, now: Date): SyncReason | null {
  if (!askedAt || askedAt < shop.installedAt) return "install";
  return askedAt < lastNightly(shop, now) ? "nightly" : null;
}

/** Which shops' syncs were asked for, and which were under way already; by domain. */
export type Requested = { requested: string[]; underWay: string[] };

/** Asks for a sync of one shop, or of every shop whose products the app may read.
 * @throws {NotFound} the one shop is none of these */
export async function requestSyncs(
  db: Db,
  { shop: wanted, now }: { shop: string | undefined; now: Date },
): Promise<Requested> {
  const all = await readableShops(db);
  const shops = all.filter(({ domain }) => wanted === undefined || domain === wanted);
  if (wanted !== undefined && shops.length === 0)
    throw new NotFound(`no shop "${wanted}" has the app installed and lets it read products`);
  const answer: Requested = { requested: [], underWay: [] };
  for (const { id, domain } of shops) {
    const isNew = await requestSync(db, id, { reason: "api", now });
    answer[isNew ? "requested" : "underWay"].push(domain);
  }
  return answer;
}
