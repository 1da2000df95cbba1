/** What each number on the page means: the page shows these sentences beside the numbers. */
export const DEFINITIONS = {
  topPages: {
    name: "Top pages",
    meaning:
      "The pages opened most often in the period; unique views count a page once in each session.",
    unit: "page views",
  },
  bots: {
    name: "Bots left out",
    meaning:
      "Sessions in the period that were a program's, not a person's. No other number has them.",
    unit: "sessions",
  },
  capture: {
    name: "Capture rate",
    meaning:
      "Of the orders placed in the period, the share whose checkout your pixel saw completed. Left out are test orders, and those from before the first visit that Pixelnova knows.",
    unit: "share of orders",
  },
} as const;
