/** The stand-in for https://cdn.shopify.com/shopifycloud/app-bridge.js: what the app sees of the
 * admin, over messages to the page that frames it. Unknown parts of App Bridge are simply absent. */
import type { ShopifyGlobal } from "@shopify/app-bridge-types";
import { defineElements } from "./elements";
import { authenticateFetch } from "./fetch";
import {
  bounceBack,
  bouncedFrom,
  frameParameters,
  openThroughParent,
  reportLocation,
} from "./location";
import { followNavigation } from "./navigation";
import { connectToParent, type Parent } from "./parent";
import { pickResources } from "./resource-picker";

type Offered =
  "app" | "config" | "environment" | "idToken" | "loading" | "origin" | "ready" | "resourcePicker";
type AppBridge = Pick<ShopifyGlobal, Offered | "modal" | "saveBar" | "scopes" | "toast">;

type App = ShopifyGlobal["app"];
type Scopes = ShopifyGlobal["scopes"];

const TOAST_MS = 5_000;

function appBridge(apiKey: string, origin: string, parent: Parent): AppBridge {
  const { tell, idToken, ask } = parent;
  const modal = (id: string) => document.querySelector<UIModalElement>(`ui-modal#${id}`);
  const saveBar = (id: string) => document.querySelector<UISaveBarElement>(`ui-save-bar#${id}`);
  let toasts = 0;
  return {
    config: { apiKey, ...frameParameters() },
    origin,
    ready: Promise.resolve(),
    environment: { embedded: true, mobile: false, pos: false, intent: false },
    idToken,
    loading: (isLoading = true) => tell({ kind: "loading", isLoading }),
    toast: {
      show: (text, { duration = TOAST_MS, isError = false } = {}) => {
        const id = `toast-${++toasts}`;
        tell({ kind: "toast", toast: { id, text, isError, duration } });
        return id;
      },
      hide: (id) => tell({ kind: "toast hidden", id }),
    },
    saveBar: {
      show: async (id) => saveBar(id)?.show(),
      hide: async (id) => saveBar(id)?.hide(),
      toggle: async (id) => saveBar(id)?.toggle(),
      leaveConfirmation: async () => {},
    },
    modal: {
      show: async (id) => modal(id)?.show(),
      hide: async (id) => modal(id)?.hide(),
      toggle: async (id) => modal(id)?.toggle(),
    },
    app: { extensions: () => ask({ about: "extensions" }) as ReturnType<App["extensions"]> },
    scopes: {
      query: () => ask({ about: "scopes" }) as ReturnType<Scopes["query"]>,
      request: (scopes) => ask({ about: "scopes wanted", scopes }) as ReturnType<Scopes["request"]>,
      revoke: (scopes) =>
        ask({ about: "scopes given back", scopes }) as ReturnType<Scopes["revoke"]>,
    },
    resourcePicker: pickResources(parent),
  };
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !("shopify" in window)) {
  const origin = new URL(script.src).origin;
  const parent = connectToParent(origin);
  Object.assign(window, { shopify: appBridge(script.dataset.apiKey ?? "", origin, parent) });
  authenticateFetch(parent);
  openThroughParent(parent);
  defineElements(parent);
  followNavigation(parent);
  const page = bouncedFrom();
  if (page) void bounceBack(page, parent);
  else reportLocation(parent);
}
