/** What can have happened. */
export const KINDS = { campaign: "Campaign", theme: "Theme", other: "Other" } as const;
export type AnnotationKind = keyof typeof KINDS;
export const KIND_NAMES = ["campaign", "theme", "other"] as const satisfies AnnotationKind[];

/** The most characters that an annotation's text has. */
export const MOST_CHARACTERS = 200;

/** What a merchant notes; the day is YYYY-MM-DD. */
export type Wish = { day: string; kind: AnnotationKind; text: string };

/** What is wrong with a form, by its fields. */
export type Faults = Partial<Record<keyof Wish, string>>;

/** Reads a form that notes what happened.
 * @returns what it says, or what is wrong with it */
export function readWish(form: Pick<FormData, "get">): { wish: Wish } | { faults: Faults } {
  const [day, text] = [textIn(form, "day"), textIn(form, "text")];
  const kind = KIND_NAMES.find((name) => name === form.get("kind"));
  const faults: Faults = {};
  if (!isDay(day)) faults.day = "Choose a day from 2000 to 2099.";
  if (text === "") faults.text = "Say in a few words what happened.";
  if (text.length > MOST_CHARACTERS)
    faults.text = `At most ${MOST_CHARACTERS} characters, got ${text.length}.`;
  if (kind === undefined) faults.kind = "Choose what it was.";
  return kind === undefined || Object.keys(faults).length > 0
    ? { faults }
    : { wish: { day, kind, text } };
}

function textIn(form: Pick<FormData, "get">, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim().replaceAll(/\s+/g, " ") : "";
}

const isDay = (text: string): boolean => {
  const midnight = /^20\d\d-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
};
