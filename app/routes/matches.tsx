import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import {
  useFetcher,
  useLoaderData,
  useSearchParams,
  type ClientActionFunctionArgs,
} from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { z } from "zod";
import { timeZoneOf } from "~/analytics/period";
import { actOnMatches } from "~/catalog/matching/act.server";
import { parsePage } from "~/catalog/matching/decide";
import { lastSearch, listGroups, listQuestions } from "~/catalog/matching/queue.server";
import { linkedStores } from "~/catalog/store-links.server";
import { MatchGroupsCard } from "~/components/match-groups-card";
import { MatchQuestionsCard } from "~/components/match-questions-card";
import { MatchStoresCard } from "~/components/match-stores-card";
import { longMoment } from "~/components/moments";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const page = parsePage(new URL(request.url).searchParams);
  const [review, groups, stores, searched] = await Promise.all([
    listQuestions(context.db, shop.id),
    listGroups(context.db, shop.id, page),
    linkedStores(context.db, shop.id),
    lastSearch(context.db, shop.id),
  ]);
  const own = { own: shop.domain, timeZone: timeZoneOf(shop) };
  return { review, groups: { ...groups, page }, stores, searched, ...own };
});

/** Takes down what the merchant says of listings and of other stores. */
export const action = answer(async ({ context, request }: ActionFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  return actOnMatches(context.db, { shopId: shop.id, form: await request.formData() }, new Date());
});

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  serverAction<typeof action>().then(
    ({ code }) => ({ code, failure: null }),
    async (error: unknown) => ({ code: null, failure: await failureOf(error) }),
  );

/** What to tell the merchant of a refusal, or of an outage; whatever else it is flies on. */
async function failureOf(error: unknown): Promise<string> {
  if (!(error instanceof Response) || error.status >= 500)
    return "Pixelnova does not answer at the moment. Please try again.";
  if (error.status !== 400) throw error;
  return Refusal.parse(await error.json()).message;
}
const Refusal = z.object({ message: z.string() });

export default function Matches() {
  const { review, groups, stores, searched, own, timeZone } = useLoaderData<typeof loader>();
  const { submit, data, state } = useFetcher<typeof clientAction>();
  const [, setSearch] = useSearchParams();
  const isBusy = state !== "idle";
  const send = (fields: Record<string, string | string[]>) =>
    submit(formOf(fields), { method: "post" });
  return (
    <Page title="Matches" subtitle={searched ? searchedOf(searched, timeZone) : NOT_YET}>
      <BlockStack gap="400">
        {data?.failure && (
          <Banner tone="warning" title="That did not work">
            {data.failure}
          </Banner>
        )}
        <MatchQuestionsCard {...review} {...{ own, isBusy }} onAnswer={send} />
        <MatchGroupsCard
          {...groups}
          {...{ own, isBusy }}
          onSplit={(group, listing) => send({ kind: "split", group, listing })}
          onMerge={(group) => send({ kind: "merge", group })}
          onPage={(page) => setSearch({ page: String(page) })}
        />
        <MatchStoresCard
          {...{ stores, timeZone, isBusy }}
          code={data?.code ?? null}
          onMakeCode={() => send({ kind: "make-code" })}
          onAccept={(code) => send({ kind: "accept-code", code })}
          onRevoke={(domain) => send({ kind: "revoke-link", domain })}
        />
      </BlockStack>
    </Page>
  );
}

const NOT_YET = "Your listings have not been compared yet";

const searchedOf = (searched: { matchedAt: string; listings: number }, timeZone: string) =>
  `${searched.listings.toLocaleString("en")} listings compared on ${longMoment(searched.matchedAt, timeZone)}`;

/** A list goes in as one field that comes several times. */
function formOf(fields: Record<string, string | string[]>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const each of [value].flat()) form.append(name, each);
  return form;
}
