import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

/** The app's address: Shopify opens it with the shop in its query, anyone else without. */
export function loader({ request }: LoaderFunctionArgs) {
  const { search, searchParams } = new URL(request.url);
  return redirect(searchParams.has("shop") ? `/app${search}` : "/auth/login");
}
