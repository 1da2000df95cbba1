/** What happened at a moment, as JSON carries it. */
export type Noted = { startsAt: string; text: string };

/** A step of a chart at which something happened: what stands at its line. */
export type Mark<One extends Noted = Noted> = {
  /** The step's place, from 0. */
  index: number;
  /** The number of what happened, or of the first and the last of it: "2", "3–5". */
  label: string;
  /** In order of time, each with its number. */
  noted: (One & { number: number })[];
};

/** Finds the steps of a chart at which something happened. What happened before the first step is left out,
 * numbers go on from step to step.
 * @param starts where each step begins, as ISO timestamps, the oldest first
 * @param noted what happened before the end of the last step */
export function marksOf<One extends Noted>(
  starts: readonly string[],
  noted: readonly One[],
): Mark<One>[] {
  const times = starts.map((start) => Date.parse(start));
  const stepOf = ({ startsAt }: One) => times.findLastIndex((at) => at <= Date.parse(startsAt));
  const marks = new Map<number, Mark<One>["noted"]>();
  const inOrder = noted
    .filter((one) => stepOf(one) >= 0)
    .toSorted((one, other) => Date.parse(one.startsAt) - Date.parse(other.startsAt));
  for (const [place, one] of inOrder.entries()) {
    const index = stepOf(one);
    marks.set(index, [...(marks.get(index) ?? []), { ...one, number: place + 1 }]);
  }
  return [...marks].map(([index, noted]) => ({ index, label: labelOf(noted), noted }));
}

function labelOf(noted: readonly { number: number }[]): string {
  const [first, last] = [noted[0]?.number, noted.at(-1)?.number];
  return first === last ? String(first) : `${first}–${last}`;
}
