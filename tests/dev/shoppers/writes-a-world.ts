import { writeWorld } from "../../../dev/shoppers/world";

/** Writes a world in a process of its own: the options without their end, the end, and the folder. */
const [options = "", until = "", folder = ""] = process.argv.slice(2);

await writeWorld(
  {
    ...(JSON.parse(options) as {
      shop: string;
      seed: number;
      days: number;
      visitorsPerDay: number;
    }),
    until: new Date(until),
  },
  folder,
);
