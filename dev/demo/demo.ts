import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { removeEmbeddedPostgres } from "~/platform/embedded-postgres.server";
import { isAppError } from "~/platform/errors";
import { buildIfStale } from "../build";
import { startStack, type Stack, type StackOptions } from "../stack";
import { importPast, PAST_SHOPS, writePast } from "./past";

const USAGE = `Usage: npm run demo [-- --fresh] [--port N]

  --fresh    forget the data of earlier runs
  --port N   the first of the ports to use: N to N+2 for admin, tunnel and app, from N+10 the storefronts (4000)`;

const FOLDER = path.resolve(".pixelnova", "demo");
const PAST = path.join(FOLDER, "past");

type Options = { fresh: boolean; port: number };
type Credentials = StackOptions["app"];

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      fresh: { type: "boolean", default: false },
      port: { type: "string", default: "4000" },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_000)
    throw new TypeError(`--port wants a whole number from 1024 to 65000, got "${values.port}"`);
  return { fresh: values.fresh, port };
}

/** Made once: the stand-in and the app must agree on them, and the stored tokens are sealed with them. */
function credentials(): Credentials {
  const file = path.join(FOLDER, "credentials.json");
  if (!existsSync(file)) {
    const secret = (bytes: number) => randomBytes(bytes).toString("hex");
    const made: Credentials = {
      apiKey: secret(16),
      apiSecret: secret(16),
      encryptionKey: randomBytes(32).toString("base64"),
    };
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, "utf8")) as Credentials;
}

async function forget(): Promise<void> {
  await removeEmbeddedPostgres(path.join(FOLDER, "postgres"));
  rmSync(FOLDER, { recursive: true, force: true });
}

/** The app's settings, for its process and for its commands. */
const environment = () => ({
  DATA_FOLDER: FOLDER,
  LOG_LEVEL: "warn",
  DATABASE_URL: process.env.DATABASE_URL ?? "",
});

function start({ port }: Options, histories: Record<string, string[]>): Promise<Stack> {
  return startStack({
    ports: { admin: port, tunnel: port + 1, app: port + 2, storefronts: [port + 10, port + 11] },
    app: credentials(),
    environment: environment(),
    histories,
    stateFile: path.join(FOLDER, "store.json"),
    onOutput: (text) => process.stderr.write(text),
  });
}

/** Installs the app in the shops, and gives it what they have behind them. */
async function populate({ visitAsMerchant }: Stack): Promise<void> {
  for (const shop of PAST_SHOPS) await visitAsMerchant(shop);
  await importPast(PAST, environment());
}

function announce({ store }: Stack): void {
  const [first] = store.shops;
  console.log(`
Pixelnova is running.

  Merchant's admin   ${first?.adminAddress}
  Storefront         ${first?.storefrontAddress}
  All stores         ${store.address}
  Faults and clock   ${store.address}/control

Browse the storefront, and watch the admin count; \`npm run shoppers\` sends others there. Ctrl-C stops everything; the data stays in
${path.relative(process.cwd(), FOLDER)} (npm run demo -- --fresh starts over).`);
}

const stopped = new Promise<void>((resolve) => {
  process.on("SIGINT", () => resolve()).on("SIGTERM", () => resolve());
});

async function demo(): Promise<void> {
  const options = readOptions();
  if (options.fresh) await forget();
  mkdirSync(FOLDER, { recursive: true });
  await buildIfStale();
  const stack = await start(options, await writePast(PAST, new Date()));
  try {
    await populate(stack);
    announce(stack);
    await stopped;
    console.log("\nStopping …");
  } finally {
    await stack.stop();
  }
}

/** What went wrong in the words of whoever noticed; only a bug needs its trace. */
function explain(error: unknown): string {
  if (
    error instanceof Error &&
    "code" in error &&
    ["EACCES", "EPERM", "EROFS"].includes(String(error.code))
  )
    return `${FOLDER} cannot be written (${String(error.code)}): make it writable for this user.`;
  if (error instanceof TypeError && !isAppError(error)) return `${error.message}\n\n${USAGE}`;
  return error instanceof Error ? error.message : String(error);
}

await demo().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
