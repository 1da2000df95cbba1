import type { LoaderFunctionArgs } from "@remix-run/node";
import { keyNumbersCompared } from "~/analytics/key-numbers.server";
import { homeView } from "~/analytics/overview";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

/** What the home page shows beside what it answers with: that takes longer, and the page does not wait for it. */
export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const now = new Date();
  const question = {
    ...{ shopId: shop.id, now },
    view: homeView(new URL(request.url).searchParams, shop, now),
  };
  const numbers = await keyNumbersCompared(context.db, question);
  const { timeZone, to } = question.view.period;
  const view = { period: { to }, now: question.now };
  const { currency } = shop;
  return { ...numbers, view, currency, timeZone };
});
