import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import vm from "node:vm";
import { EventType } from "@shopify/web-pixels-extension";
import { buildPixel } from "../../../dev/build-pixel";
import { consent, INIT } from "./shopper";

/** What pages run on: their time, their chance and their network. */
export type World = {
  now: () => number;
  random: () => number;
  setTimeout: (work: () => void, delay: number) => unknown;
  clearTimeout: (timer: unknown) => void;
  fetch: (address: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds of a page that one of the world lasts. */
  speed: number;
};

const BEGIN = Date.now();
/** How much faster than a browser's the sandbox's timers run. */
export const SPEED = 10;

/** Everything as it is, but for time, which runs faster. */
export const FAST_WORLD: World = {
  now: () => BEGIN + (performance.timeOrigin + performance.now() - BEGIN) * SPEED,
  random: Math.random,
  setTimeout,
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  fetch,
  speed: SPEED,
};

/** The world's clock as scripts know it. */
const dateOf = ({ now }: World) =>
  class extends Date {
    constructor(given: string | number = now()) {
      super(given);
    }
    static override now = () => Math.floor(now());
  };

type Item = [key: string, value: string];
type Published = { name: string; type: EventType };
type Listener = (event: unknown) => void;

/** A browser's localStorage, shared by all of its tabs. It answers within `latency` milliseconds. */
export type Storage = {
  items: Map<string, string>;
  broken: boolean;
  latency: number;
  onRead: () => void;
};
export const createStorage = (items: Item[] = []): Storage => ({
  items: new Map(items),
  broken: false,
  latency: 3,
  onRead: () => {},
});

/** The pixel as Shopify would deploy it. */
export async function bundledPixel(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "pixelnova-pixel-"));
  const { file } = await buildPixel(path.join(folder, "pixel.js"));
  const code = await readFile(file, "utf8");
  await rm(folder, { recursive: true });
  return code;
}

export type Page = ReturnType<typeof openPage>;

/** Opens a page of the store and runs the pixel on it, in a sandbox that has what Shopify promises
 * and nothing else. Storage answers late, in no fixed order; a closed page hears no more answers. */
export function openPage(
  code: string,
  settings: Record<string, string>,
  about: { storage?: Storage; init?: unknown; world?: World } = {},
) {
  const { storage = createStorage(), init = INIT, world = FAST_WORLD } = about;
  const listeners = new Map<string, Listener[]>();
  let open = true;

  const subscribe = (name: string, listener: Listener) =>
    listeners.set(name, [...(listeners.get(name) ?? []), listener]);
  const tell = (name: string, event: unknown) =>
    listeners.get(name)?.forEach((hear) => hear(event));

  /** A closed page never hears how its work went. */
  const whileOpen = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
    await work.catch(() => null);
    return open ? work : new Promise<Answer>(() => {});
  };
  const stored = <Answer>(work: () => Answer) =>
    whileOpen(
      new Promise<Answer>((resolve, reject) => {
        world.setTimeout(() => {
          if (!open) return;
          if (storage.broken) reject(new Error("QuotaExceededError"));
          else resolve(work());
        }, world.random() * storage.latency);
      }),
    );

  const globals = {
    console,
    Date: dateOf(world),
    Math: Object.create(Math, { random: { value: world.random } }) as Math,
    fetch: (address: string, request: RequestInit) => whileOpen(world.fetch(address, request)),
    setTimeout: (work: () => void, delay: number) =>
      world.setTimeout(() => open && work(), delay / world.speed),
    clearTimeout: world.clearTimeout,
    shopify: {
      extend: (_point: string, run: (api: unknown) => void) =>
        run({
          settings,
          init,
          analytics: { subscribe },
          customerPrivacy: { subscribe },
          browser: {
            localStorage: {
              length: () => stored(() => storage.items.size),
              key: (index: number) => stored(() => [...storage.items.keys()][index] ?? null),
              getItem: (key: string) =>
                stored(() => {
                  storage.onRead();
                  return storage.items.get(key) ?? null;
                }),
              setItem: (key: string, value: string) => stored(() => storage.items.set(key, value)),
              removeItem: (key: string) => stored(() => storage.items.delete(key)),
            },
          },
        }),
    },
  };
  vm.runInNewContext(code, { ...globals, self: globals });

  return {
    publish: (...events: Published[]) =>
      events.forEach((event) =>
        tell(event.type === EventType.Custom ? "all_custom_events" : "all_standard_events", event),
      ),
    decide: (analytics: boolean) =>
      tell("visitorConsentCollected", { customerPrivacy: consent(analytics) }),
    close() {
      open = false;
    },
  };
}
