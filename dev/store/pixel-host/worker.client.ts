/** The worker that a page of the storefront runs the app's pixel in. */
import type { FromWorker, PixelEvent, ToWorker } from "./messages";
import { runSandboxed } from "./sandbox";

type Subscriber = { name: string; callback: (event: unknown) => void };
type Register = (api: object) => void;

const subscribers = new Set<Subscriber>();
const consentSubscribers = new Set<Subscriber>();
const calls = new Map<number, (value: unknown) => void>();
const backlog: PixelEvent[] = [];
let isStarted = false;
let lastCall = 0;

const subscribeTo = (list: Set<Subscriber>) => (name: string, callback: Subscriber["callback"]) => {
  const subscriber = { name, callback };
  list.add(subscriber);
  return () => list.delete(subscriber);
};

/** One failing callback must not keep an event from the others. */
function call({ callback }: Subscriber, event: unknown): void {
  try {
    callback(event);
  } catch (error) {
    console.error("the pixel failed", error);
  }
}

function wants({ name }: Subscriber, event: PixelEvent): boolean {
  return name === event.name || name === "all_events" || name === `all_${event.type}_events`;
}

/** What an ad blocker does to requests that it knows: they fail like a network that is not there. */
function blockRequests(): void {
  globalThis.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
}

function deliver(event: PixelEvent): void {
  for (const subscriber of subscribers) if (wants(subscriber, event)) call(subscriber, event);
}

const onPage =
  (target: FromWorker["target"], method: string) =>
  (...args: unknown[]) =>
    new Promise((resolve) => {
      const message: FromWorker = { call: ++lastCall, target, method, args: args.map(String) };
      calls.set(message.call, resolve);
      postMessage(message);
    });

function storage(target: "localStorage" | "sessionStorage") {
  const methods = ["getItem", "setItem", "removeItem", "clear", "key", "length"];
  return Object.fromEntries(methods.map((method) => [method, onPage(target, method)]));
}

const browser = {
  cookie: { get: onPage("cookie", "get"), set: onPage("cookie", "set") },
  localStorage: storage("localStorage"),
  sessionStorage: storage("sessionStorage"),
  sendBeacon: (url: string, body?: string) =>
    fetch(url, { method: "POST", body, mode: "no-cors", keepalive: true }).then(
      () => true,
      () => false,
    ),
};

async function start(message: Extract<ToWorker, { kind: "start" }>): Promise<void> {
  const { settings, init, block } = message;
  if (block === "script") return; // the pixel's script is kept out, and nobody hears of it
  const bundle = await fetch("/wpm/pixel.js");
  if (block === "requests") blockRequests();
  if (!bundle.ok) throw new Error(`the pixel is not there: ${await bundle.text()}`);
  const api = {
    settings,
    init,
    browser,
    analytics: { subscribe: subscribeTo(subscribers) },
    customerPrivacy: { subscribe: subscribeTo(consentSubscribers) },
    _pixelInfo: { runtimeContext: "STRICT", type: "APP" },
  };
  const extend = (_point: string, register: Register) => register(api);
  runSandboxed(await bundle.text(), { extend });
  isStarted = true;
  for (const event of backlog.splice(0)) deliver(event);
}

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case "start":
      return void start(data);
    case "event":
      return isStarted ? deliver(data.event) : void backlog.push(data.event);
    case "consent":
      for (const subscriber of consentSubscribers)
        call(subscriber, { customerPrivacy: data.customerPrivacy });
      return;
    case "answer":
      calls.get(data.call)?.(data.value);
      calls.delete(data.call);
  }
});
