/** What became of the shop's web pixel when it was last looked after. */
export type PixelConnection =
  /** `restored`: we had connected it before, and it was gone. `updated`: it had other settings. */
  | { status: "connected" | "created" | "restored" | "updated" }
  | { status: "failed"; reason: string };

/** What the pixel is told: the fields of extensions/pixel/shopify.extension.toml. */
export type PixelSettings = { endpoint: string; key: string; sampleRate: string };

/** @param appUrl the app's public origin; @param key the shop's `pixelKey`; @param sampleRate the share
 * of visitors whose events are sent */
export const pixelSettings = (appUrl: string, key: string, sampleRate = 1): PixelSettings => ({
  endpoint: `${appUrl}/pixel/events`,
  key,
  sampleRate: String(sampleRate),
});

/** @param actual settings as Shopify gives them back: an object, or its JSON */
export function hasSettings(actual: unknown, wanted: PixelSettings): boolean {
  const settings = typeof actual === "string" ? parse(actual) : actual;
  if (typeof settings !== "object" || settings === null) return false;
  const entries = Object.entries(wanted);
  const found = new Map<string, unknown>(Object.entries(settings));
  return found.size === entries.length && entries.every(([name, text]) => found.get(name) === text);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // not ours, so it differs from what we want
  }
}
