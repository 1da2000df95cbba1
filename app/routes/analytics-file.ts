import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerReport } from "~/api/analytics.server";
import { CsvFile } from "~/api/csv.server";
import { NotFound } from "~/platform/errors";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

/** Any table of the analytics pages as a CSV file, by its report's path. */
export const loader = answer(async ({ context, request, params }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const { searchParams: search } = new URL(request.url);
  search.set("format", "csv");
  const file = await answerReport(context.db, params["*"] ?? "", {
    ...{ shop, search, now: new Date() },
  });
  if (!(file instanceof CsvFile)) throw new NotFound("there is no such file");
  return new Response(file.text, { headers: file.headers });
});
