/** Pages that a journey has at most. */
export const MOST_PAGES = 5;

/** Between two pages of a journey: it begins with a space, which no name of a page has. */
export const THEN = " → ";

/** A path as journeys name it, its spaces encoded as browsers encode them. */
export const nameOfPath = (path: string): string => path.replaceAll(" ", "%20");
