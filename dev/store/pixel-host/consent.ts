import type { CustomerPrivacy } from "./messages";

const KEY = "_tracking_consent";

/** As `Shopify.customerPrivacy.setTrackingConsent` takes it. dev:api/customer-privacy */
export type Decision = {
  analytics?: boolean;
  marketing?: boolean;
  preferences?: boolean;
  sale_of_data?: boolean;
};

/** Where a shopper must agree before anything is measured: the European Economic Area, the United
 * Kingdom and Switzerland. Elsewhere it is measured until somebody objects.
 * help:privacy-settings */
const ASKED_FIRST = new Set(
  (
    "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK " +
    "GB CH"
  ).split(" "),
);
export const isAskedFirst = (country: string): boolean => ASKED_FIRST.has(country);

const read = () => JSON.parse(localStorage.getItem(KEY) ?? "{}") as Decision;

/** What a shopper of a country allows: what they have decided, else what the law there takes for
 * granted. */
export function readConsent(country: string): CustomerPrivacy {
  const decided = read();
  const unasked = !isAskedFirst(country);
  return {
    analyticsProcessingAllowed: decided.analytics ?? unasked,
    marketingAllowed: decided.marketing ?? unasked,
    preferencesProcessingAllowed: decided.preferences ?? unasked,
    saleOfDataAllowed: decided.sale_of_data ?? unasked,
  };
}

export const hasDecided = (): boolean => read().analytics !== undefined;

export function decide(decision: Decision): void {
  localStorage.setItem(KEY, JSON.stringify({ ...read(), ...decision }));
}

/** `Shopify.customerPrivacy.currentVisitorConsent()`: an empty text is "not decided". */
export function currentVisitorConsent(): Record<string, string> {
  const { analytics, marketing, preferences, sale_of_data: sale } = read();
  const word = (decided?: boolean) => (decided === undefined ? "" : decided ? "yes" : "no");
  return {
    analytics: word(analytics),
    marketing: word(marketing),
    preferences: word(preferences),
    sale_of_data: word(sale),
  };
}
