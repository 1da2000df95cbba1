import { isAppError } from "~/platform/errors";
import { refreshToken, type TokenKeeper } from "./token-refresh.server";

/** Replaces a shop's token that Shopify no longer takes before its time. When Shopify refuses that too
 * it is dropped, and nothing is asked of the shop until its merchant opens the app. */
export async function renewRefused(keeper: TokenKeeper, shopId: number): Promise<void> {
  const refused = await keeper.db.accessToken.findMany({
    where: { shopId },
    select: { shopId: true, sessionId: true, expiresAt: true },
  });
  for (const row of refused) {
    const isSame = ({ expiresAt }: { expiresAt: Date | null }) =>
      expiresAt?.getTime() === row.expiresAt?.getTime();
    try {
      await refreshToken(keeper, row, isSame);
    } catch (error) {
      if (!isAppError(error)) throw error;
      keeper.log.warn({ shopId, reason: error.message }, "a refused token was not replaced");
    }
  }
}
