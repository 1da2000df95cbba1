/** Minor units as the decimal number that Shopify's pixel events carry. Both currencies have cents. */
export const toAmount = (minor: number): number => minor / 100;

/** A price as a shopper reads it. */
export const toPrice = (
  minor: number,
  { locale, currency }: { locale: string; currency: string },
) => new Intl.NumberFormat(locale, { style: "currency", currency }).format(toAmount(minor));
