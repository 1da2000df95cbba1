import { randomBytes } from "node:crypto";
import type { AppSubscription, PricingPlan, UsageRecord } from "../../state";
import { userError } from "../errors";
import { idOf } from "../gid";
import { toMinor } from "../money";
import { nextId } from "../next-id";
import type { ShopScope } from "../scope";
import { confirmationUrl } from "./confirmation-pages";
import { settle } from "./settle";
import {
  allSubscriptions,
  balanceUsed,
  lineItemGid,
  subscriptionNode,
  usageRecordNode,
} from "./subscriptions";

type Money = { amount: string; currencyCode: string };
type Plan = {
  appRecurringPricingDetails?: {
    price: Money;
    interval?: "EVERY_30_DAYS" | "ANNUAL" | null;
  } | null;
  appUsagePricingDetails?: { cappedAmount: Money; terms: string } | null;
};
type Creation = {
  name: string;
  lineItems: { plan: Plan }[];
  returnUrl: string;
  trialDays?: number | null;
  test?: boolean | null;
};
type Usage = {
  subscriptionLineItemId: string;
  price: Money;
  description: string;
  idempotencyKey?: string | null;
};

/** Billing by the app itself. dev:apps/launch/billing/subscription-billing */
export const billingMutations = (scope: ShopScope) => ({
  appSubscriptionCreate: (creation: Creation) => {
    const refusal = refusalOf(creation);
    if (refusal) return { appSubscription: null, confirmationUrl: null, userErrors: [refusal] };
    const made = create(scope, creation);
    return {
      appSubscription: subscriptionNode(scope, made),
      confirmationUrl: confirmationUrl(scope.platform, made),
      userErrors: [],
    };
  },

  appSubscriptionCancel: ({ id }: { id: string }) => {
    const found = allSubscriptions(scope).find((each) => each.id === idOf("AppSubscription", id));
    if (found?.status !== "ACTIVE") {
      const message = found ? "Can only cancel an active subscription" : "Subscription not found";
      return { appSubscription: null, userErrors: [userError(["id"], message)] };
    }
    settle(scope.platform, scope.shop, found, "CANCELLED");
    return { appSubscription: subscriptionNode(scope, found), userErrors: [] };
  },

  appUsageRecordCreate: (usage: Usage) => {
    const place = placeOf(scope, usage.subscriptionLineItemId);
    const refusal = place ? usageRefusal(scope, place, usage) : notFound;
    if (!place || refusal) return { appUsageRecord: null, userErrors: [refusal ?? notFound] };
    const record = keepRecord(scope, place, usage);
    const { subscription, planId } = place;
    return {
      appUsageRecord: usageRecordNode(scope, subscription, planId, record),
      userErrors: [],
    };
  },
});

function refusalOf({ name, lineItems }: Creation) {
  if (name.trim() === "") return userError(["name"], "Name can't be blank");
  const kinds = lineItems.map(({ plan }) => (plan.appUsagePricingDetails ? "usage" : "recurring"));
  if (lineItems.length === 0 || new Set(kinds).size !== kinds.length)
    return userError(["lineItems"], "Only one pricing plan can be defined for each type");
  const currencies = new Set(lineItems.map(({ plan }) => moneyOf(plan)?.currencyCode));
  if (currencies.has(undefined))
    return userError(["lineItems"], "A plan must have pricing details");
  return currencies.size > 1
    ? userError(["lineItems"], "All pricing plans must use the same currency")
    : undefined;
}

const moneyOf = ({ appRecurringPricingDetails, appUsagePricingDetails }: Plan) =>
  appRecurringPricingDetails?.price ?? appUsagePricingDetails?.cappedAmount;

function create(scope: ShopScope, creation: Creation): AppSubscription {
  const { name, lineItems, returnUrl, trialDays, test } = creation;
  const all = allSubscriptions(scope);
  const made: AppSubscription = {
    ...{ id: nextId(scope.shop, all), name, returnUrl, status: "PENDING" },
    ...{ test: test ?? false, trialDays: trialDays ?? 0 },
    currency: lineItems.flatMap(({ plan }) => moneyOf(plan)?.currencyCode ?? []).at(0) ?? "USD",
    plans: lineItems.map(({ plan }, id) => ({ id, plan: toPlan(plan) })),
    confirmationKey: randomBytes(16).toString("hex"),
    ...{ createdAt: scope.platform.now().toISOString(), activatedAt: null },
  };
  all.push(made);
  scope.platform.memory.save();
  return made;
}

function toPlan({ appRecurringPricingDetails, appUsagePricingDetails }: Plan): PricingPlan {
  if (appUsagePricingDetails) {
    const { terms, cappedAmount } = appUsagePricingDetails;
    return { kind: "usage", terms, cappedMinor: toMinor(cappedAmount.amount), records: [] };
  }
  const interval = appRecurringPricingDetails?.interval ?? "EVERY_30_DAYS";
  const priceMinor = toMinor(appRecurringPricingDetails?.price.amount ?? 0);
  return { kind: "recurring", interval, priceMinor };
}

type Place = {
  subscription: AppSubscription;
  planId: number;
  plan: PricingPlan & { kind: "usage" };
};

function placeOf(scope: ShopScope, lineItemId: string): Place | undefined {
  for (const subscription of allSubscriptions(scope))
    for (const { id, plan } of subscription.plans)
      if (plan.kind === "usage" && lineItemGid(subscription, id) === lineItemId)
        return { subscription, planId: id, plan };
  return undefined;
}

const notFound = userError(["subscriptionLineItemId"], "Subscription line item not found");

/** A key that was used already charges nothing anew, so nothing is held against the cap. */
function usageRefusal({ platform }: ShopScope, { subscription, plan }: Place, usage: Usage) {
  if (subscription.status !== "ACTIVE")
    return userError(["subscriptionLineItemId"], "The app subscription is not active");
  if (usage.price.currencyCode !== subscription.currency)
    return userError(["price"], `Currency must be ${subscription.currency}`);
  if (recordWith(plan, usage)) return undefined;
  const used = balanceUsed(subscription, plan.records, platform.now());
  return used + toMinor(usage.price.amount) > plan.cappedMinor
    ? userError(["price"], "Total price exceeds balance remaining")
    : undefined;
}

const recordWith = ({ records }: Place["plan"], { idempotencyKey }: Usage) =>
  idempotencyKey ? records.find((each) => each.idempotencyKey === idempotencyKey) : undefined;

function keepRecord(scope: ShopScope, { plan }: Place, usage: Usage): UsageRecord {
  const known = recordWith(plan, usage);
  if (known) return known;
  const made: UsageRecord = {
    ...{ id: nextId(scope.shop, plan.records), description: usage.description },
    ...{ priceMinor: toMinor(usage.price.amount), idempotencyKey: usage.idempotencyKey ?? null },
    createdAt: scope.platform.now().toISOString(),
  };
  plan.records.push(made);
  scope.platform.memory.save();
  return made;
}
