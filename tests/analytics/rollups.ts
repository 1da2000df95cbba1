import fc from "fast-check";
import type { Prisma } from "@prisma/client";

/** What is random of a session; few values, so that many have them in common. */
export type Visit = {
  who: number;
  /** Hours since the first day began, UTC. */
  hour: number;
  minutes: number;
  pages: number;
  kind: number;
  orders: number;
  isBot: boolean;
  rate: number;
};

export const FIRST_DAY = Date.parse("2026-10-20T00:00:00Z");

/** A session; `kind` chooses all that it is told apart by. */
export const sessionOf = (
  shopId: number,
  id: string,
  { who, hour, minutes, pages, kind, orders, isBot, rate }: Visit,
): Prisma.SessionCreateManyInput => {
  const startedAt = new Date(FIRST_DAY + hour * 3_600_000);
  return {
    ...{ shopId, sessionId: id, clientId: `client-${who}`, startedAt },
    visitorId: [null, `client:client-${who}`, `customer:${who % 3}`][kind % 3] ?? null,
    ...{ endedAt: new Date(startedAt.getTime() + minutes * 61_234), eventCount: pages },
    ...{ pageViewCount: pages, number: 1 + (kind % 2), isReturning: kind % 2 === 1 },
    ...{ isBounce: pages === 1 && minutes === 0, orderCount: orders, sampleRate: rate },
    ...{ channel: kind % 2 ? "direct" : "email", utmSource: kind === 4 ? "news" : null },
    ...{ referrerHost: kind === 3 ? "example.com" : null, device: kind ? "mobile" : null },
    ...{ country: kind % 2 ? "CH" : "DE", entryPath: `/${kind}`, exitPath: kind ? "/end" : null },
    botRule: isBot ? "self-declared" : null,
  };
};

export const visits = (rates: readonly number[] = [1]) =>
  fc.record<Visit>({
    who: fc.integer({ min: 1, max: 6 }),
    hour: fc.integer({ min: 0, max: 14 * 24 }),
    minutes: fc.integer({ min: 0, max: 40 }),
    pages: fc.integer({ min: 1, max: 4 }),
    kind: fc.integer({ min: 0, max: 5 }),
    orders: fc.integer({ min: 0, max: 1 }),
    isBot: fc.boolean(),
    rate: fc.constantFrom(...rates),
  });
