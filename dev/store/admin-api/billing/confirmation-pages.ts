import { Hono } from "hono";
import { html } from "hono/html";
import type { Shop } from "../../catalog/shops";
import { toPrice } from "../../catalog/money";
import type { Platform } from "../../platform";
import type { AppSubscription, PricingPlan } from "../../state";
import { settle } from "./settle";
import { statusAt } from "./subscriptions";

type Found = { shop: Shop; subscription: AppSubscription };

/** Where a merchant is asked to approve a subscription. */
export const confirmationUrl = ({ addresses }: Platform, { confirmationKey }: AppSubscription) =>
  `${addresses.admin}/charges/${confirmationKey}`;

/** The admin's page that asks the merchant, and sends them back to the app with the charge's id.
 * dev:apps/launch/billing/subscription-billing */
export function confirmationPages(platform: Platform): Hono {
  const routes = new Hono();
  routes
    .get("/charges/:key", (c) => {
      const found = find(platform, c.req.param("key"));
      if (!found) return c.notFound();
      const isOpen = statusAt(found.subscription, platform.now()) === "PENDING";
      return c.html(isOpen ? askingPage(found) : settledPage(found, platform.now()));
    })
    .post("/charges/:key/:decision{approve|decline}", (c) => {
      const found = find(platform, c.req.param("key"));
      if (!found) return c.notFound();
      const { shop, subscription } = found;
      if (statusAt(subscription, platform.now()) !== "PENDING")
        return c.html(settledPage(found, platform.now()), 409);
      const isApproved = c.req.param("decision") === "approve";
      settle(platform, shop, subscription, isApproved ? "ACTIVE" : "DECLINED");
      return c.redirect(returnAddress(subscription), 303);
    });
  return routes;
}

function find({ shops, memory }: Platform, key: string): Found | undefined {
  for (const shop of shops) {
    const all = memory.state.appSubscriptions[shop.domain] ?? [];
    const subscription = all.find((each) => each.confirmationKey === key);
    if (subscription) return { shop, subscription };
  }
  return undefined;
}

function returnAddress({ returnUrl, id }: AppSubscription): string {
  const address = new URL(returnUrl);
  address.searchParams.set("charge_id", String(id));
  return address.href;
}

const page = (shop: Shop, body: ReturnType<typeof html>) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Approve subscription · ${shop.name}</title>
        <link rel="stylesheet" href="/admin.css" />
      </head>
      <body>
        <main><section class="install card">${body}</section></main>
      </body>
    </html>`;

const askingPage = ({ shop, subscription }: Found) =>
  page(
    shop,
    html`<h1>Approve subscription</h1>
      <p><strong>${subscription.name}</strong>, for ${shop.name}</p>
      <ul>
        ${subscription.plans.map(({ plan }) => html`<li>${inWords(plan, subscription)}</li>`)}
      </ul>
      ${subscription.trialDays > 0 && html`<p>Free for the first ${subscription.trialDays} days.</p>`}
      ${subscription.test && html`<p>This is a test: nothing is charged.</p>`}
      <form method="post">
        <button formaction="/charges/${subscription.confirmationKey}/approve" class="primary">
          Approve
        </button>
        <button formaction="/charges/${subscription.confirmationKey}/decline">Decline</button>
      </form>`,
  );

const settledPage = ({ shop, subscription }: Found, now: Date) =>
  page(
    shop,
    html`<h1>Nothing to approve</h1>
      <p>${subscription.name} is ${statusAt(subscription, now).toLowerCase()} already.</p>`,
  );

function inWords(plan: PricingPlan, { currency }: AppSubscription): string {
  const price = (minor: number) => toPrice(minor, { locale: "en", currency });
  if (plan.kind === "usage") return `${plan.terms}, at most ${price(plan.cappedMinor)} in 30 days`;
  return `${price(plan.priceMinor)} every ${plan.interval === "ANNUAL" ? "year" : "30 days"}`;
}
