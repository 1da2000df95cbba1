import { at } from "../../../extensions/pixel/src/fields";
import { createStorage, openPage, type Page, type Storage, type World } from "./sandbox";

/** What becomes of a request: the server stores it and says so, stores it while its answer is lost,
 * stores it and never answers, or the request never arrives; or the server refuses it. */
export type Fate = "well" | "lost" | "mute" | "drop" | { status: number; retryAfter?: number };

/** A batch on its way, from the call to the answer; times are the world's. */
export type Sending = {
  tab: Tab;
  ids: string[];
  dropped: number;
  from: number;
  to: number;
  stored: boolean;
  /** Whether the answer set out for the page. */
  answered: boolean;
};
export type Tab = Page & { closedAt: number };

/** Milliseconds that the pixel waits for an answer. */
const ANSWER_LIMIT = 7_000;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Chance that repeats itself: mulberry32. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Time that only passes when it is told to. */
function createClock() {
  let now = Date.now();
  let timers: { due: number; work: () => void }[] = [];
  return {
    now: () => now,
    setTimeout: (work: () => void, delay: number) => {
      const timer = { due: now + Math.max(0, delay), work };
      const place = timers.findIndex(({ due }) => due > timer.due);
      timers.splice(place < 0 ? timers.length : place, 0, timer);
      return timer;
    },
    clearTimeout: (timer: unknown) => {
      timers = timers.filter((other) => other !== timer);
    },
    pass: async (milliseconds: number) => {
      const end = now + milliseconds;
      await settled();
      for (let next = timers[0]; next && next.due <= end; next = timers[0]) {
        timers.shift();
        now = next.due;
        next.work();
        await settled();
      }
      now = end;
    },
  };
}

/** A shopper's browser and a server, in a world where every delay is drawn from a seed. */
export function createVirtualWorld(code: string, seed: number, storage: Storage = createStorage()) {
  const clock = createClock();
  const random = chance(seed);
  const sendings: Sending[] = [];
  let fateOf: (ids: string[]) => Fate = () => "well";

  const later = (milliseconds: number) =>
    new Promise<void>((resolve) => clock.setTimeout(resolve, milliseconds));

  async function send(tab: Tab, body: string): Promise<Response> {
    const { events, dropped = 0 } = JSON.parse(body) as { events: unknown[]; dropped?: number };
    const ids = events.map((event) => String(at(event, "id")));
    const fate = fateOf(ids);
    const lasts = fate === "mute" ? ANSWER_LIMIT : random() * (ANSWER_LIMIT - 100);
    const from = clock.now();
    const stored = fate === "well" || fate === "lost" || fate === "mute";
    const answered = fate === "well";
    sendings.push({ tab, ids, dropped, from, to: from + lasts, stored, answered });
    await later(lasts);
    if (fate === "mute") return new Promise(() => {});
    if (fate === "lost" || fate === "drop") throw new TypeError("Failed to fetch");
    if (fate === "well") return Response.json({ accepted: ids.length });
    const headers = { "Retry-After": String(fate.retryAfter ?? 0) };
    return new Response("{}", { status: fate.status, headers });
  }

  function open(settings: Record<string, string> = {}): Tab {
    const { now, setTimeout, clearTimeout } = clock;
    const fetch: World["fetch"] = (_, { body }) =>
      send(tab, typeof body === "string" ? body : "{}");
    const world = { now, random, setTimeout, clearTimeout, fetch, speed: 1 };
    const page = openPage(
      code,
      { endpoint: "https://app.example", key: "k", ...settings },
      {
        storage,
        world,
      },
    );
    const tab: Tab = Object.assign(page, { closedAt: Infinity });
    return tab;
  }

  function close(tab: Tab): void {
    tab.closedAt = Math.min(tab.closedAt, clock.now());
    tab.close();
  }

  return {
    storage,
    sendings,
    /** How many given-up events the server has heard of. */
    dropped: () => sendings.reduce((sum, { stored, dropped }) => sum + (stored ? dropped : 0), 0),
    delivered: () => new Set(sendings.flatMap(({ stored, ids }) => (stored ? ids : []))),
    random,
    open,
    close,
    pass: clock.pass,
    now: clock.now,
    answer: (fate: Fate | ((ids: string[]) => Fate)) => {
      fateOf = typeof fate === "function" ? fate : () => fate;
    },
  };
}
