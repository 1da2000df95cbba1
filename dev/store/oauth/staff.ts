import type { Platform } from "../platform";
import { STAFF_MEMBER } from "./id-token";
import type { StaffMember } from "./tokens";

/** The one person who works in a shop: its owner, whom every id token is made for.
 * @throws {Error} for a domain that is not one of the stand-in's shops */
export function staffOf({ shops }: Platform, domain: string): StaffMember {
  const shop = shops.find((shop) => shop.domain === domain);
  if (!shop) throw new Error(`no shop "${domain}" here`);
  return {
    ...{ id: STAFF_MEMBER, first_name: "Sam", last_name: "Owner" },
    ...{ email: `owner@${shop.handle}.example`, email_verified: true },
    ...{ account_owner: true, locale: shop.locale, collaborator: false },
  };
}
