import Bowser from "bowser";

/** What a browser's own name for itself tells; null for what it does not. */
export type Device = {
  /** `desktop`, `mobile`, `tablet`, `tv` or `bot`. */
  device: string | null;
  browser: string | null;
  os: string | null;
};

const UNKNOWN: Device = { device: null, browser: null, os: null };
const REMEMBERED_AT_MOST = 2_000;

/** Browsers share few names, and reading one takes some 20 microseconds. */
const known = new Map<string, Device>();

/** Reads a user agent. */
export function deviceOf(userAgent: string | null): Device {
  if (!userAgent) return UNKNOWN;
  const answer = known.get(userAgent) ?? read(userAgent);
  if (known.size >= REMEMBERED_AT_MOST) known.clear();
  known.set(userAgent, answer);
  return answer;
}

function read(userAgent: string): Device {
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    device: platform.type || null,
    browser: browser.name || null,
    os: os.name || null,
  };
}
