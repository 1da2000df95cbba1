import { FILTER_NAMES, type FilterName, type Filters } from "../filters";

/** The filters by whose values rows are kept beside those of all sessions: there are few of each. */
export const CHOSEN_BY = [
  ...(["channel", "device", "browser", "country", "visitor"] as const satisfies FilterName[]),
];

/** The sessions that one filter chooses, as rows name them: its name, and its value after the first `=`. */
export type Choice = `${(typeof CHOSEN_BY)[number]}=${string}`;

/** What filters choose, where that is what rows may be kept of; null of what several choose, of what they choose by
 * another name, and of all sessions. */
export function choiceOf(filters: Filters): Choice | null {
  const [name, ...more] = FILTER_NAMES.filter((each) => filters[each] !== undefined);
  const known = CHOSEN_BY.find((each) => each === name);
  return known === undefined || more.length > 0 ? null : `${known}=${filters[known] ?? ""}`;
}

/** The filter that a choice is of. */
export function filtersOf(choice: Choice): Filters {
  const end = choice.indexOf("=");
  const name = CHOSEN_BY.find((each) => each === choice.slice(0, end));
  return name === undefined ? {} : { [name]: choice.slice(end + 1) };
}
