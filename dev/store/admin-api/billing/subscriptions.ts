import type { AppSubscription, PricingPlan, UsageRecord } from "../../state";
import { gid, toSeconds } from "../gid";
import { paged } from "../lists/connection";
import { moneyV2 } from "../money";
import type { Node, ShopScope } from "../scope";

const DAY_MS = 24 * 3600 * 1000;
const PERIOD_DAYS = 30;
const DAYS_TO_APPROVE = 2;

export const allSubscriptions = ({ platform, shop }: Pick<ShopScope, "platform" | "shop">) =>
  (platform.memory.state.appSubscriptions[shop.domain] ??= []);

export const activeSubscriptions = (scope: ShopScope): AppSubscription[] =>
  allSubscriptions(scope).filter(({ status }) => status === "ACTIVE");

/** A subscription that nobody approves within two days has expired.
 * dev:api/admin-graphql/2026-07/enums/AppSubscriptionStatus */
export const statusAt = (
  { status, createdAt }: AppSubscription,
  now: Date,
): AppSubscription["status"] =>
  status === "PENDING" && now.getTime() > Date.parse(createdAt) + DAYS_TO_APPROVE * DAY_MS
    ? "EXPIRED"
    : status;

/** Where the billing period of usage began that holds at a moment: every 30 days from the activation. */
export function periodStart({ activatedAt }: AppSubscription, now: Date): number {
  if (activatedAt === null) return now.getTime();
  const length = PERIOD_DAYS * DAY_MS;
  const start = Date.parse(activatedAt);
  return start + Math.floor((now.getTime() - start) / length) * length;
}

/** What was used in the period that holds, in minor units. */
export function balanceUsed(
  subscription: AppSubscription,
  records: readonly UsageRecord[],
  now: Date,
): number {
  const start = periodStart(subscription, now);
  return records
    .filter(({ createdAt }) => Date.parse(createdAt) >= start)
    .reduce((sum, { priceMinor }) => sum + priceMinor, 0);
}

/** The line item's gid names its subscription too, as Shopify's do. */
export const lineItemGid = (subscription: AppSubscription, planId: number): string =>
  `${gid("AppSubscriptionLineItem", subscription.id)}?v=1&index=${planId}`;

export function subscriptionNodeOf(scope: ShopScope, id: number): Node | null {
  const found = allSubscriptions(scope).find((each) => each.id === id);
  return found ? subscriptionNode(scope, found) : null;
}

/** dev:api/admin-graphql/2026-07/objects/AppSubscription */
export function subscriptionNode(scope: ShopScope, subscription: AppSubscription): Node {
  const { id, name, test, trialDays, returnUrl, createdAt, plans } = subscription;
  return {
    ...{ __typename: "AppSubscription", id: gid("AppSubscription", id), name, test, trialDays },
    ...{ returnUrl, createdAt: toSeconds(createdAt) },
    status: statusAt(subscription, scope.platform.now()),
    currentPeriodEnd: currentPeriodEnd(subscription, scope.platform.now()),
    lineItems: plans.map((each) => lineItemNode(scope, subscription, each)),
  };
}

/** The trial comes before the first paid period. */
function currentPeriodEnd(subscription: AppSubscription, now: Date): string | null {
  const { activatedAt, trialDays } = subscription;
  if (activatedAt === null) return null;
  const end = periodStart(subscription, now) + (PERIOD_DAYS + trialDays) * DAY_MS;
  return toSeconds(new Date(end).toISOString());
}

export function lineItemNode(
  scope: ShopScope,
  subscription: AppSubscription,
  { id, plan }: AppSubscription["plans"][number],
): Node {
  const records = plan.kind === "usage" ? plan.records : [];
  return {
    ...{ __typename: "AppSubscriptionLineItem", id: lineItemGid(subscription, id) },
    plan: { pricingDetails: pricingNode(scope, subscription, plan) },
    usageRecords: paged(() => records, {
      id: (record) => record.id,
      node: (record) => usageRecordNode(scope, subscription, id, record),
      sortKeys: { CREATED_AT: ({ createdAt }) => createdAt, ID: ({ id }) => id },
    }),
  };
}

function pricingNode(
  { platform }: ShopScope,
  subscription: AppSubscription,
  plan: PricingPlan,
): Node {
  const { currency } = subscription;
  if (plan.kind === "recurring") {
    const price = moneyV2(plan.priceMinor, currency);
    return {
      ...{ __typename: "AppRecurringPricing", price, interval: plan.interval },
      ...{ planHandle: null, discount: null },
    };
  }
  const used = balanceUsed(subscription, plan.records, platform.now());
  return {
    ...{ __typename: "AppUsagePricing", terms: plan.terms, interval: "EVERY_30_DAYS" },
    ...{ cappedAmount: moneyV2(plan.cappedMinor, currency), balanceUsed: moneyV2(used, currency) },
  };
}

export function usageRecordNode(
  scope: ShopScope,
  subscription: AppSubscription,
  planId: number,
  record: UsageRecord,
): Node {
  const { id, description, idempotencyKey, priceMinor, createdAt } = record;
  const plan = subscription.plans.find((each) => each.id === planId);
  return {
    ...{ __typename: "AppUsageRecord", id: gid("AppUsageRecord", id), description },
    ...{ idempotencyKey, createdAt: toSeconds(createdAt) },
    price: moneyV2(priceMinor, subscription.currency),
    subscriptionLineItem: () => plan && lineItemNode(scope, subscription, plan),
  };
}
