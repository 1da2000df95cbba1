import { REASONS, type Reason } from "../steps";

/** Events of a period by what became of them, from one origin and with one of the shop's keys. */
export type Counted = { outcome: string; origin: string; key: string; events: number };

/** Everything besides an event's own refusal that keeps it out. */
const OUTSIDE = ["too_many", "overloaded", "unavailable", "dropped_by_browser"] as const;
export type Missing = Reason | (typeof OUTSIDE)[number];

/** Where events came from. */
export type Source = { origin: string; key: string; accepted: number; duplicate: number };

/** What came in, and what did not. */
export type Intake = {
  accepted: number;
  /** Came again, and were counted once: lost answers, and whoever plays old traffic back. */
  duplicate: number;
  missing: { why: Missing; events: number }[];
  sources: Source[];
};

/** Sums what was counted: what is missing most first, the busiest sources first. */
export function toIntake(counts: readonly Counted[]): Intake {
  const sumOf = (outcome: string) => sum(counts.filter((count) => count.outcome === outcome));
  return {
    accepted: sumOf("accepted"),
    duplicate: sumOf("duplicate"),
    missing: [...REASONS, ...OUTSIDE]
      .map((why) => ({ why, events: sumOf(why) }))
      .filter(({ events }) => events > 0)
      .sort((one, other) => other.events - one.events),
    sources: toSources(counts),
  };
}

function toSources(counts: readonly Counted[]): Source[] {
  const sources = new Map<string, Source>();
  for (const { outcome, origin, key, events } of counts) {
    if (outcome !== "accepted" && outcome !== "duplicate") continue;
    const id = `${origin} ${key}`;
    const source = sources.get(id) ?? { origin, key, accepted: 0, duplicate: 0 };
    source[outcome] += events;
    sources.set(id, source);
  }
  const size = ({ accepted, duplicate }: Source) => accepted + duplicate;
  return [...sources.values()].sort((one, other) => size(other) - size(one));
}

const sum = (counts: readonly Counted[]) => counts.reduce((total, { events }) => total + events, 0);
