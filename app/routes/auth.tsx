import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { answer } from "~/platform/http.server";

export const meta: MetaFunction = () => [{ title: "Pixelnova" }];

/** `login` is for visitors without a shop; every other path under /auth is the library's. */
export const loader = answer(async ({ request, params, context }: LoaderFunctionArgs) => {
  if (params["*"] !== "login") await context.shopify.authenticate.admin(request);
  return null;
});

/** Asks for nothing: only the Shopify admin knows which shop is being opened, and by whom. */
export default function OpenFromShopify() {
  return (
    <main style={{ maxWidth: "32rem", margin: "20vh auto 0", padding: "0 1.5rem" }}>
      <h1 style={{ fontSize: "1.25rem", fontWeight: 650, marginBottom: "0.5rem" }}>
        Open Pixelnova from your Shopify admin
      </h1>
      <p style={{ lineHeight: 1.5 }}>
        Pixelnova works inside Shopify. In your admin, choose Apps, then Pixelnova. If it is not in
        the list, install it there first.
      </p>
    </main>
  );
}
