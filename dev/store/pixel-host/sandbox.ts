/** What a strict sandbox promises to a pixel; all else that a worker has may be missing there.
 * dev:apps/build/marketing-analytics/pixels */
const PROMISED = [
  "console",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "fetch",
  "Headers",
  "Request",
  "Response",
] as const;

/** The language itself, which no sandbox takes away. */
const LANGUAGE = new Set(
  [
    "Object Function Array Number Boolean String Symbol BigInt Date RegExp Math JSON Promise Proxy",
    "Reflect Map Set WeakMap WeakSet WeakRef FinalizationRegistry Error AggregateError EvalError",
    "RangeError ReferenceError SyntaxError TypeError URIError ArrayBuffer SharedArrayBuffer Atomics",
    "DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array",
    "Float16Array Float32Array Float64Array BigInt64Array BigUint64Array Intl Iterator parseInt",
    "parseFloat isNaN isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent escape",
    "unescape eval Infinity NaN undefined",
  ].flatMap((names) => names.split(" ")),
);

/** Of a worker; TypeScript's library for pages does not know it. */
declare function importScripts(url: string): void;

const ENTRANCE = "enterSandbox";

/** Runs a pixel's bundle with `shopify` and the promised globals; every other global of the worker
 * is hidden behind `undefined`, so that a pixel that leans on one fails here and not at a merchant's. */
export function runSandboxed(code: string, shopify: object): void {
  const self = promised();
  const scope = { ...hidden(), ...self, self, globalThis: self, shopify };
  const enter = (pixel: (...values: unknown[]) => void) => {
    pixel.call(self, ...Object.values(scope));
  };
  Object.assign(globalThis, { [ENTRANCE]: enter });
  const names = Object.keys(scope).join();
  const script = new Blob([`${ENTRANCE}(function (${names}) {${code}\n});`]);
  importScripts(URL.createObjectURL(script));
}

/** The promised globals; its functions, unlike its classes, want to be called on the worker. */
function promised(): Record<string, unknown> {
  const entries = PROMISED.map((name) => {
    const value: unknown = Reflect.get(globalThis, name);
    const isFunction = typeof value === "function" && /^[a-z]/.test(name);
    return [
      name,
      isFunction ? (...args: unknown[]): unknown => Reflect.apply(value, globalThis, args) : value,
    ];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** Every global name of this worker that is neither promised nor part of the language. */
function hidden(): Record<string, undefined> {
  const names = new Set<string>();
  for (let level: object | null = globalThis; level; level = Reflect.getPrototypeOf(level))
    for (const name of Object.getOwnPropertyNames(level)) names.add(name);
  const isHidden = (name: string) => !LANGUAGE.has(name) && /^[A-Za-z_$][\w$]*$/.test(name);
  return Object.fromEntries([...names].filter(isHidden).map((name) => [name, undefined]));
}
