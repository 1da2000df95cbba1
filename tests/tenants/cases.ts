import { CONSENT_VERSION } from "~/catalog/alerts/subscription";
import { REPORTS } from "~/analytics/reports.server";
import { HARBOUR, NORTHWIND } from "../shopify/stand-in";
import { ID, NUMBER, WORD } from "./rows";

/** What a route is asked. */
export type Case = {
  /** By what a caller is let in: a merchant's session, a token of the API, the signature of Shopify's
   * proxy or webhooks; nothing where anybody may ask. */
  door: "session" | "token" | "proxy" | "webhook" | "none";
  /** Paths, with ids of the first shop's rows. */
  reads?: readonly string[];
  /** Paths that tell how many orders there are, and nothing that is in one. */
  counts?: readonly string[];
  /** Paths that tell nobody anything of rows. */
  readsOfNothing?: readonly string[];
  /** Forms, or JSON, that would change the first shop's rows or bring some of them. */
  posts?: readonly Post[];
};
export type Post = { path: string; body: Record<string, unknown>; isHarmless?: true };

const page = (...reads: string[]): Case => ({ door: "session", reads });
const endpoint = (path: string, ...more: string[]): Case => ({
  ...{ door: "token", reads: [path, ...more] },
  posts: [{ path, body: {}, isHarmless: true }],
});
const open = (...readsOfNothing: string[]): Case => ({ door: "none", readsOfNothing });
const form = (path: string, ...bodies: Post["body"][]) => ({
  posts: bodies.map((body) => ({ path, body })),
});

const [BROWSER, CUSTOMER] = [`client:${WORD}`, `customer:${NUMBER}`];
const LISTING = `${NORTHWIND}/${NUMBER}`;
export const PARTNER = "partner.myshopify.com";
const OTHER_LISTING = `${NORTHWIND}/77`;

/** What some reports have to be asked. */
const WANTED: Record<string, string> = {
  heatmap: `template=${WORD}&viewport=desktop`,
  ...{ cohorts: "split=product", retention: "split=product" },
  "heatmap/cells": `template=${WORD}&viewport=desktop`,
};
const COUNTING = ["customers"];
const reports = [...REPORTS.keys()]
  .filter((path) => !COUNTING.includes(path))
  .map((path) => `${path.replace("{id}", WORD)}?${WANTED[path] ?? ""}`);
const below = (folder: string) => reports.map((path) => `${folder}/${path}`);

