import { chance } from "../chance";
import type { LoadSpec } from "./spec";
import type { Draft } from "./stencil";

/** How many of a shop's latest events can come again. */
const MEMORY = 1_024;
const DUPLICATES = 0.05;
const REQUESTS_OF_A_CLIENT = 5;
/** More than any run has: no client comes again in the next run, in a session that never ends. */
const CLIENTS_OF_A_RUN = 1e9;

type Shop = { key: string; events: number; requests: number; moments: Float64Array };

/** Gives each event its number, shop by shop in turn, and now and then one that was sent before, with
 * the moment that it had: the log's key holds the week. */
export class Numbering {
  private readonly luck;
  private readonly shops: Shop[];
  private readonly run: number;
  private turn = 0;
  private moment = 0;
  private written = "";

  constructor({ keys, run, seed }: LoadSpec) {
    this.run = run;
    this.luck = chance(`${seed} ${run} numbering`);
    this.shops = keys.map((key) => ({
      key,
      events: 0,
      requests: 0,
      moments: new Float64Array(MEMORY),
    }));
  }

  draft(count: number): { numbers: number[]; draft: Draft } {
    const index = this.turn++ % this.shops.length;
    const shop = this.shops[index];
    if (!shop) throw new RangeError("want at least one key");
    const now = Date.now();
    const numbers: number[] = [];
    const times: string[] = [];
    for (let event = 0; event < count; event++) {
      const earlier = this.earlierOf(shop);
      const place = earlier ?? shop.events++;
      if (earlier === undefined) shop.moments[place % MEMORY] = now;
      numbers.push(place * this.shops.length + index);
      times.push(this.write(shop.moments[place % MEMORY] ?? now));
    }
    times.push(this.write(now));
    const visit = Math.floor(shop.requests++ / REQUESTS_OF_A_CLIENT) * this.shops.length + index;
    const client = this.run * CLIENTS_OF_A_RUN + visit;
    return { numbers, draft: { key: shop.key, client, run: this.run, numbers, times } };
  }

  private earlierOf({ events }: Shop): number | undefined {
    const known = Math.min(events, MEMORY);
    if (known === 0 || !this.luck.happens(DUPLICATES)) return undefined;
    return events - this.luck.between(1, known);
  }

  private write(moment: number): string {
    if (moment !== this.moment) {
      this.moment = moment;
      this.written = new Date(moment).toISOString();
    }
    return this.written;
  }
}
