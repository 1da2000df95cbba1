import { formatMoney } from "~/platform/money";

/** A listing that a shopper can see, as one place to buy a product. */
export type Offer = {
  /** The store's myshopify.com domain, and its name. */
  domain: string;
  store: string | null;
  productId: string;
  title: string;
  vendor: string;
  imageUrl: string | null;
  /** Where to buy it. */
  url: string | null;
  isAvailable: boolean;
  /** Of its variants that can be bought, or of all when none can, in minor units. */
  minPriceMinor: number;
  maxPriceMinor: number;
  /** ISO 4217; null while the store's is not known. */
  currency: string | null;
};

/** What a product is offered for in one currency. */
export type Offers = {
  currency: string | null;
  /** What is in stock first, the cheapest first. */
  offers: Offer[];
  /** Over the offers in stock, in minor units; null when none is. */
  minPriceMinor: number | null;
  maxPriceMinor: number | null;
  /** Null when nothing is in stock. */
  cheapest: Offer | null;
};

/** Sums offers up, each currency apart: amounts in two currencies are never compared.
 * @param own the currency that comes first */
export function sumUp(offers: readonly Offer[], own: string | null): Offers[] {
  const currencies = [...new Set(offers.map(({ currency }) => currency))].sort(
    (a, b) => Number(b === own) - Number(a === own) || ((a ?? "") < (b ?? "") ? -1 : 1),
  );
  return currencies.map((currency) => {
    const sorted = offers.filter((offer) => offer.currency === currency).sort(byPrice);
    const inStock = sorted.filter(({ isAvailable }) => isAvailable);
    const [cheapest = null] = inStock;
    return {
      ...{ currency, offers: sorted, cheapest },
      minPriceMinor: cheapest?.minPriceMinor ?? null,
      maxPriceMinor: cheapest && Math.max(...inStock.map(({ maxPriceMinor }) => maxPriceMinor)),
    };
  });
}

const byPrice = (a: Offer, b: Offer): number =>
  Number(b.isAvailable) - Number(a.isAvailable) ||
  a.minPriceMinor - b.minPriceMinor ||
  (nameOf(a) < nameOf(b) ? -1 : 1);
const nameOf = ({ domain, productId }: Offer) => `${domain}/${productId}`;

type Prices = Pick<Offers, "currency" | "minPriceMinor" | "maxPriceMinor">;

/** "from €12.90", without "from" where there is one price; null when nothing is in stock.
 * @param locale a BCP 47 tag */
export function fromPrice(prices: Prices, locale: string): string | null {
  const { minPriceMinor, maxPriceMinor, currency } = prices;
  if (minPriceMinor === null) return null;
  const lowest = show({ from: minPriceMinor, to: minPriceMinor }, currency, locale);
  return minPriceMinor === maxPriceMinor ? lowest : `from ${lowest}`;
}

/** "€12.90 – €15.90", or the one price; null when nothing is in stock.
 * @param locale a BCP 47 tag */
export function priceRange(prices: Prices, locale: string): string | null {
  const { minPriceMinor, maxPriceMinor, currency } = prices;
  if (minPriceMinor === null || maxPriceMinor === null) return null;
  return show({ from: minPriceMinor, to: maxPriceMinor }, currency, locale);
}

function show(minor: { from: number; to: number }, currency: string | null, locale: string) {
  if (currency !== null) return formatMoney(minor, currency, locale);
  return [...new Set([minor.from, minor.to])].map((at) => at.toLocaleString(locale)).join("–");
}
