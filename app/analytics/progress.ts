/** How far a step of time has come: its number is what it will be, still rising, or of nothing yet. */
export type Progress = "over" | "underWay" | "ahead";

/** How far steps have come by a moment.
 * @param starts where each begins, oldest first
 * @param to where the last one ends */
export const progressOf = (starts: readonly Date[], to: Date, now: Date): Progress[] =>
  starts.map((start, index) => {
    if (start > now) return "ahead";
    return now < (starts[index + 1] ?? to) ? "underWay" : "over";
  });
