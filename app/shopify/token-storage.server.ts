import { randomName } from "~/platform/crypto.server";
import type { Session } from "@shopify/shopify-api";
import type { Db } from "~/platform/db.server";
import { isAppError } from "~/platform/errors";
import { toRow, toSession } from "./sealed-tokens.server";
import {
  isNearlyExpired,
  refreshToken,
  type KeptToken,
  type TokenKeeper,
} from "./token-refresh.server";

/** What the Shopify library wants of the place where tokens are kept. */
export type TokenStorage = {
  storeSession(session: Session): Promise<boolean>;
  loadSession(id: string): Promise<Session | undefined>;
  deleteSession(id: string): Promise<boolean>;
  deleteSessions(ids: string[]): Promise<boolean>;
  findSessionsByShop(shop: string): Promise<Session[]>;
};

/** Keeps access tokens sealed in PostgreSQL, and hands out only such as live for a while yet. */
export function createTokenStorage(keeper: TokenKeeper): TokenStorage {
  const { db } = keeper;
  const deleteSessions = async (ids: string[]) => {
    const shop = { domain: { in: ids.map(domainOf) } };
    await db.accessToken.deleteMany({ where: { shop, sessionId: { in: ids } } });
    return true;
  };
  return {
    storeSession: (session) => store(keeper, session),
    loadSession: (id) => load(keeper, id),
    deleteSession: (id) => deleteSessions([id]),
    deleteSessions,
    async findSessionsByShop(domain) {
      const rows = await db.accessToken.findMany({
        where: { shop: { domain } },
        include: { shop: { select: { domain: true } } },
      });
      return rows.flatMap((row) => open(keeper, row) ?? []);
    },
  };
}

/** The shop in the id that the library gives to a session without a user. */
const domainOf = (sessionId: string): string => sessionId.replace(/^offline_/, "");

/** The library stores a session without its token when Shopify refused that token: it is dropped,
 * unless another has taken its place meanwhile. */
async function store({ db, sealer }: TokenKeeper, session: Session): Promise<boolean> {
  if (!session.accessToken) {
    const { id: sessionId, shop: domain, expires } = session;
    const refused = { shop: { domain }, sessionId, expiresAt: expires ?? null };
    await db.accessToken.deleteMany({ where: refused });
    return true;
  }
  await db.$transaction(async (tx) => {
    const shopId = await install(tx, session.shop);
    const row = toRow(session, shopId, sealer);
    await tx.accessToken.upsert({
      where: { shopId_sessionId: { shopId, sessionId: row.sessionId } },
      create: row,
      update: row,
    });
  });
  return true;
}

/** The shop's id. A shop that had no token is newly installed, whether it never was before, or its
 * uninstallation was heard of, or is yet to be. */
async function install(db: Db, domain: string): Promise<number> {
  const pixelKey = randomName();
  const [shop] = await db.$queryRaw<{ id: number }[]>`
    insert into shops as s (domain, pixel_key) values (${domain}, ${pixelKey})
    on conflict (domain) do update set
      uninstalled_at = null,
      installed_at = case when exists (select from access_tokens t where t.shop_id = s.id)
                          then s.installed_at else now() end
    returning id`;
  if (!shop) throw new Error(`inserting ${domain} returned no row`);
  return shop.id;
}

async function load(keeper: TokenKeeper, id: string): Promise<Session | undefined> {
  const row = await keeper.db.accessToken.findFirst({
    where: { shop: { domain: domainOf(id) }, sessionId: id },
    include: { shop: { select: { domain: true } } },
  });
  const session = row && open(keeper, row);
  if (!row || !session || !isNearlyExpired(row, new Date())) return session ?? undefined;
  const current = await refreshOrKeep(keeper, row);
  return current && open(keeper, current);
}

/** While Shopify cannot be reached, a token is used to its last minute. */
async function refreshOrKeep(keeper: TokenKeeper, row: KeptToken): Promise<KeptToken | undefined> {
  try {
    return await refreshToken(keeper, row, (current) => isNearlyExpired(current, new Date()));
  } catch (error) {
    const isStillValid = row.expiresAt !== null && row.expiresAt > new Date();
    if (!isStillValid || !isAppError(error)) throw error;
    keeper.log.warn({ shop: row.shop.domain, reason: error.message }, "kept a token in use");
    return row;
  }
}

/** A token that cannot be opened is as good as none: the shop's next visit brings a new one. */
function open({ sealer, log }: TokenKeeper, row: KeptToken): Session | undefined {
  try {
    return toSession(row, row.shop.domain, sealer);
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.error({ shop: row.shop.domain, reason: error.message }, "an access token does not open");
    return undefined;
  }
}
