import { TooMany } from "~/platform/errors";
import { createWindows, limitHeaders, type Allowance, type Limit } from "~/platform/windows";
import { field } from "../steps";

export type EventLimits = { perShop: Limit; perClient: Limit };

/** Holds shops and browsers to their limits.
 * @throws {TooMany} from the function that is returned: a shop, or a browser, has sent its share */
export function createSpending({ perShop, perClient }: EventLimits) {
  const ofShop = createWindows(perShop);
  const ofClient = createWindows(perClient);

  return function spend(shopId: number, events: readonly unknown[], now: number): void {
    check(ofShop(String(shopId), events.length, now), "shop");
    for (const [clientId, amount] of clientsOf(events))
      check(ofClient(`${shopId} ${clientId}`, amount, now), "browser");
  };
}
export type Spend = ReturnType<typeof createSpending>;

function check(allowance: Allowance, who: string): void {
  if (!allowance.isAllowed)
    throw new TooMany(`the ${who} sends more events than it may`, limitHeaders(allowance));
}

/** How many events each browser has in a batch; nearly always there is one. */
function clientsOf(events: readonly unknown[]): Map<string, number> {
  const clients = new Map<string, number>();
  for (const event of events) {
    const clientId = field(event, "clientId");
    if (typeof clientId === "string") clients.set(clientId, (clients.get(clientId) ?? 0) + 1);
  }
  return clients;
}
