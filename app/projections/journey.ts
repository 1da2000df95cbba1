/** Pages that a journey has at most. */
export const MOST_PAGES = 5;

/** Between two pages of a journey: no path has it, for spaces are encoded there. */
export const THEN = " → ";
