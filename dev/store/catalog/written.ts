import type { Listing } from "./listing";
import { ONLY } from "./model";

/** A listing as it is written by hand: each variant by its title and price, in minor units. */
export type Written = Pick<
  Listing,
  "title" | "type" | "shape" | "colors" | "description" | "collections"
> & { variants: [title: string, priceMinor: number][] };

const SIZES = /^(XS|S|M|L|XL|EU .*|\d+|Regular|Long|S\/M|M\/L)$/;
const AMOUNTS = /^[\d.]+ (g|l)$/;

export function written(vendor: string, { variants, ...listing }: Written): Listing {
  const titles = variants.map(([title]) => title).filter((title) => title !== ONLY);
  return {
    ...listing,
    vendor,
    tags: [listing.type.toLowerCase()],
    options: titles.length > 0 ? [{ name: optionName(titles), values: titles }] : [],
    variants: variants.map(([title, priceMinor]) => ({
      values: title === ONLY ? [] : [title],
      priceMinor,
    })),
    barcode: null,
  };
}

const optionName = ([first = ""]: readonly string[]): string => {
  if (SIZES.test(first)) return "Size";
  return AMOUNTS.test(first) ? "Amount" : "Color";
};
