import type { Unit } from "../period";
import type { RowOf } from "../report";
import type { RETENTION } from "./definitions";

export type Retention = RowOf<typeof RETENTION.columns>;
export type RetentionUnit = Exclude<Unit, "hour">;

/** People by how many whole days, weeks or months have passed since their first time. */
export type Followed = {
  group: string;
  /** Of those who were active again: that their step is over, so one more than it. */
  passed: number;
  /** In which of these they were active again, from 1; null counts the people themselves. */
  step: number | null;
  /** Not whole where visitors were sampled. */
  people: number;
};

/** How far people are followed. */
export const MOST_STEPS: Record<RetentionUnit, number> = { day: 30, week: 26, month: 24 };

export const retentionUnitOf = (unit: Unit): RetentionUnit => (unit === "hour" ? "day" : unit);

/** The share of each group that came back in each step, of those for whom it is over: who has come only
 * lately is not taken for lost. A step that is over for nobody has no row. */
export function toRetention(followed: readonly Followed[], most: number): Retention[] {
  const groups = [...new Set(followed.map(({ group }) => group))]
    .map((group) => ({ group, own: followed.filter((each) => each.group === group) }))
    .map(({ group, own }) => ({ group, own, size: peopleIn(own, (step) => step === null) }));
  return groups
    .sort((one, other) => other.size - one.size || (one.group < other.group ? -1 : 1))
    .flatMap(({ group, own, size }) => {
      const longest = Math.max(0, ...own.map(({ passed }) => passed - 1));
      return Array.from({ length: Math.min(most, longest) }, (_, index) => {
        const step = index + 1;
        const over = own.filter(({ passed }) => passed > step);
        const observed = peopleIn(over, (each) => each === null);
        const returned = peopleIn(over, (each) => each === step);
        return {
          ...{ group, step, size: Math.round(size), observed: Math.round(observed) },
          ...{ returned: Math.round(returned), share: returned / observed },
          isUnfinished: observed < size,
        };
      });
    });
}

const peopleIn = (followed: readonly Followed[], counts: (step: number | null) => boolean) =>
  followed.filter(({ step }) => counts(step)).reduce((sum, { people }) => sum + people, 0);
