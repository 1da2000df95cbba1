import type { Annotation } from "~/analytics/annotations/annotations.server";
import type { Mark } from "~/analytics/annotations/marks";
import { stepLabel } from "../moments";
import type { Shown } from "../shown";
import "./annotations.css";

export type NotedMark = Mark<Shown<Annotation>>;
type Props = { marks: readonly NotedMark[]; timeZone: string };

/** What the lines in a chart stand for. */
export function AnnotationList({ marks, timeZone }: Props) {
  if (marks.length === 0) return null;
  return (
    <ul className="annotation-list" aria-label="What happened">
      {marks
        .flatMap(({ noted }) => noted)
        .map(({ number, text, ...when }) => (
          <li key={number}>
            <span className="annotation-number">{number}</span> {momentOf(when, timeZone)}: {text}
          </li>
        ))}
    </ul>
  );
}

type When = Pick<Shown<Annotation>, "startsAt" | "isWholeDay">;

/** "Nov 21", or "Nov 21, 14:04". */
const momentOf = ({ startsAt, isWholeDay }: When, timeZone: string): string =>
  [stepLabel(startsAt, timeZone, "day"), isWholeDay ? null : stepLabel(startsAt, timeZone, "hour")]
    .filter((part) => part !== null)
    .join(", ");

/** A step's name, and below it what happened then. */
export const StepName = ({ label, mark }: { label: string; mark: NotedMark | undefined }) => (
  <>
    {label}
    {mark?.noted.map(({ number, text }) => (
      <div key={number} className="annotation-text">
        {text}
      </div>
    ))}
  </>
);
