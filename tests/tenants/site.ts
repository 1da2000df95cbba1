import path from "node:path";
import { createRequestHandler, type ServerBuild } from "@remix-run/server-runtime";
import type { RouteConfigEntry } from "@remix-run/route-config";
import type { AppContext } from "~/context";
import * as entry from "~/entry.server";
import routes from "~/routes";

type Modules = ServerBuild["routes"];
type RouteModule = Modules[string]["module"];

/** Every route of the app as its configuration names it, by its id, such as routes/home. */
export const ROUTES: Modules = Object.assign(
  {},
  ...(await Promise.all(routes.map((r) => load(r)))),
);

async function load(
  { file, index, path: place, children = [] }: RouteConfigEntry,
  parentId?: string,
): Promise<Modules> {
  const id = file.replace(/\.tsx?$/, "");
  const module = (await import(path.resolve("app", file))) as RouteModule;
  const below = await Promise.all(children.map((child) => load(child, id)));
  return Object.assign({ [id]: { id, parentId, index, path: place, module } }, ...below) as Modules;
}

/** The app's own routing, loaders and actions, within this process. Answers of pages are their data. */
export function siteOn(context: AppContext): (id: string, request: Request) => Promise<Response> {
  const handle = createRequestHandler({
    ...{ mode: "production", entry: { module: entry }, routes: ROUTES, publicPath: "/" },
    ...{ assetsBuildDirectory: "", isSpaMode: false },
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
    future: {
      ...{ v3_fetcherPersist: true, v3_relativeSplatPath: true, v3_throwAbortReason: true },
      ...{ v3_lazyRouteDiscovery: true, v3_singleFetch: false },
    },
  });
  return (id, request) => {
    const address = new URL(request.url);
    if (ROUTES[id]?.module.default) address.searchParams.set("_data", id);
    return handle(new Request(address, request), context);
  };
}
