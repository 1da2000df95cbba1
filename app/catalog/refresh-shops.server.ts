import { Prisma } from "@prisma/client";
import type { Db } from "~/platform/db.server";

/** A shop whose products can be asked for; `currency` is ISO 4217. */
export type RefreshShop = { id: number; domain: string; currency: string };

/** Holds for a shop `s` that is installed, has granted its products and has a token that may live. */
export const CAN_BE_ASKED = Prisma.sql`
  s.uninstalled_at is null and s.currency is not null
  and s.scopes && '{read_products,write_products}'::text[]
  and exists (select from access_tokens t where t.shop_id = s.id)`;

/** The shops with hints that are to be asked for now. */
export const shopsWithHints = (db: Db, now: Date): Promise<RefreshShop[]> =>
  db.$queryRaw<RefreshShop[]>`
    select s.id, s.domain, s.currency from shops s
    where ${CAN_BE_ASKED} and exists (
      select from catalog_refreshes r
      where r.shop_id = s.id and (r.wait_until is null or r.wait_until <= ${now}::timestamptz))`;
