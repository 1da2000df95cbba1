import { InvalidInput } from "~/platform/errors";
import { ALERT_KINDS, type AlertKind } from "./rules";

/** Which page of the alerts is asked for. */
export type FeedAsked = {
  /** The last alert of the page before; digits. */
  after: string | null;
  limit: number;
  /** Null for every kind. */
  kind: AlertKind | null;
};

const LIMIT = 50;
const LIMIT_AT_MOST = 250;

/** Reads `after`, `limit` and `kind` of an address; what is not there is the newest fifty of all kinds.
 * @throws {InvalidInput} saying what was wanted */
export function parseFeed(search: URLSearchParams): FeedAsked {
  const [after, limit, kind] = ["after", "limit", "kind"].map((name) => search.get(name) || null);
  if (after && !/^\d{1,18}$/.test(after))
    throw new InvalidInput(`after must be a cursor that was given, got "${after}"`);
  const count = limit ? Number(limit) : LIMIT;
  if (!(Number.isInteger(count) && count >= 1 && count <= LIMIT_AT_MOST))
    throw new InvalidInput(`limit must be 1 to ${LIMIT_AT_MOST}, got "${limit}"`);
  const known = ALERT_KINDS.find((each) => each === kind) ?? null;
  if (kind && !known)
    throw new InvalidInput(`kind must be one of ${ALERT_KINDS.join(", ")}, got "${kind}"`);
  return { after: after ?? null, limit: count, kind: known };
}
