import { dayAt } from "~/platform/calendar";
import { daysFrom, stepsOf, type Period, type Unit } from "../period";
import type { RowOf } from "../report";
import type { COHORTS } from "./definitions";

export type Cohort = RowOf<typeof COHORTS.columns>;

/** People of a cohort who were active in a step after it; in its own, 0, all of them were. */
export type Active = {
  /** The cohort's place among the steps, from 0. */
  cohort: number;
  group: string;
  step: number;
  /** Not whole where visitors were sampled. */
  people: number;
};

/** How far a cohort is followed, in steps. */
export const MOST_STEPS = 26;

/** A cohort is of a week at least: in a day there are too few. */
export const cohortUnitOf = (unit: Unit): "week" | "month" => (unit === "month" ? unit : "week");

/** The steps from a period's first day until now.
 * @returns when each begins, the last one that has begun being the last */
export function stepsUntil(period: Period, unit: Unit, now: Date): Date[] {
  const { timeZone, days } = period;
  const today = dayAt(now, timeZone);
  const [first = today] = days;
  const until = daysFrom(first, today < first ? first : today, timeZone);
  return stepsOf({ preset: "custom", ...until }, unit);
}

/** Every cell of every cohort: of each step that has begun, also of those in which nobody was active.
 * @param starts of steps, the last one under way
 * @param timeZone the shop's */
export function toCohorts(
  starts: readonly Date[],
  active: readonly Active[],
  timeZone: string,
): Cohort[] {
  const known = new Map(active.map((each) => [keyOf(each), each.people]));
  const current = starts.length - 1;
  return active
    .filter(({ step }) => step === 0)
    .sort((one, other) => one.cohort - other.cohort || other.people - one.people)
    .flatMap(({ cohort, group, people: size }) => {
      const start = starts[cohort];
      if (!start) return [];
      const day = dayAt(start, timeZone);
      const length = Math.min(current - cohort, MOST_STEPS) + 1;
      return Array.from({ length }, (_, step) => {
        const people = known.get(keyOf({ cohort, group, step })) ?? 0;
        return {
          ...{ cohort: day, group, size: Math.round(size), step, returned: Math.round(people) },
          ...{ share: people / size, isUnfinished: cohort + step === current },
        };
      });
    });
}

const keyOf = ({ cohort, group, step }: Omit<Active, "people">) => `${cohort} ${step} ${group}`;
