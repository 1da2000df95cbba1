import { setImmediate } from "node:timers/promises";
import { findPairs, type Pair } from "~/catalog/matching/find-pairs";
import type { Listing } from "~/catalog/matching/listing";
import { verdictOf } from "~/catalog/matching/score";
import { resold } from "../../store/catalog/duplicates";
import { generate } from "../../store/catalog/generate";
import { OUTDOOR } from "../../store/catalog/kinds-outdoor";
import { toProduct } from "../../store/catalog/listing";
import type { Product } from "../../store/catalog/model";
import { megabytes, type Line } from "../ingest/table";

/** One product in so many is listed once more. */
const COPIED = 20;

/** How long it takes to find what is one product among so many listings, and how well that goes. */
export async function measureMatching(_: unknown, about: { variants: number }): Promise<Line[]> {
  const listings = about.variants;
  const { all, groupOf } = makeListings(listings);
  const started = performance.now();
  const before = process.cpuUsage();
  const { pairs, longest } = await search(all);
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(before);

  const isRight = ({ one, other }: Pair) => groupOf.get(one) === groupOf.get(other);
  const automatic = pairs.filter(({ confidence }) => verdictOf(confidence) === "automatic");
  const copies = listings - new Set(groupOf.values()).size;
  const share = (part: number, whole: number) => (part / whole).toFixed(4);
  const lines: Line[] = [
    ["time", `${seconds.toFixed(1)} s`],
    ["processor time", `${((user + system) / 1e6).toFixed(1)} s`],
    ["longest step", `${longest.toFixed(0)} ms`],
    ["memory of the process", megabytes(process.memoryUsage.rss())],
    ["precision of automatic", share(automatic.filter(isRight).length, automatic.length)],
    ["recall of automatic", share(automatic.filter(isRight).length, copies)],
    ["recall with review", share(pairs.filter(isRight).length, copies)],
  ];
  return lines.map(([name, value]) => [`matching ${all.length} listings: ${name}`, value]);
}

/** Takes every step, and tells how long the longest held the process up. */
async function search(all: readonly Listing[]): Promise<{ pairs: Pair[]; longest: number }> {
  const steps = findPairs(all);
  for (let longest = 0; ;) {
    const before = performance.now();
    const { done, value } = steps.next();
    longest = Math.max(longest, performance.now() - before);
    if (done) return { pairs: value, longest };
    await setImmediate();
  }
}

function makeListings(count: number): { all: Listing[]; groupOf: Map<string, number> } {
  const originals = generate(OUTDOOR, Math.ceil((count * COPIED) / (COPIED + 1)));
  const copied = originals
    .map((listing, group) => ({ listing, group }))
    .filter(({ group }) => group % COPIED === 0)
    .map(({ listing, group }) => ({ listing: resold(listing, group), group }));
  const products = [...originals.map((listing, group) => ({ listing, group })), ...copied]
    .slice(0, count)
    .map(({ listing, group }, i) => ({ product: toProduct((i + 1) * 100, listing), group }));
  const groupOf = new Map(products.map(({ product, group }) => [String(product.id), group]));
  return { all: products.map(({ product }) => toListing(product)), groupOf };
}

function toListing({ id, title, vendor, variants }: Product): Listing {
  const prices = variants.map(({ priceMinor }) => priceMinor);
  return {
    ...{ key: String(id), store: "outdoor", title, vendor, variants, currency: "EUR" },
    ...{ minPriceMinor: Math.min(...prices), maxPriceMinor: Math.max(...prices) },
  };
}
