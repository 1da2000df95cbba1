import type { LinksFunction, MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from "@remix-run/react";
import type { ReactNode } from "react";
import { explain } from "~/components/failure";
import styles from "./root.css?url";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: styles },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: MetaFunction = () => [{ title: "Pixelnova" }];

export function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** For failures outside of the admin's pages, where Polaris is not loaded. */
export function ErrorBoundary() {
  const { title, message } = explain(useRouteError());
  return (
    <main
      style={{ font: "16px/1.5 Inter, system-ui, sans-serif", maxWidth: 560, margin: "15vh auto" }}
    >
      <h1>{title}</h1>
      <p>{message}</p>
    </main>
  );
}
