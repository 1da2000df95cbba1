import type { ProductStatus } from "~/catalog/statuses";
import { MissingScope } from "./errors";
import type { Scope } from "./scopes";

/** Whether a caller may see what shoppers cannot. */
export const seesHidden = (scopes: readonly Scope[]): boolean =>
  scopes.includes("read_hidden_products");

/** Whose eyes a list is read with: a shopper's, unless a caller that may see more names a status.
 * @throws {MissingScope} the status is one that no shopper sees */
export function visibilityFor(status: ProductStatus | null, scopes: readonly Scope[]) {
  if (status !== null && seesHidden(scopes)) return "merchants";
  if (status === null || status === "ACTIVE") return "shoppers";
  throw new MissingScope("read_hidden_products");
}
