import { chance, type Chance } from "../../chance";
import { charm } from "./generate";
import type { Listing } from "./listing";

/** Vendors that sell other vendors' products. */
const RESELLERS = ["Basecamp Direct", "Trailhead Trading", "Outfitter Supply"] as const;
/** Euros become New Zealand dollars, roughly. */
const NZD_PER_EUR = 1.85;
const COLORWORD = /^(Color|Glaze)$/;

/** The same product once more, as another vendor lists it: a title in that vendor's way, a price of
 * its own, and not always the maker's barcode. */
export function resold(original: Listing, copy: number): Listing {
  const luck = chance(`resold ${original.title} ${copy}`);
  const vendor = RESELLERS[copy % RESELLERS.length] ?? RESELLERS[0];
  return relist(original, { vendor, factor: 0.9 + luck.next() * 0.22, luck });
}

/** The same product in the other shop, in that shop's currency. */
export function exported(original: Listing): Listing {
  const luck = chance(`exported ${original.title}`);
  const factor = NZD_PER_EUR * (0.95 + luck.next() * 0.15);
  return {
    ...relist(original, { vendor: original.vendor, factor, luck }),
    collections: ["Outdoors"],
  };
}

type Relisting = { vendor: string; factor: number; luck: Chance };

const relist = (original: Listing, { vendor, factor, luck }: Relisting): Listing => ({
  ...original,
  ...{ vendor, title: retitled(original, luck) },
  description: original.description.split(". ").toReversed().join(". ").replace(/\.?$/, "."),
  tags: original.tags.slice(0, 1),
  variants: original.variants.map((variant) => ({
    ...variant,
    priceMinor: charm(variant.priceMinor * factor),
  })),
  barcode: luck.happens(0.35) ? null : original.barcode,
});

/** How others write it: with the maker before it, its words turned round, shortened, or with an aside. */
function retitled({ title, vendor, options }: Listing, luck: Chance): string {
  const [name = "", ...rest] = title.split(" ");
  const what = rest.join(" ");
  const color = options.find(({ name }) => COLORWORD.test(name))?.values[0];
  return luck.pick([
    `${vendor} ${title}`,
    `${what[0]?.toUpperCase() ?? ""}${what.slice(1)} ${name} by ${vendor}`,
    `${name} ${what} (${vendor})`,
    `${vendor} ${name} – ${what}`,
    `${title}${color ? ` ${color} edition` : ", new"}`,
  ]);
}
