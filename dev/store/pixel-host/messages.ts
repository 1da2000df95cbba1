import type { RegisterInit } from "@shopify/web-pixels-extension";

export type CustomerPrivacy = RegisterInit["customerPrivacy"];
export type PixelEvent = { id: string; name: string; type: "standard" | "custom" | "dom" };

/** What the page and the pixel's worker tell each other. */
export type ToWorker =
  | { kind: "start"; settings: Record<string, string>; init: RegisterInit; block: string | null }
  | { kind: "event"; event: PixelEvent }
  | { kind: "consent"; customerPrivacy: CustomerPrivacy }
  | { kind: "answer"; call: number; value: unknown };

/** A call of the pixel's `browser` API, which acts on the page. */
export type FromWorker = {
  call: number;
  target: "cookie" | "localStorage" | "sessionStorage";
  method: string;
  args: string[];
};
