import { randomUUID } from "node:crypto";
import type { FunnelDefinition, FunnelStep, StepKind } from "~/analytics/funnel/steps";
import type { Question } from "~/analytics/report";
import type { Db } from "~/platform/db.server";

export type MadeEvent = { eventId: string; kind: StepKind; at: Date; value: string };
export type MadeSession = {
  sessionId: string;
  visitor: string;
  endedAt: Date;
  events: MadeEvent[];
};
type Facts = { shopId: number; sessionId: string; clientId: string };

/** Adds events of a session. `value` is a page's path, a product's vendor, a query, a checkout's step, or the kind of an
 * engagement. */
export async function addEvents(
  db: Db,
  facts: Facts,
  events: Omit<MadeEvent, "eventId">[],
): Promise<MadeEvent[]> {
  const made = events.map((event) => ({ ...event, eventId: randomUUID() }));
  const people = { ...facts, isBot: false, sampleRate: 1 };
  for (const { kind, at, value, eventId } of made) {
    const row = { ...people, eventId };
    if (kind === "page") await db.pageView.create({ data: { ...row, viewedAt: at, path: value } });
    if (kind === "product")
      await db.productView.create({
        data: { ...row, viewedAt: at, vendor: value, productId: 7n, isRepeat: false },
      });
    if (kind === "search")
      await db.search.create({ data: { ...row, searchedAt: at, query: value, resultCount: 1 } });
    if (kind === "added" || kind === "removed")
      await db.cartAction.create({ data: { ...row, actedAt: at, kind, quantity: 1 } });
    if (kind === "checkout" || kind === "purchase")
      await db.checkoutStep.create({
        data: { ...row, reachedAt: at, step: value || "completed", itemCount: 1n },
      });
    if (kind === "engagement")
      await db.engagement.create({ data: { ...row, engagedAt: at, kind: value } });
  }
  return made;
}

const holds = (step: FunnelStep, { kind, value }: MadeEvent) => {
  const wanted = step.path ?? step.vendor ?? step.query;
  return step.kind === kind && (wanted === undefined || wanted === value);
};

type Unit = { events: MadeEvent[]; endsAt: number };

/** The same as the SQL finds, by looking at each session's or visitor's events one after the other. */
export function naiveFunnel(
  definition: FunnelDefinition,
  sessions: readonly MadeSession[],
  { view: { period }, now }: Question,
) {
  const counts = definition.steps.map(() => ({ reached: 0, open: 0, times: [] as number[] }));
  for (const { events, endsAt } of unitsOf(definition, sessions)) {
    const entry = events.find(
      (event) =>
        event.at >= period.from &&
        event.at < period.to &&
        holds(definition.steps[0] ?? { kind: "page" }, event),
    );
    if (!entry) continue;
    const closes = entry.at.getTime() + definition.windowMinutes * 60_000;
    const taken = [entry];
    for (const step of definition.steps.slice(1)) {
      const from = definition.order === "ordered" ? (taken.at(-1) ?? entry).at : entry.at;
      const next = events.find(
        (event) =>
          event.at >= from &&
          event.at.getTime() <= closes &&
          !taken.includes(event) &&
          holds(step, event),
      );
      if (!next) break;
      taken.push(next);
    }
    for (const [index, event] of taken.entries()) {
      const [count, before] = [counts[index], taken[index - 1]];
      if (!count) continue;
      count.reached += 1;
      if (before) count.times.push(Math.max(0, event.at.getTime() - before.at.getTime()));
    }
    const waiting = counts[taken.length];
    if (waiting && Math.min(closes, endsAt) > now.getTime()) waiting.open += 1;
  }
  return counts.map(({ reached, open, times }) => ({ reached, open, medianTime: median(times) }));
}

/** Each session, or each visitor with the events of all of theirs, in their order. */
function unitsOf({ countedBy }: FunnelDefinition, sessions: readonly MadeSession[]): Unit[] {
  const names = new Set(sessions.map((session) => nameOf(session, countedBy)));
  return [...names].map((name) => {
    const own = sessions.filter((session) => nameOf(session, countedBy) === name);
    const events = own.flatMap((session) => session.events);
    const [first] = own;
    return {
      events: events.sort(
        (one, other) =>
          one.at.getTime() - other.at.getTime() || (one.eventId < other.eventId ? -1 : 1),
      ),
      endsAt: countedBy === "session" && first ? first.endedAt.getTime() + 30 * 60_000 : Infinity,
    };
  });
}

const nameOf = (session: MadeSession, countedBy: FunnelDefinition["countedBy"]) =>
  countedBy === "session" ? session.sessionId : session.visitor;

function median(times: number[]): number | null {
  const sorted = times.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