/** For every route of the app, by its id: what it is asked by those who have no right to its answer. */
export const CASES: Record<string, Case> = {
  "routes/index": open("/", `/?shop=${NORTHWIND}`),
  "routes/auth": { door: "session", readsOfNothing: ["/auth/login", "/auth/session-token"] },
  "routes/app": open("/app"),
  "routes/home": {
    ...page("/app?index"),
    posts: [{ path: "/app?index", body: {}, isHarmless: true }],
  },
  "routes/visitors": {
    ...page("/app/visitors", `/app/visitors?seen=2100-01-01T00:00:00Z&visitor=${BROWSER}`),
    ...form("/app/visitors", { minutes: "77" }),
  },
  "routes/visitor": {
    ...page(`/app/visitors/${BROWSER}`, `/app/visitors/${CUSTOMER}`),
    ...form(
      `/app/visitors/${BROWSER}`,
      { change: "restore", clientId: WORD, customerId: NUMBER },
      { change: "undo", clientId: WORD, customerId: NUMBER },
    ),
  },
  "routes/orders": { ...page("/app/orders"), ...form("/app/orders", {}) },
  "routes/catalog": page("/app/catalog"),
  "routes/catalog-sync": { ...page("/app/catalog/sync"), ...form("/app/catalog/sync", {}) },
  "routes/product": page(`/app/catalog/${NUMBER}`),
  "routes/matches": {
    ...page("/app/matches"),
    posts: [
      {
        ...{ path: "/app/matches", isHarmless: true },
        body: { kind: "confirm", one: LISTING, other: OTHER_LISTING },
      },
      { path: "/app/matches", body: { kind: "revoke-link", domain: PARTNER } },
      { path: "/app/matches", body: { kind: "make-code" } },
    ],
  },
  "routes/annotations": {
    ...page("/app/analytics/annotations"),
    ...form(
      "/app/analytics/annotations",
      { annotationId: ID, day: "2026-11-21", kind: "campaign", text: "Another word" },
      { delete: ID },
    ),
  },
  "routes/alerts": {
    ...page("/app/alerts"),
    ...form(
      "/app/alerts",
      { change: "try_again", deliveryId: ID },
      { change: "low_stock", quantity: "77" },
      { change: "no_webhook" },
    ),
  },
  "routes/collection": {
    ...page("/app/collection"),
    ...form("/app/collection", { change: "key" }, { change: "share", sampleRate: "0.5" }),
  },
  "routes/privacy": { ...page("/app/privacy"), ...form("/app/privacy", { requestId: WORD }) },
  "routes/status": page("/app/status"),
  "routes/api-tokens": { ...page("/app/api-tokens"), ...form("/app/api-tokens", { revoke: ID }) },
  "routes/analytics-file": {
    ...page(...below("/app/analytics/file")),
    counts: COUNTING.map((path) => `/app/analytics/file/${path}`),
  },
  "routes/key-numbers": page("/app/analytics/key-numbers"),
  "routes/live": page("/app/analytics/live"),
  "routes/live-stream": page("/app/analytics/live/stream"),
  "routes/quality": page("/app/analytics/quality"),
  "routes/sessions": page("/app/analytics/sessions"),
  "routes/page-views": page("/app/analytics/pages"),
  "routes/heatmap": page("/app/analytics/heatmap"),
  "routes/session-list": page("/app/analytics/sessions/list"),
  "routes/session": page(`/app/analytics/sessions/${WORD}`),
  "routes/funnel": {
    ...page("/app/analytics/funnel", `/app/analytics/funnel?funnel=${ID}`),
    ...form(
      "/app/analytics/funnel",
      {
        ...{ funnelId: ID, name: "Another's" },
        definition: JSON.stringify({
          ...{ steps: [{ kind: "search" }, { kind: "purchase" }] },
          ...{ order: "ordered", windowMinutes: 60, countedBy: "session" },
        }),
      },
      { delete: ID },
    ),
  },
  "routes/journeys": page("/app/analytics/journeys"),
  "routes/search": page("/app/analytics/search"),
  "routes/products": page("/app/analytics/products"),
  "routes/carts": page("/app/analytics/carts"),
  "routes/revenue": page("/app/analytics/revenue"),
  "routes/customers": page("/app/analytics/customers"),
  "routes/cohorts": page("/app/analytics/cohorts?split=product"),
  "routes/api-v1-docs": open("/api/v1"),
  "routes/api-v1-openapi": open("/api/v1/openapi.json"),
  "routes/api-v1-products": endpoint("/api/v1/products", `/api/v1/products?collection=${NUMBER}`),
  "routes/api-v1-product": endpoint(`/api/v1/products/${NUMBER}`),
  "routes/api-v1-price-history": endpoint(`/api/v1/products/${NUMBER}/price-history`),
  "routes/api-v1-sync-status": endpoint("/api/v1/catalog/sync-status"),
  "routes/api-v1-alerts": endpoint("/api/v1/alerts"),
  "routes/api-v1-live": endpoint("/api/v1/analytics/live"),
  "routes/api-v1-analytics": {
    ...endpoint("/api/v1/analytics/sessions", ...below("/api/v1/analytics")),
    counts: COUNTING.map((path) => `/api/v1/analytics/${path}`),
  },
  "routes/api-sync": {
    ...open("/api/sync"),
    posts: [{ path: "/api/sync", body: { shop: NORTHWIND }, isHarmless: true }],
  },
  "routes/alert-link": {
    ...open(`/alerts/confirm/${WORD}`, `/alerts/unsubscribe/${WORD}`),
    posts: ["confirm", "unsubscribe"].map((what) => ({
      ...{ path: `/alerts/${what}/${WORD}`, body: {}, isHarmless: true },
    })),
  },
  "routes/proxy-alerts": {
    ...{ door: "proxy", readsOfNothing: ["/proxy/alerts"] },
    ...form("/proxy/alerts", {
      ...{ email: "eve@example.com", kind: "back_in_stock", product: NUMBER },
      ...{ page: "/products/any", consent: CONSENT_VERSION },
    }),
  },
  "routes/api-unknown": {
    ...open("/api/v2/products"),
    posts: [{ path: "/api/v2/products", body: {}, isHarmless: true }],
  },
  "routes/webhooks": {
    ...{ door: "webhook", readsOfNothing: ["/webhooks"] },
    ...form(
      "/webhooks",
      { topic: "customers/data_request", customer: { id: Number(NUMBER) }, orders_requested: [] },
      { topic: "products/delete", id: Number(NUMBER) },
      { topic: "collections/delete", id: Number(NUMBER) },
      {
        ...{ topic: "customers/redact", customer: { id: Number(NUMBER) } },
        orders_to_redact: [Number(NUMBER)],
      },
    ),
  },
  "routes/healthz": open("/healthz"),
  "routes/readyz": open("/readyz"),
};

export const OTHER = HARBOUR;
export const FIRST = NORTHWIND;
