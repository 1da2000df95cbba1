import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData, useLocation, useNavigation } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { AppProvider as Polaris } from "@shopify/polaris";
import english from "@shopify/polaris/locales/en.json" with { type: "json" };
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { PageSkeleton } from "~/components/page-skeleton";
import { RouteError } from "~/components/route-error";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: polarisStyles }];
export const headers: HeadersFunction = (args) => boundary.headers(args);

/** Signs nobody in: each page does that for itself, at the same moment, and a first visit would
 * otherwise exchange its token twice. What the frame knows is public. */
export const loader = ({ context }: LoaderFunctionArgs) => ({
  apiKey: context.config.shopify.apiKey,
});

/** The frame never changes, so a page's refresh need not ask for it again. */
export const shouldRevalidate = () => false;

export default function AdminFrame() {
  const { apiKey } = useLoaderData<typeof loader>();
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey}>
      <NavMenu>
        <Link to="/app" rel="home">
          Home
        </Link>
        <Link to="/app/analytics/live">Live</Link>
        <Link to="/app/analytics/sessions">Sessions</Link>
        <Link to="/app/analytics/pages">Pages</Link>
        <Link to="/app/analytics/heatmap">Heatmap</Link>
        <Link to="/app/analytics/funnel">Funnel</Link>
        <Link to="/app/analytics/journeys">Journeys</Link>
        <Link to="/app/analytics/search">Search</Link>
        <Link to="/app/analytics/products">Products</Link>
        <Link to="/app/analytics/carts">Carts</Link>
        <Link to="/app/analytics/revenue">Revenue</Link>
        <Link to="/app/analytics/customers">Customers</Link>
        <Link to="/app/analytics/cohorts">Cohorts</Link>
        <Link to="/app/visitors">Visitors</Link>
        <Link to="/app/orders">Orders</Link>
        <Link to="/app/catalog">Catalogue</Link>
        <Link to="/app/matches">Matches</Link>
        <Link to="/app/alerts">Alerts</Link>
        <Link to="/app/collection">Data collection</Link>
        <Link to="/app/privacy">Privacy</Link>
        <Link to="/app/analytics/quality">Data quality</Link>
        <Link to="/app/status">Status</Link>
        <Link to="/app/api-tokens">API tokens</Link>
      </NavMenu>
      <CurrentPage />
    </AppProvider>
  );
}

/** The page, or its outline while another one is on its way. */
function CurrentPage() {
  const { state, location } = useNavigation();
  const { pathname } = useLocation();
  const isLeaving = state === "loading" && location.pathname !== pathname;
  return isLeaving ? <PageSkeleton /> : <Outlet />;
}

/** Without the frame's own data there is no App Bridge, but there is a page. */
export function ErrorBoundary() {
  return (
    <Polaris i18n={english}>
      <RouteError />
    </Polaris>
  );
}
