import type { Shop } from "../catalog/shops";

export type CustomerReference = { id: number; email?: string };
export type ComplianceTopic = "customers/data_request" | "customers/redact" | "shop/redact";

/** The body of `app/uninstalled`: the shop's own record, of which the parts an app reads. */
export const shopPayload = (shop: Shop) => ({
  id: shop.id,
  name: shop.name,
  email: `owner@${shop.handle}.example`,
  domain: shop.domain,
  myshopify_domain: shop.domain,
  country_code: shop.countryCode,
  currency: shop.currency,
  iana_timezone: shop.timeZone,
  plan_name: "partner_test",
});

/** The body of a compliance webhook. dev:apps/build/compliance/privacy-law-compliance */
export function compliancePayload(topic: ComplianceTopic, shop: Shop, customer: CustomerReference) {
  const shared = { shop_id: shop.id, shop_domain: shop.domain };
  if (topic === "shop/redact") return shared;
  const about = { ...shared, customer: { email: null, phone: null, ...customer } };
  return topic === "customers/redact"
    ? { ...about, orders_to_redact: [] }
    : { ...about, orders_requested: [], data_request: { id: customer.id } };
}
