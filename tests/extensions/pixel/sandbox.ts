import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import vm from "node:vm";
import { EventType } from "@shopify/web-pixels-extension";
import { buildPixel } from "../../../dev/build-pixel";
import { consent, INIT } from "./shopper";

/** How much faster than a browser's the sandbox's timers run. */
const SPEED = 20;

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
  settings: { endpoint: string; key: string },
  about: { storage?: Storage; init?: unknown } = {},
) {
  const { storage = createStorage(), init = INIT } = about;
  const listeners = new Map<string, Listener[]>();
  const timers = new Set<NodeJS.Timeout>();
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
        setTimeout(() => {
          if (!open) return;
          if (storage.broken) reject(new Error("QuotaExceededError"));
          else resolve(work());
        }, Math.random() * storage.latency);
      }),
    );

  const globals = {
    console,
    fetch: (...request: Parameters<typeof fetch>) => whileOpen(fetch(...request)),
    setTimeout: (work: () => void, delay: number) => {
      const timer = setTimeout(() => open && work(), delay / SPEED);
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer: NodeJS.Timeout | undefined) => clearTimeout(timer),
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
      timers.forEach(clearTimeout);
    },
  };
}
