import { InvalidInput } from "~/platform/errors";
import { isScope, SCOPE_NAMES, type Scope } from "./scopes";

/** What a merchant asks for; `days` is null for a token that never ends. */
export type TokenWish = { name: string; scopes: Scope[]; days: number | null };

export const EXPIRY_DAYS = [30, 90, 365] as const;
const LONGEST_NAME = 60;

/** Reads a form's `name`, `scope` (once for each) and `days` (`never` for no end).
 * @throws {InvalidInput} */
export function parseTokenWish(form: FormData): TokenWish {
  const name = textOf(form.get("name"));
  if (name === "" || name.length > LONGEST_NAME)
    throw new InvalidInput(`name must have 1 to ${LONGEST_NAME} letters, got ${name.length}`);
  const scopes = form.getAll("scope").map(textOf);
  if (scopes.length === 0 || !scopes.every(isScope))
    throw new InvalidInput(
      `scope must be some of ${SCOPE_NAMES.join(", ")}, got "${scopes.join()}"`,
    );
  return { name, scopes: [...new Set(scopes)], days: parseDays(textOf(form.get("days"))) };
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value.replaceAll("\0", "").trim() : "";

function parseDays(text: string): number | null {
  if (text === "never") return null;
  const days = EXPIRY_DAYS.find((each) => String(each) === text);
  if (days) return days;
  throw new InvalidInput(`days must be one of ${EXPIRY_DAYS.join(", ")} or never, got "${text}"`);
}

/** Why a token lets nobody in; null when it does. */
export function refusalOf(
  { expiresAt, revokedAt }: { expiresAt: Date | null; revokedAt: Date | null },
  now: Date,
): "revoked" | "expired" | null {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : null;
}
