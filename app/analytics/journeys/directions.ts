/** Where a journey is told from: a session's first pages, or its last before a purchase. */
export const DIRECTIONS = ["entry", "purchase"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What a page of a journey is named by. */
export const NAMED_BY = ["type", "path"] as const;
export type NamedBy = (typeof NAMED_BY)[number];
