import type { AppContext } from "~/context";
import { isAppError } from "~/platform/errors";
import { defineJob } from "~/platform/jobs.server";
import { DAY } from "~/platform/time";
import { refreshToken } from "./token-refresh.server";

/** A refresh token lives for 90 days. Renewed at half of that, a quiet shop is never locked out. */
const RENEW_BEFORE = 45 * DAY;

export const tokenKeepAlive = defineJob({
  name: "token-keep-alive",
  cron: "23 3 * * *",
  run: (context) => keepTokensAlive(context, new Date()),
});

/** Refreshes the tokens of shops that nobody has visited for weeks; one shop's failure is its own.
 * @returns how many were refreshed */
export async function keepTokensAlive(
  { db, log, shopify }: Pick<AppContext, "db" | "log" | "shopify">,
  now: Date,
): Promise<number> {
  const due = { lte: new Date(now.getTime() + RENEW_BEFORE) };
  const rows = await db.accessToken.findMany({
    where: { refreshExpiresAt: due, shop: { uninstalledAt: null } },
    select: { shopId: true, sessionId: true },
    orderBy: { refreshExpiresAt: "asc" },
  });
  let refreshed = 0;
  for (const row of rows) {
    try {
      const isDue = ({ refreshExpiresAt }: { refreshExpiresAt: Date | null }) =>
        refreshExpiresAt !== null && refreshExpiresAt <= due.lte;
      if (await refreshToken(shopify.tokens, row, isDue)) refreshed++;
    } catch (error) {
      if (!isAppError(error)) throw error;
      log.warn({ shopId: row.shopId, reason: error.message }, "a token was not kept alive");
    }
  }
  return refreshed;
}
