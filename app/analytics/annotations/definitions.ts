import type { Report } from "../report";

/** What happened, as charts are marked with it. */
export const ANNOTATIONS = {
  path: "annotations",
  title: "Annotations",
  meaning:
    "What happened in the period, the newest first: what the merchant noted, and themes that were published. Filters do not matter.",
  columns: {
    annotationId: { ...{ name: "Annotation", kind: "text" }, meaning: "Names it." },
    startsAt: {
      ...{ name: "Moment", kind: "moment" },
      meaning: "When it happened; the beginning of the day where only that is known.",
    },
    day: { ...{ name: "Day", kind: "day" }, meaning: "The shop's day on which it happened." },
    isWholeDay: {
      ...{ name: "Day only", kind: "flag" },
      meaning: "Whether its day is known, and not its moment.",
    },
    kind: { ...{ name: "Kind", kind: "text" }, meaning: "campaign, theme or other." },
    text: { ...{ name: "What happened", kind: "text" }, meaning: "In the merchant's words." },
    madeBy: {
      ...{ name: "Noted by", kind: "text" },
      meaning: "merchant, or shop where Shopify told of it.",
    },
  },
} as const satisfies Report;
