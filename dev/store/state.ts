import { readFileSync, renameSync, writeFileSync } from "node:fs";

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
};
export type WebPixel = { id: string; settings: Record<string, string> };

/** Everything that Shopify would remember of the app; shops are named by their domain. */
export type State = {
  installations: Record<string, Installation>;
  accessTokens: Record<string, AccessToken>;
  refreshTokens: Record<string, RefreshToken>;
  webPixels: Record<string, WebPixel>;
};
export type Memory = { state: State; save: () => void };

const EMPTY: State = { installations: {}, accessTokens: {}, refreshTokens: {}, webPixels: {} };

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
