/** One click of a series on one element. */
export type Judged = {
  /** Milliseconds since the page was opened. */
  timeStamp: number;
  /** It was followed by a change: of the page, its address, its scroll, the focus. */
  isAnswered?: boolean;
};

const RAGE_CLICKS = 3;
const RAGE_PACE_MS = 700;

/** Whether clicks on one element were made in rage (again and again, fast, and not all were answered)
 * or were dead (none was answered).
 * @param looksAlive the element looks as if it did something that could be seen from here */
export function verdictOf(
  clicks: readonly Judged[],
  looksAlive: boolean,
): "rage_clicked" | "dead_clicked" | undefined {
  const { length } = clicks;
  const answered = clicks.filter(({ isAnswered }) => isAnswered).length;
  const lasted = (clicks.at(-1)?.timeStamp ?? 0) - (clicks[0]?.timeStamp ?? 0);
  const isFast = length >= RAGE_CLICKS && lasted < RAGE_PACE_MS * (length - 1);
  if (isFast && answered < length) return "rage_clicked";
  return answered || !looksAlive ? undefined : "dead_clicked";
}
