import { expect } from "vitest";
import { webhooksSettled } from "../../../dev/store/webhooks/announce";
import { test, type Desk } from "./admin-desk";
import {
  INSTALLATION,
  SUBSCRIPTION_CANCEL,
  SUBSCRIPTION_CREATE,
  USAGE_RECORD_CREATE,
} from "./admin-documents";

const DAY_MS = 24 * 3600 * 1000;
const USD = (amount: string) => ({ amount, currencyCode: "USD" });
const MONTHLY = {
  plan: { appRecurringPricingDetails: { price: USD("19.0"), interval: "EVERY_30_DAYS" } },
};
const USAGE = {
  plan: { appUsagePricingDetails: { terms: "$1 a million events", cappedAmount: USD("20.0") } },
};

type Created = {
  appSubscriptionCreate: {
    confirmationUrl: string | null;
    appSubscription: { id: string; status: string } | null;
    userErrors: { message: string }[];
  };
};
type Installation = {
  currentAppInstallation: {
    activeSubscriptions: {
      id: string;
      name: string;
      currentPeriodEnd: string;
      lineItems: { id: string; plan: { pricingDetails: Record<string, unknown> } }[];
    }[];
  };
};
type Used = {
  appUsageRecordCreate: {
    appUsageRecord: { id: string } | null;
    userErrors: { message: string }[];
  };
};

async function create(desk: Desk, lineItems: object[], about: object = {}) {
  const { data } = await desk.ask<Created>(SUBSCRIPTION_CREATE, {
    variables: {
      ...{ name: "Growth", returnUrl: "https://app.example/billing?from=plan", lineItems },
      ...{ trialDays: 7, test: true, ...about },
    },
  });
  return data.appSubscriptionCreate;
}

/** The merchant presses a button on the page that asks. */
function decide(desk: Desk, url: string | null, decision: "approve" | "decline") {
  const { pathname } = new URL(url ?? "");
  return desk.routes.request(`${pathname}/${decision}`, { method: "POST" });
}

async function subscribed(desk: Desk, lineItems: object[], about?: object) {
  const { confirmationUrl } = await create(desk, lineItems, about);
  await decide(desk, confirmationUrl, "approve");
}

async function active(desk: Desk) {
  const { data } = await desk.ask<Installation>(INSTALLATION);
  return data.currentAppInstallation.activeSubscriptions;
}

test("a merchant approves a subscription and comes back with its charge", async ({ desk }) => {
  const { confirmationUrl, appSubscription } = await create(desk, [MONTHLY]);
  const page = await desk.routes.request(new URL(confirmationUrl ?? "").pathname);
  const before = await active(desk);

  const answer = await decide(desk, confirmationUrl, "approve");

  expect(appSubscription?.status).toBe("PENDING");
  expect(await page.text()).toContain("$19.00 every 30 days");
  expect(before).toEqual([]);
  const chargeId = appSubscription?.id.split("/").at(-1) ?? "";
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(
    `https://app.example/billing?from=plan&charge_id=${chargeId}`,
  );
  expect(await active(desk)).toMatchObject([
    {
      ...{ id: appSubscription?.id, name: "Growth", currentPeriodEnd: "2026-12-27T12:00:00Z" },
      lineItems: [
        { plan: { pricingDetails: { __typename: "AppRecurringPricing", price: USD("19.0") } } },
      ],
    },
  ]);
});

test("a declined subscription never becomes active, and cannot be approved later", async ({
  desk,
}) => {
  const { confirmationUrl } = await create(desk, [MONTHLY]);

  await decide(desk, confirmationUrl, "decline");
  const late = await decide(desk, confirmationUrl, "approve");

  expect(late.status).toBe(409);
  expect(await active(desk)).toEqual([]);
});

