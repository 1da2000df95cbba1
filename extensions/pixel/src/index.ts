import { register, type ExtensionApi } from "@shopify/web-pixels-extension";
import { createDelivery } from "./delivery";
import { at, words } from "./fields";
import { keepCustom, keepStandard, type Visit } from "./keep";
import { createQueue } from "./queue";
import { rateOf } from "./sample";
import { createShelf } from "./shelf";

/** Whatever goes wrong in here, the store must not notice. */
const quietly =
  <Input>(work: (input: Input) => void) =>
  (input: Input): void => {
    try {
      work(input);
    } catch {
      // a lost event must never disturb a shopper
    }
  };

const isAllowed = (privacy: unknown): boolean =>
  at(privacy, "analyticsProcessingAllowed") !== false;

function start({ analytics, browser, customerPrivacy, init, settings }: ExtensionApi): void {
  const queue = createQueue(
    createShelf(browser.localStorage),
    createDelivery(words(settings.endpoint, 2_048), words(settings.key, 128)),
  );
  const rate = rateOf(settings.sampleRate);
  const visit: Visit = { init, customerPrivacy: init.customerPrivacy, rate };
  /** Events from before the shopper's decision; after it nobody waits. */
  let undecided: (() => void)[] | null = isAllowed(visit.customerPrivacy) ? null : [];

  const take = (keep: typeof keepStandard) =>
    quietly((event: unknown) => {
      const add = () => {
        const kept = keep(event, visit);
        if (kept) queue.add(kept);
      };
      if (isAllowed(visit.customerPrivacy)) add();
      else if (undecided) undecided.push(add);
    });

  analytics.subscribe("all_standard_events", take(keepStandard));
  analytics.subscribe("all_custom_events", take(keepCustom));
  if (undecided) queue.clear();
  else queue.start();

  customerPrivacy.subscribe(
    "visitorConsentCollected",
    quietly((decision) => {
      visit.customerPrivacy = decision.customerPrivacy;
      if (isAllowed(visit.customerPrivacy)) (undecided || []).forEach((add) => add());
      else queue.clear();
      undecided = null;
    }),
  );
}

register(quietly(start));
