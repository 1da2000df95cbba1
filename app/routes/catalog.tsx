import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useLocation, useNavigation, useSearchParams } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { timeZoneOf } from "~/analytics/period";
import { listingChoices } from "~/catalog/choices.server";
import { parseWish } from "~/catalog/listing";
import { countProducts, listProducts } from "~/catalog/listing.server";
import { CatalogFilters } from "~/components/catalog-filters";
import { CatalogList, NoProducts } from "~/components/catalog-list";
import { RouteError } from "~/components/route-error";
import { answer } from "~/platform/http.server";
import { authenticateShop } from "~/shopify/shops.server";

export const ErrorBoundary = RouteError;

const PER_PAGE = 50;

export const loader = answer(async ({ context, request }: LoaderFunctionArgs) => {
  const { shop } = await authenticateShop(context, request);
  const wish = parseWish(new URL(request.url).searchParams);
  const asked = { ...wish, visibility: "merchants", limit: PER_PAGE, now: new Date() } as const;
  const [found, count, choices] = await Promise.all([
    listProducts(context.db, shop.id, asked),
    countProducts(context.db, shop.id, asked),
    listingChoices(context.db, shop.id),
  ]);
  return { ...found, count, choices, wish, currency: shop.currency, timeZone: timeZoneOf(shop) };
});

/** Parameters that do not make the list shorter. */
const NOT_NARROWING = ["sort", "cursor"];

export default function Catalog() {
  const { products, next, count, choices, wish, ...shop } = useLoaderData<typeof loader>();
  const [search, setSearch] = useSearchParams();
  const { pathname } = useLocation();
  const { state, location } = useNavigation();
  const isLoading = state === "loading" && location.pathname === pathname;
  const change = (changes: Record<string, string>) =>
    setSearch((now) => changed(now, { ...changes, cursor: "" }), { preventScrollReset: true });
  const addressWith = (cursor: string) => `/app/catalog?${changed(search, { cursor })}`;
  const isNarrowed = [...search].some(([name, value]) => value && !NOT_NARROWING.includes(name));
  return (
    <Page
      title="Catalogue"
      subtitle="What the shop sells, as Shopify last told of it"
      secondaryActions={[{ content: "Catalogue sync", url: "/app/catalog/sync" }]}
    >
      <BlockStack gap="400">
        <CatalogFilters {...{ wish, choices }} onChange={change} />
        {products.length === 0 && !isLoading ? (
          <NoProducts isNarrowed={isNarrowed} />
        ) : (
          <CatalogList
            {...{ products, count, isLoading, ...shop }}
            next={next && addressWith(next)}
            first={wish.cursor && addressWith("")}
          />
        )}
      </BlockStack>
    </Page>
  );
}

/** The address's parameters with some set, and the empty ones left out. */
function changed(search: URLSearchParams, changes: Record<string, string>): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) next.set(name, value);
  return new URLSearchParams([...next].filter(([, value]) => value !== ""));
}
