import type { RegisterInit } from "@shopify/web-pixels-extension";
import { carryOut, readCookie } from "./browser-calls";
import { decide, readConsent, type Decision } from "./consent";
import type { FromWorker, PixelEvent, ToWorker } from "./messages";
import { pageContext } from "./page-context";

const YEAR_SECONDS = 365 * 24 * 3600;

/** What the page knows when it is rendered. */
export type PageInfo = {
  /** Names the visitor's cookie: both shops live on one host, and cookies do not tell ports apart. */
  shopHandle: string;
  /** The settings of the app's pixel in this shop; null when there is no pixel. */
  pixel: { settings: Record<string, string> } | null;
  init: RegisterInit["data"];
};
export type Publish = (name: string, data: object) => void;

/** Runs the shop's pixel for as long as the page lives. Where analytics is not allowed the pixel does
 * not start; once it is allowed, it gets what happened before.
 * dev:apps/build/marketing-analytics/pixels */
export function startPixelHost({ shopHandle, pixel, init }: PageInfo): Publish {
  const clientId = visitorOf(`_shopify_y_${shopHandle}`);
  const isAllowed = () => readConsent().analyticsProcessingAllowed;
  const early: PixelEvent[] = [];
  let worker: Worker | undefined;
  let seq = 0;

  const publishAs = (type: PixelEvent["type"]) => (name: string, data: object | null) => {
    const event = {
      ...{ id: crypto.randomUUID(), clientId, name, type, seq: seq++ },
      timestamp: new Date().toISOString(),
      context: pageContext(),
      ...(type === "custom" ? { customData: data } : { data }),
    };
    if (worker === undefined) early.push(event);
    else if (isAllowed()) tell(worker, { kind: "event", event });
  };
  const wake = () => {
    if (!pixel || worker || !isAllowed()) return;
    worker = startWorker(pixel.settings, init);
    for (const event of early.splice(0)) tell(worker, { kind: "event", event });
  };

  offerToPage(publishAs("custom"), (decision) => {
    const customerPrivacy = decide(decision);
    document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail: customerPrivacy }));
    if (worker) tell(worker, { kind: "consent", customerPrivacy });
    wake();
  });
  wake();
  return publishAs("standard");
}

const tell = (worker: Worker, message: ToWorker) => worker.postMessage(message);

function startWorker(settings: Record<string, string>, data: RegisterInit["data"]): Worker {
  const worker = new Worker("/wpm/worker.js");
  worker.addEventListener("message", ({ data: { call, ...rest } }: MessageEvent<FromWorker>) =>
    tell(worker, { kind: "answer", call, value: carryOut(rest) }),
  );
  const init = { context: pageContext(), data, customerPrivacy: readConsent() };
  tell(worker, { kind: "start", settings, init });
  return worker;
}

/** The visitor's id, kept for a year. */
function visitorOf(cookie: string): string {
  const id = readCookie(cookie) ?? crypto.randomUUID();
  document.cookie = `${cookie}=${id}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  return id;
}

/** What themes and app blocks may call. dev:api/web-pixels-api/emitting-data, dev:api/customer-privacy */
function offerToPage(publish: Publish, setConsent: (decision: Decision) => void): void {
  const allowed = (purpose: keyof ReturnType<typeof readConsent>) => () => readConsent()[purpose];
  const Shopify = {
    analytics: { publish },
    customerPrivacy: {
      analyticsProcessingAllowed: allowed("analyticsProcessingAllowed"),
      marketingAllowed: allowed("marketingAllowed"),
      preferencesProcessingAllowed: allowed("preferencesProcessingAllowed"),
      saleOfDataAllowed: allowed("saleOfDataAllowed"),
      setTrackingConsent: (decision: Decision, callback?: () => void) => {
        setConsent(decision);
        callback?.();
      },
    },
  };
  Object.assign(window, { Shopify });
}
