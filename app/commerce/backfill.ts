import { InvalidInput } from "~/platform/errors";
import { DAY, MINUTE, SECOND } from "~/platform/time";

/** How far back `read_orders` reaches. */
export const DAYS_WITHOUT_ALL_ORDERS = 60;
const ALL_ORDERS = "read_all_orders";

/** Since when orders are fetched; null for all.
 * @param days how many, or all of them; as many as the scopes allow when left out
 * @throws {InvalidInput} more is asked for than the shop has granted */
export function sinceOf(
  { scopes }: { scopes: readonly string[] },
  now: Date,
  days?: number | "all",
): Date | null {
  const isAll = scopes.includes(ALL_ORDERS);
  const wanted = days ?? (isAll ? "all" : DAYS_WITHOUT_ALL_ORDERS);
  if (!isAll && (wanted === "all" || wanted > DAYS_WITHOUT_ALL_ORDERS))
    throw new InvalidInput(
      `orders older than ${DAYS_WITHOUT_ALL_ORDERS} days want the scope ${ALL_ORDERS}, which the shop has not granted`,
    );
  return wanted === "all" ? null : new Date(now.getTime() - wanted * DAY);
}

/** A bulk operation as Shopify tells of it. */
export type Operation = {
  status: string;
  errorCode: string | null;
  objectCount: number;
  rootObjectCount: number;
  url: string | null;
};

/** What an operation's state asks for: to wait, to read its result, or to start another one. */
export type Move =
  | { kind: "wait" }
  | { kind: "read"; url: string }
  | { kind: "done" }
  | { kind: "restart"; why: string };

/** @param operation null when Shopify knows none by the id, as after some days */
export function moveFor(operation: Operation | null): Move {
  if (!operation) return { kind: "restart", why: "Shopify has forgotten the bulk operation" };
  const { status, errorCode, objectCount, url } = operation;
  if (["CREATED", "RUNNING", "CANCELING"].includes(status)) return { kind: "wait" };
  if (status !== "COMPLETED")
    return { kind: "restart", why: `the bulk operation ended as ${errorCode ?? status}` };
  if (url !== null) return { kind: "read", url };
  return objectCount === 0
    ? { kind: "done" }
    : { kind: "restart", why: "the bulk operation's result has expired" };
}

/** How long to leave an operation alone: short ones are over soon, long ones take hours. */
export const pauseAfter = (startedAt: Date, now: Date): number =>
  Math.min(MINUTE, Math.max(2 * SECOND, (now.getTime() - startedAt.getTime()) / 20));
