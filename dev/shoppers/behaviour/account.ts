import { open, pause } from "../walk";
import type { Walk } from "../walking";

/** Logs in, or registers first; from here on events carry the customer's id. Somebody else who was
 * logged in on this browser is logged out by it. */
export function logIn(walk: Walk): void {
  const { browser, person, till, visit } = walk;
  if (browser.customer && browser.customer.id === person.customer?.id) return;
  const path = person.customer ? "/account/login" : "/account/register";
  open(walk, { path, title: null, type: "account" });
  pause(walk, 12);
  browser.customer = till.register(person, walk.at);
  open(walk, { path: "/account", title: null, type: "account" });
  visit.customerId = String(browser.customer.id);
}

/** In a household each of the two mostly sees to it that the account is their own. */
export function claimBrowser(walk: Walk): void {
  const { browser, person, luck } = walk;
  const isSomebodyElses = browser.customer !== null && browser.customer.id !== person.customer?.id;
  const isOther = person.partner !== null && (isSomebodyElses || browser.customer === null);
  if (isOther && luck.happens(0.7)) logIn(walk);
}