test("a subscription that nobody approves expires after two days", async ({ desk }) => {
  const { confirmationUrl } = await create(desk, [MONTHLY]);

  desk.advance(2 * DAY_MS + 1000);
  const late = await decide(desk, confirmationUrl, "approve");

  expect(late.status).toBe(409);
  expect(await late.text()).toContain("is expired already");
});

test("a new subscription takes the place of the one before, and the app is told", async ({
  desk,
  inbox,
}) => {
  await subscribed(desk, [MONTHLY]);
  inbox.subscribe("APP_SUBSCRIPTIONS_UPDATE");
  await subscribed(desk, [USAGE], { name: "By use" });

  await webhooksSettled(desk.platform);
  expect((await active(desk)).map(({ name }) => name)).toEqual(["By use"]);
  const told = inbox.received.map(({ payload }) => payload);
  expect(told).toHaveLength(2);
  expect(told).toEqual(
    expect.arrayContaining([
      { app_subscription: expect.objectContaining({ name: "Growth", status: "CANCELLED" }) },
      {
        app_subscription: expect.objectContaining({
          ...{ name: "By use", status: "ACTIVE", capped_amount: "20.00" },
        }),
      },
    ]),
  );
});

test("a canceled subscription is over", async ({ desk }) => {
  await subscribed(desk, [MONTHLY]);
  const [subscription] = await active(desk);
  const variables = { id: subscription?.id };

  const { data } = await desk.ask(SUBSCRIPTION_CANCEL, { variables });
  const again = await desk.ask(SUBSCRIPTION_CANCEL, { variables });

  expect(data).toMatchObject({
    appSubscriptionCancel: { appSubscription: { status: "CANCELLED" }, userErrors: [] },
  });
  expect(again.data).toMatchObject({
    appSubscriptionCancel: {
      userErrors: [{ message: "Can only cancel an active subscription" }],
    },
  });
  expect(await active(desk)).toEqual([]);
});

test("usage adds up to the cap, once for each key, anew each 30 days", async ({ desk }) => {
  await subscribed(desk, [MONTHLY, USAGE]);
  const lineItems = (await active(desk))[0]?.lineItems ?? [];
  const use = async (amount: string, k: string, item = lineItems[1]) => {
    const variables = { id: item?.id, price: USD(amount), d: "Events", k };
    return (await desk.ask<Used>(USAGE_RECORD_CREATE, { variables })).data.appUsageRecordCreate;
  };

  const first = await use("15.5", "monday");
  const repeated = await use("15.5", "monday");
  const tooMuch = await use("4.51", "tuesday");
  const rest = await use("4.5", "tuesday");
  const flat = await use("1.0", "flat", lineItems[0]);
  const full = (await active(desk))[0]?.lineItems[1]?.plan.pricingDetails;
  desk.advance(30 * DAY_MS);
  const next = await use("20.0", "december");

  expect(repeated).toEqual(first);
  expect(tooMuch.userErrors).toEqual([
    { field: ["price"], message: "Total price exceeds balance remaining" },
  ]);
  expect(rest.userErrors).toEqual([]);
  expect(flat.userErrors).toMatchObject([{ message: "Subscription line item not found" }]);
  expect(full).toMatchObject({ balanceUsed: USD("20.0"), cappedAmount: USD("20.0") });
  expect(next.userErrors).toEqual([]);
});

test("plans that Shopify cannot charge are refused", async ({ desk }) => {
  const euro = { amount: "20.0", currencyCode: "EUR" };
  const inEuro = { plan: { appUsagePricingDetails: { terms: "x", cappedAmount: euro } } };
  const messageFor = async (lineItems: object[], about?: object) =>
    (await create(desk, lineItems, about)).userErrors[0]?.message;

  expect(await messageFor([])).toContain("Only one pricing plan");
  expect(await messageFor([MONTHLY, MONTHLY])).toContain("Only one pricing plan");
  expect(await messageFor([MONTHLY, inEuro])).toContain("same currency");
  expect(await messageFor([MONTHLY], { name: " " })).toBe("Name can't be blank");
});
