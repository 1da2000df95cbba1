import { writeMoney } from "~/platform/money-format";

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
  /** How amounts are written; null where the shop's own format says nothing, as in other currencies. */
  moneyFormat: string | null;
  /** What is in stock first, the cheapest first. */
  offers: Offer[];
  /** Over the offers in stock, in minor units; null when none is. */
  minPriceMinor: number | null;
  maxPriceMinor: number | null;
  /** Null when nothing is in stock. */
  cheapest: Offer | null;
};

type Own = { currency: string | null; moneyFormat: string | null };

/** Sums offers up, each currency apart: amounts in two currencies are never compared.
 * @param own the shop's currency, which comes first, and its format, which may write a mere "$" */
export function sumUp(offers: readonly Offer[], own: Own): Offers[] {
  const currencies = [...new Set(offers.map(({ currency }) => currency))].sort(
    (a, b) =>
      Number(b === own.currency) - Number(a === own.currency) || ((a ?? "") < (b ?? "") ? -1 : 1),
  );
  return currencies.map((currency) => {
    const sorted = offers.filter((offer) => offer.currency === currency).sort(byPrice);
    const inStock = sorted.filter(({ isAvailable }) => isAvailable);
    const [cheapest = null] = inStock;
    return {
      ...{ currency, offers: sorted, cheapest },
      moneyFormat: currency === own.currency ? own.moneyFormat : null,
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

/** Prices of one currency, in minor units, and how they are written. */
type Prices = Pick<Offers, "currency" | "moneyFormat" | "minPriceMinor" | "maxPriceMinor">;

/** "from €12.90", without "from" where there is one price; null when nothing is in stock. */
export function fromPrice(prices: Prices): string | null {
  const { minPriceMinor, maxPriceMinor } = prices;
  const lowest = priceRange({ ...prices, maxPriceMinor: minPriceMinor });
  return lowest === null || minPriceMinor === maxPriceMinor ? lowest : `from ${lowest}`;
}

/** "€12.90 – €15.90", or the one price; null when nothing is in stock. */
export function priceRange(prices: Prices): string | null {
  const { minPriceMinor: from, maxPriceMinor: to, currency, moneyFormat } = prices;
  if (from === null || to === null) return null;
  if (currency !== null) return writeMoney({ from, to }, { currency, moneyFormat });
  return [...new Set([from, to])].map((at) => at.toLocaleString("en")).join(" – ");
}
