import type { LoaderFunctionArgs } from "@remix-run/node";
import { keyNumbers } from "~/analytics/key-numbers.server";
import { questionOf } from "~/analytics/question";
import { comparisonOf } from "~/analytics/view";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

/** What the home page shows beside what it refreshes all the time. */
export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  search.set("compare", "previous");
  const question = questionOf(shop, search, new Date());
  const before = comparisonOf(question.view);
  const [all, steps, allBefore] = await Promise.all([
    keyNumbers(context.db, question, "all"),
    keyNumbers(context.db, question, "step"),
    before && keyNumbers(context.db, { ...question, view: before }, "all"),
  ]);
  const { timeZone, to } = question.view.period;
  const view = { period: { to }, now: question.now };
  return { all: all[0], steps, before: allBefore?.[0], view, currency: shop.currency, timeZone };
});
