import type { CustomerPrivacy } from "./messages";

const KEY = "_tracking_consent";

/** As `Shopify.customerPrivacy.setTrackingConsent` takes it. dev:api/customer-privacy */
export type Decision = {
  analytics?: boolean;
  marketing?: boolean;
  preferences?: boolean;
  sale_of_data?: boolean;
};

/** Where nobody has decided, everything is allowed: the shops sell where no consent is required. */
export function readConsent(): CustomerPrivacy {
  const decided = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Decision;
  return {
    analyticsProcessingAllowed: decided.analytics ?? true,
    marketingAllowed: decided.marketing ?? true,
    preferencesProcessingAllowed: decided.preferences ?? true,
    saleOfDataAllowed: decided.sale_of_data ?? true,
  };
}

export function decide(decision: Decision): CustomerPrivacy {
  const before = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Decision;
  localStorage.setItem(KEY, JSON.stringify({ ...before, ...decision }));
  return readConsent();
}
