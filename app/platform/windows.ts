import { SECOND } from "./time";

/** How much of something a caller may have in a window of time. */
export type Limit = { count: number; seconds: number };

/** What is left to a caller, as the standard headers tell it. */
export type Allowance = {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  resetSeconds: number;
};

const KEYS_AT_MOST = 200_000;

/** Counts by key in windows of fixed length: the first count starts a key's window with the others'.
 * Lives in this process alone: n processes allow up to n times as much.
 * @param now the time in milliseconds */
export function createWindows({ count, seconds }: Limit) {
  let counts = new Map<string, number>();
  let ends = 0;

  return function spend(key: string, amount: number, now: number): Allowance {
    if (now >= ends || counts.size >= KEYS_AT_MOST) {
      counts = new Map();
      ends = now + seconds * SECOND;
    }
    const spent = counts.get(key) ?? 0;
    const isAllowed = spent + amount <= count || spent === 0; // one alone always has its turn
    if (isAllowed) counts.set(key, spent + amount);
    const remaining = Math.max(0, count - spent - (isAllowed ? amount : 0));
    return { isAllowed, limit: count, remaining, resetSeconds: Math.ceil((ends - now) / SECOND) };
  };
}
export type Spend = ReturnType<typeof createWindows>;

/** The headers that tell a caller of its limit.
 * @see draft-ietf-httpapi-ratelimit-headers */
export const limitHeaders = ({ isAllowed, limit, remaining, resetSeconds }: Allowance) => ({
  "RateLimit-Limit": String(limit),
  "RateLimit-Remaining": String(remaining),
  "RateLimit-Reset": String(resetSeconds),
  ...(isAllowed ? {} : { "Retry-After": String(resetSeconds) }),
});
