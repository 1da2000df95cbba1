/** When an element was clicked: in how many sessions of either half of a period, first and last. */
export type Clicked = {
  element: string;
  sessionsBefore: number;
  sessionsAfter: number;
  firstAt: Date;
  lastAt: Date;
};

/** `gone` were clicked in the first half only, `come` in the second. The old layout was last seen alone
 * before `from`, the new one has been alone since `until`. */
export type LayoutChange = { gone: string[]; come: string[]; from: Date; until: Date };

/** From how many sessions on the absence of an element is no chance. At ten that are expected, none
 * comes once in 20,000 times. */
export const LEAST_SESSIONS = 10;

/** Whether a page's layout changed within a period: an element that was clicked in one half and ought to
 * be as often in the other, by how much the page was clicked there, was not clicked there at all.
 * @returns null where nothing says so */
export function layoutChange(elements: readonly Clicked[]): LayoutChange | null {
  const sum = (read: (of: Clicked) => number) =>
    elements.reduce((total, each) => total + read(each), 0);
  const [before, after] = [sum((of) => of.sessionsBefore), sum((of) => of.sessionsAfter)];
  const isMissed = (seen: number, ratio: number) => seen * Math.min(1, ratio) >= LEAST_SESSIONS;
  const gone = elements.filter(
    (of) => of.sessionsAfter === 0 && isMissed(of.sessionsBefore, after / before),
  );
  const come = elements.filter(
    (of) => of.sessionsBefore === 0 && isMissed(of.sessionsAfter, before / after),
  );
  const signs = [...gone.map(({ lastAt }) => lastAt), ...come.map(({ firstAt }) => firstAt)]
    .map((at) => at.getTime())
    .sort((one, other) => one - other);
  const [from, until] = [signs[0], signs.at(-1)];
  if (from === undefined || until === undefined) return null;
  return {
    ...{ gone: gone.map(({ element }) => element), come: come.map(({ element }) => element) },
    ...{ from: new Date(from), until: new Date(until) },
  };
}

type Days = { from: string; to: string };

/** The days of a period before a layout changed, and those after it; null where none are left. The days of
 * the change itself have both layouts.
 * @param days YYYY-MM-DD, oldest first
 * @param dayOf the shop's day of a moment */
export function daysAround(
  { from, until }: Pick<LayoutChange, "from" | "until">,
  days: readonly string[],
  dayOf: (at: Date) => string,
): { before: Days | null; after: Days | null } {
  const [first, last] = [dayOf(from), dayOf(until)];
  return {
    before: spanOf(days.filter((day) => day < first)),
    after: spanOf(days.filter((day) => day > last)),
  };
}

function spanOf(days: readonly string[]): Days | null {
  const [from, to] = [days[0], days.at(-1)];
  return from === undefined || to === undefined ? null : { from, to };
}
