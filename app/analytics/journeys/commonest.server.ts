import { Prisma } from "@prisma/client";
import { placeBefore, type Listing } from "./listing.server";

/** Chooses the journeys that may be in a list by what is known of them. At least as many sessions went on each as are
 * known, and at most `hidden` more; on one that is not known at all went at most `hidden`. So what has not even with
 * those as many as the last of the list has without them is not in it. The sessions are rounded in a list, which one
 * session's distance makes up for.
 * @param known a relation of journeys: `is_cut, least` and whatever else is wanted of them; those that do not begin as
 * they should are left out
 * @param hidden a number
 * @returns nothing, where one that is not known may be in the list, or the list may not be full */
export function mayBeListed(
  asked: Pick<Listing, "limit" | "cursor">,
  { known, hidden }: { known: Prisma.Sql; hidden: Prisma.Sql },
): Prisma.Sql {
  const before = placeBefore(asked);
  const [isBeyond, mayBeBeyond] = before
    ? [
        Prisma.sql`(is_cut or least + ${hidden} <= ${before[0]}::int - 1)`,
        Prisma.sql`(is_cut or least <= ${before[0]}::int + 1)`,
      ]
    : [Prisma.sql`true`, Prisma.sql`true`];
  return Prisma.sql`
    select known.* from ${known} as known, (
      select least - 1 as enough from ${known} as known where ${isBeyond}
      order by least desc limit 1 offset ${asked.limit}
    ) as last
    where ${hidden} < enough and least + ${hidden} >= enough and ${mayBeBeyond}`;
}
