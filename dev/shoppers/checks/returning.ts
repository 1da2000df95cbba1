import { grouped, ratio } from "./statistics";

/** Somebody by the days of the shop, YYYY-MM-DD, on which they visited or ordered, and what their first
 * time has in common with others'. */
export type Comer = { first: string; group: string; days: readonly string[] };

const isMonday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;

/** How many of each week's newcomers were there in each week since.
 * @param days of the view, the last one being today */
export function cohortsOf(comers: readonly Comer[], days: readonly string[]) {
  const starts = days.filter((day, index) => index === 0 || isMonday(day));
  const weekOf = (day: string) => starts.filter((start) => start <= day).length - 1;
  const isNew = ({ first }: Comer) => days.includes(first);
  const cohorts = grouped(comers.filter(isNew), (each) => `${weekOf(each.first)} ${each.group}`);
  return [...cohorts.values()].flatMap((own) => {
    const [{ first, group }] = own as [Comer];
    const week = weekOf(first);
    const came = own.map(({ days: on }) => new Set(on.map(weekOf)));
    return starts.slice(week).map((_, step) => {
      const returned = came.filter((weeks) => weeks.has(week + step)).length;
      return {
        ...{ cohort: starts[week] ?? "", group, size: own.length, step, returned },
        ...{ share: returned / own.length, isUnfinished: week + step === starts.length - 1 },
      };
    });
  });
}

const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS;

type Steps = { length: 1 | 7; most: number };
export const BY_DAYS: Steps = { length: 1, most: 30 };
export const BY_WEEKS: Steps = { length: 7, most: 26 };

/** How many of all newcomers came again so many days, or weeks, after their first time. */
export function curveOf(comers: readonly Comer[], days: readonly string[], steps: Steps) {
  const today = days.at(-1) ?? "";
  const stepsTo = (first: string, day: string) =>
    Math.floor(daysBetween(first, day) / steps.length);
  const newcomers = comers.filter(({ first }) => days.includes(first));
  return [...grouped(newcomers, ({ group }) => group)].flatMap(([group, own]) => {
    const longest = Math.max(...own.map(({ first }) => stepsTo(first, today))) - 1;
    return Array.from({ length: Math.min(steps.most, Math.max(0, longest)) }, (_, index) => {
      const step = index + 1;
      const observed = own.filter(({ first }) => stepsTo(first, today) > step);
      const returned = observed.filter(({ first, days: on }) =>
        on.some((day) => stepsTo(first, day) === step),
      ).length;
      return {
        ...{ group, step, size: own.length, observed: observed.length, returned },
        ...{ share: ratio(returned, observed.length), isUnfinished: observed.length < own.length },
      };
    });
  });
}
