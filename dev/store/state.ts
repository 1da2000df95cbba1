import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { CommerceState } from "./commerce/state";

export type Installation = { installedAt: string; scopes: string[] };
export type AccessToken = {
  shop: string;
  scopes: string[];
  /** Milliseconds since 1970; null never expires. */
  expiresAt: number | null;
};
export type RefreshToken = {
  shop: string;
  scopes: string[];
  expiresAt: number;
  /** The refresh token that this one replaces; that one works until this one is used. */
  replaces: string | null;
  /** Milliseconds since 1970 when it was first traded in. */
  usedAt?: number;
};
export type WebPixel = { id: string; settings: Record<string, string> };
export type Metafield = {
  id: number;
  /** A gid: of the app installation for app-data metafields. */
  ownerId: string;
  namespace: string;
  key: string;
  type: string;
  value: string;
  createdAt: string;
  updatedAt: string;
};
/** A block of the app in the theme; `block` is its file in the extension's blocks folder, without `.liquid`. */
export type ThemeBlock = {
  id: string;
  block: string;
  settings: Record<string, unknown>;
  disabled: boolean;
};
/** The published theme, as far as the app is in it. */
export type Theme = {
  id: number;
  name: string;
  embeds: ThemeBlock[];
  /** App blocks of each template, such as `product`, in their order. */
  templates: Record<string, ThemeBlock[]>;
};

/** An entry of the app's own metaobject types. */
export type Metaobject = {
  id: number;
  /** In full: `app--1--placement` for `$app:placement`. */
  type: string;
  handle: string;
  values: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
};
/** A webhook subscription made by the Admin API; those of shopify.app.toml are not kept here. */
export type WebhookSubscription = {
  id: number;
  /** Shopify's enum: `ORDERS_CREATE`. */
  topic: string;
  uri: string;
  format: "JSON" | "XML";
  filter: string | null;
  includeFields: string[];
  name: string | null;
  createdAt: string;
  updatedAt: string;
};
export type UsageRecord = {
  id: number;
  description: string;
  /** In minor units of the plan's currency. */
  priceMinor: number;
  idempotencyKey: string | null;
  createdAt: string;
};
/** One plan of a subscription: so much each interval, or by usage up to a cap. */
export type PricingPlan =
  | { kind: "recurring"; interval: "EVERY_30_DAYS" | "ANNUAL"; priceMinor: number }
  | { kind: "usage"; terms: string; cappedMinor: number; records: UsageRecord[] };
export type AppSubscription = {
  id: number;
  name: string;
  status: "PENDING" | "ACTIVE" | "DECLINED" | "EXPIRED" | "CANCELLED";
  test: boolean;
  trialDays: number;
  returnUrl: string;
  currency: string;
  /** At most one of each kind. */
  plans: { id: number; plan: PricingPlan }[];
  /** In the address of the page that asks the merchant. */
  confirmationKey: string;
  createdAt: string;
  activatedAt: string | null;
};

/** Everything that Shopify would remember of the app; shops are named by their domain. */
export type State = {
  installations: Record<string, Installation>;
  accessTokens: Record<string, AccessToken>;
  refreshTokens: Record<string, RefreshToken>;
  webPixels: Record<string, WebPixel>;
  metafields: Record<string, Metafield[]>;
  themes: Record<string, Theme>;
  metaobjects: Record<string, Metaobject[]>;
  webhookSubscriptions: Record<string, WebhookSubscription[]>;
  appSubscriptions: Record<string, AppSubscription[]>;
  commerce: Record<string, CommerceState>;
  /** Milliseconds that the stand-in's clock is ahead of the machine's. */
  clockAhead: number;
};
export type Memory = { state: State; save: () => void };

const EMPTY: State = {
  installations: {},
  accessTokens: {},
  refreshTokens: {},
  webPixels: {},
  metafields: {},
  themes: {},
  metaobjects: {},
  webhookSubscriptions: {},
  appSubscriptions: {},
  commerce: {},
  clockAhead: 0,
};

/** The state, kept in `file` when there is one: `save` writes it whole, or not at all. */
export function remember(file: string | undefined): Memory {
  const state = { ...structuredClone(EMPTY), ...read(file) };
  const save = () => {
    if (!file) return;
    writeFileSync(`${file}.new`, JSON.stringify(state, null, 2));
    renameSync(`${file}.new`, file);
  };
  return { state, save };
}

function read(file: string | undefined): Partial<State> {
  if (!file) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8")) as State;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}
