import type { Database } from "~/platform/db.server";
import { acceptLinkCode, makeLinkCode, revokeLink } from "../store-links.server";
import { parseAction } from "./decide";
import { decide } from "./decide.server";

/** Does what a form of the page says: of listings, or of other stores.
 * @returns the code to enter in the other store, when one was asked for
 * @throws {InvalidInput} the form says nothing that can be done */
export async function actOnMatches(
  db: Database,
  { shopId, form }: { shopId: number; form: FormData },
  now: Date,
): Promise<{ code: string | null }> {
  const action = parseAction(form);
  switch (action.kind) {
    case "make-code":
      return { code: await makeLinkCode(db, shopId, now) };
    case "accept-code":
      await acceptLinkCode(db.pool, { shopId, code: action.code }, now);
      break;
    case "revoke-link":
      await revokeLink(db.pool, { shopId, domain: action.domain });
      break;
    default:
      await decide(db.pool, { shopId, action }, now);
  }
  return { code: null };
}
