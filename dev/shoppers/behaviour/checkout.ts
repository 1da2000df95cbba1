import type { Order } from "../../store/commerce/model";
import { checkoutData } from "../diary";
import { open, pause, proceed, reach, shelf, write } from "../walk";
import type { Walk } from "../walking";
import { logIn } from "./account";
import { completeGroup } from "./sociable";

/** The steps of the checkout after its start: how many go on to it, how long it takes in seconds. */
const WAY = [
  { step: "contact", event: "checkout_contact_info_submitted", goOn: 0.86, seconds: 25 },
  { step: "address", event: "checkout_address_info_submitted", goOn: 0.93, seconds: 40 },
  { step: "shipping", event: "checkout_shipping_info_submitted", goOn: 0.93, seconds: 12 },
  { step: "payment", event: "payment_info_submitted", goOn: 0.92, seconds: 45 },
] as const;

const CHECKOUT = { path: "/checkouts", title: null, type: "checkout" } as const;

/** Goes through the checkout as far as they do. Prices stay what they were when it began.
 * @param group a group purchase that was joined on the way */
export function checkOut(walk: Walk, group: string | null): Order | null {
  if (walk.person.keepsAccount && walk.luck.happens(0.6)) logIn(walk);
  open(walk, CHECKOUT);
  const begun = walk.at;
  let draft = walk.till.draft(walk, begun, null);
  if (!draft) return soldOut(walk);
  reach(walk, "checkout_started");
  write(walk, "checkout_started", checkoutData(walk.shop, draft, shelf(walk), false));
  const code = walk.till.codeFor(walk);
  for (const { step, event, goOn, seconds } of WAY) {
    if (!walk.luck.happens(goOn)) return null;
    pause(walk, seconds);
    if (step === "shipping" && code !== null) draft = walk.till.draft(walk, begun, code) ?? draft;
    reach(walk, step);
    write(walk, event, checkoutData(walk.shop, draft, shelf(walk), false));
  }
  return buy(walk, draft, group);
}

/** The order is placed before the thank-you page is shown: where that never loads, no pixel hears of it. */
function buy(walk: Walk, draft: Order, group: string | null): Order {
  pause(walk, 4);
  proceed(walk);
  const order = walk.till.sell(walk, draft);
  reach(walk, "purchased");
  open(walk, CHECKOUT);
  write(walk, "checkout_completed", checkoutData(walk.shop, order, shelf(walk), true));
  if (group !== null) completeGroup(walk, group);
  return order;
}

/** Something in the cart went out of stock meanwhile: the checkout says so, and the shopper leaves. */
function soldOut(walk: Walk): null {
  write(walk, "alert_displayed", { alert: { type: "INVENTORY_ERROR", target: "cart" } });
  return null;
}
