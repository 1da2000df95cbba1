import type { Shop } from "../../catalog/shops";
import type { Platform } from "../../platform";
import type { AppSubscription, PricingPlan } from "../../state";
import { announce } from "../../webhooks/announce";
import { gid } from "../gid";
import { toMoney } from "../money";

/** Gives a subscription the status that its merchant or its app decided on, and tells the app of it.
 * One that becomes active takes the place of the one before. dev:apps/launch/billing */
export function settle(
  platform: Platform,
  shop: Shop,
  subscription: AppSubscription,
  status: "ACTIVE" | "DECLINED" | "CANCELLED",
): void {
  const all = platform.memory.state.appSubscriptions[shop.domain] ?? [];
  const replaced = status === "ACTIVE" ? all.filter((each) => each.status === "ACTIVE") : [];
  for (const each of replaced) each.status = "CANCELLED";
  subscription.status = status;
  if (status === "ACTIVE") subscription.activatedAt = platform.now().toISOString();
  platform.memory.save();
  for (const each of [...replaced, subscription])
    announce(platform, shop.domain, "app_subscriptions/update", payloadOf(platform, shop, each));
}

const payloadOf = ({ now }: Platform, shop: Shop, subscription: AppSubscription) => ({
  app_subscription: {
    admin_graphql_api_id: gid("AppSubscription", subscription.id),
    name: subscription.name,
    status: subscription.status,
    admin_graphql_api_shop_id: gid("Shop", shop.id),
    created_at: subscription.createdAt,
    updated_at: now().toISOString(),
    currency: subscription.currency,
    capped_amount: cappedAmount(subscription.plans.map(({ plan }) => plan)),
  },
});

function cappedAmount(plans: PricingPlan[]): string | null {
  const usage = plans.find((plan) => plan.kind === "usage");
  return usage?.kind === "usage" ? toMoney(usage.cappedMinor) : null;
}
