import type { RegisterInit } from "@shopify/web-pixels-extension";
import { showBanner } from "./banner";
import { carryOut, readCookie } from "./browser-calls";
import {
  currentVisitorConsent,
  decide,
  hasDecided,
  isAskedFirst,
  readConsent,
  type Decision,
} from "./consent";
import { followDom } from "./dom-events";
import type { FromWorker, PixelEvent, ToWorker } from "./messages";
import { pageContext } from "./page-context";

const YEAR_SECONDS = 365 * 24 * 3600;

/** What the page knows when it is rendered. */
export type PageInfo = {
  /** Names the visitor's cookie: both shops live on one host, and cookies do not tell ports apart. */
  shopHandle: string;
  /** Where the shopper is, by their address: it decides whether they are asked first. */
  country: string;
  isCheckout: boolean;
  /** The settings of the app's pixel in this shop; null when there is no pixel. */
  pixel: { settings: Record<string, string> } | null;
  init: RegisterInit["data"];
};
export type Publish = (name: string, data: object) => void;
type Send = (name: string, data: object | null) => void;

/** Runs the shop's pixel for as long as the page lives. Where analytics is not allowed the pixel does
 * not start; once it is allowed, it gets what happened before on this page.
 * dev:apps/build/marketing-analytics/pixels */
export function startPixelHost({ shopHandle, country, pixel, init }: PageInfo): Publish {
  const cookie = `_shopify_y_${shopHandle}`;
  let clientId = visitorOf(cookie);
  const consent = () => readConsent(country);
  const isAllowed = () => consent().analyticsProcessingAllowed;
  const early: PixelEvent[] = [];
  let worker: Worker | undefined;
  let seq = 0;

  const publishAs =
    (type: PixelEvent["type"]): Send =>
    (name, data) => {
      const event = {
        ...{ id: crypto.randomUUID(), clientId, name, type, seq: seq++ },
        timestamp: new Date().toISOString(),
        ...(type === "dom" ? {} : { context: pageContext() }),
        ...(type === "custom" ? { customData: data } : { data }),
      };
      if (worker === undefined) early.push(event);
      else if (isAllowed()) tell(worker, { kind: "event", event });
    };
  const wake = () => {
    if (!pixel || worker || !isAllowed()) return;
    worker = startWorker(pixel.settings, init, consent());
    for (const event of early.splice(0)) tell(worker, { kind: "event", event });
  };
  const setConsent = (decision: Decision) => {
    const before = isAllowed();
    decide(decision);
    const customerPrivacy = consent();
    document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail: customerPrivacy }));
    if (worker) tell(worker, { kind: "consent", customerPrivacy });
    if (before && !isAllowed()) clientId = visitorOf(cookie, crypto.randomUUID()); // nobody we knew
    wake();
  };

  offerToPage({ publish: publishAs("custom"), setConsent, consent, country });
  followDom(publishAs("dom"));
  offerChoice(setConsent, country);
  wake();
  return publishAs("standard");
}

const tell = (worker: Worker, message: ToWorker) => worker.postMessage(message);

function startWorker(
  settings: Record<string, string>,
  data: RegisterInit["data"],
  customerPrivacy: RegisterInit["customerPrivacy"],
): Worker {
  const worker = new Worker("/wpm/worker.js");
  worker.addEventListener("message", ({ data: { call, ...rest } }: MessageEvent<FromWorker>) =>
    tell(worker, { kind: "answer", call, value: carryOut(rest) }),
  );
  const init = { context: pageContext(), data, customerPrivacy };
  const block = localStorage.getItem("adblock"); // what an ad blocker would keep from the network
  tell(worker, { kind: "start", settings, init, block });
  return worker;
}

/** The visitor's id, kept for a year. @param renewed takes the place of the one that there is */
function visitorOf(cookie: string, renewed?: string): string {
  const id = renewed ?? readCookie(cookie) ?? crypto.randomUUID();
  document.cookie = `${cookie}=${id}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  return id;
}

/** Asks where it must be asked first; the footer's link asks again, anywhere. */
function offerChoice(setConsent: (decision: Decision) => void, country: string): void {
  if (isAskedFirst(country) && !hasDecided()) showBanner(setConsent);
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-privacy-choices]"))
      showBanner(setConsent);
  });
}

type Offer = {
  publish: Send;
  setConsent: (decision: Decision) => void;
  consent: () => RegisterInit["customerPrivacy"];
  country: string;
};

/** What themes and app blocks may call, beside what the theme has put there itself.
 * dev:api/web-pixels-api/emitting-data, dev:api/customer-privacy */
function offerToPage({ publish, setConsent, consent, country }: Offer): void {
  const page = window as Window & { Shopify?: object };
  const allowed = (purpose: keyof RegisterInit["customerPrivacy"]) => () => consent()[purpose];
  page.Shopify = Object.assign(page.Shopify ?? {}, {
    analytics: {
      publish: (name: string, data?: object) => publish(name, data ?? null),
      visitor: () => true,
    },
    loadFeatures: (_features: object[], done?: (error?: Error) => void) => done?.(),
    customerPrivacy: {
      analyticsProcessingAllowed: allowed("analyticsProcessingAllowed"),
      marketingAllowed: allowed("marketingAllowed"),
      preferencesProcessingAllowed: allowed("preferencesProcessingAllowed"),
      saleOfDataAllowed: allowed("saleOfDataAllowed"),
      currentVisitorConsent,
      getRegion: () => country,
      shouldShowBanner: () => isAskedFirst(country) && !hasDecided(),
      setTrackingConsent: (decision: Decision, callback?: () => void) => {
        setConsent(decision);
        callback?.();
      },
    },
  });
}
