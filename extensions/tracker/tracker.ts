import { tellArrival } from "./arrival";
import { measureChoices } from "./choices";
import { measureClicks } from "./clicks";
import { quietly, type On, type Publish } from "./listening";
import { tellMarked } from "./markup";
import { measurePage } from "./page";
import { measureProducts } from "./products";

/** The parts of Shopify's page object that are used; each may be missing, or be something else. */
type Shopify = {
  analytics?: { publish: (name: string, fields: object) => void };
  customerPrivacy?: { analyticsProcessingAllowed: () => boolean };
  designMode?: boolean;
  loadFeatures?: (features: object[], done: () => void) => void;
};
const shopify = (): Shopify | undefined => (window as Window & { Shopify?: Shopify }).Shopify;
const isAllowed = () => shopify()?.customerPrivacy?.analyticsProcessingAllowed() === true;

/** Events of one name on one page. */
const MOST = 50;
const PARTS = [
  ...[measurePage, measureClicks, measureProducts, measureChoices, tellMarked, tellArrival],
];

/** Measures the page until the signal ends it. */
function measure(signal: AbortSignal): void {
  const times: Record<string, number> = {};
  const publish: Publish = (name, fields) => {
    const time = (times[name] = (times[name] ?? 0) + 1);
    if (time > MOST || signal.aborted || !isAllowed()) return;
    shopify()?.analytics?.publish(`pixelnova:${name}`, fields);
  };
  const on: On = (types, hear) => {
    const heard = quietly((event: Event) => {
      if (event.isTrusted) hear(event as Parameters<typeof hear>[0], event.target as Element);
    });
    for (const type of types)
      addEventListener(type, heard, { capture: true, passive: true, signal });
  };
  for (const part of PARTS) quietly(() => part(on, publish))(null);
}

let life: AbortController | undefined;

/** Begins once the shopper has consented, ends with the consent. In the theme's editor it never does. */
const decide = quietly(() => {
  const page = shopify();
  if (page?.designMode) return;
  if (!page?.customerPrivacy)
    page?.loadFeatures?.([{ name: "consent-tracking-api", version: "0.1" }], () => decide(null));
  else if (!isAllowed()) {
    life?.abort();
    life = undefined;
  } else if (!life && page.analytics) {
    life = new AbortController();
    measure(life.signal);
  }
});

document.addEventListener("visitorConsentCollected", decide);
addEventListener("load", decide);
decide(null);
