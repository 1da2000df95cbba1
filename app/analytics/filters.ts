/** What sessions can be told apart by, and a page or an API call narrowed down to; `none` is the name of
 * what is not known. */
export const FILTERS = {
  channel: "Channel",
  source: "Source",
  campaign: "Campaign",
  device: "Device",
  browser: "Browser",
  country: "Country",
  landing: "Landing page",
  visitor: "New or returning",
  os: "Operating system",
  language: "Language",
  exit: "Exit page",
} as const;
export type FilterName = keyof typeof FILTERS;

/** The same and more: what sessions can be counted by. */
export const DIMENSIONS = {
  ...FILTERS,
  hour: "Hour of the day",
  weekday: "Weekday",
} as const;
export type Dimension = keyof typeof DIMENSIONS;

export type Filters = Partial<Record<FilterName, string>>;

export const FILTER_NAMES = Object.keys(FILTERS).filter((name): name is FilterName =>
  Object.hasOwn(FILTERS, name),
);
export const DIMENSION_NAMES = Object.keys(DIMENSIONS).filter((name): name is Dimension =>
  Object.hasOwn(DIMENSIONS, name),
);

/** The dimension that an address names with `by`; the channel unless it names one. */
export const dimensionIn = (search: URLSearchParams): Dimension =>
  DIMENSION_NAMES.find((name) => name === search.get("by")) ?? "channel";
