import { createReadStream, createWriteStream } from "node:fs";
import { parseArgs } from "node:util";
import { importLines, type ImportReport, type Refusal } from "~/events/import.server";
import { linesOf } from "~/platform/lines.server";
import { readDatabaseConfig } from "~/platform/config.server";
import { InvalidInput, isAppError } from "~/platform/errors";
import { withDatabase } from "./database.server";
import { shopNamed } from "./shops.server";

const USAGE = `Usage: npm run import -- FILE --shop DOMAIN [--dry-run] [--rejects FILE]

Takes events and orders from a file of JSON lines into the log; "-" reads standard input. The format
is described in docs/import.md. What the log has already is left alone: a file may be imported again.

  --shop DOMAIN    the shop, such as name.myshopify.com
  --dry-run        only says what would be refused, and why
  --rejects FILE   writes every refused line's number and reason there, as JSON lines

Exits with 0 when every line was taken, 1 when some were refused, 2 when nothing could be done.`;

const REFUSALS_SHOWN = 20;

type Options = { file: string; shop: string; isDryRun: boolean; rejects: string | undefined };

function readOptions(): Options | undefined {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      shop: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      rejects: { type: "string" },
    },
  });
  const [file, ...more] = positionals;
  if (!file || more.length > 0 || !values.shop) return undefined;
  return { file, shop: values.shop, isDryRun: values["dry-run"], rejects: values.rejects };
}

async function run({ file, shop, isDryRun, rejects }: Options): Promise<number> {
  const config = readDatabaseConfig(process.env);
  const source: AsyncIterable<Buffer> = file === "-" ? process.stdin : createReadStream(file);
  const refusals = rejects ? createWriteStream(rejects) : undefined;
  let shown = 0;
  const onRefusal = (refusal: Refusal) => {
    refusals?.write(`${JSON.stringify(refusal)}\n`);
    if (shown++ < REFUSALS_SHOWN) console.error(`line ${refusal.line}: ${refusal.reason}`);
  };
  const started = Date.now();
  const report = await withDatabase(config, async (db) =>
    importLines(db, linesOf(source), {
      shopId: await shopNamed(db, shop),
      receivedAt: new Date(),
      retentionDays: config.eventRetentionDays,
      ...{ isDryRun, onRefusal, onProgress: process.stderr.isTTY ? showProgress : undefined },
    }),
  );
  refusals?.end();
  summarize(report, isDryRun, (Date.now() - started) / 1_000);
  return report.refused > 0 ? 1 : 0;
}

const showProgress = ({ lines }: ImportReport) =>
  void process.stderr.write(`\r${lines.toLocaleString("en")} lines`);

function summarize(report: ImportReport, isDryRun: boolean, seconds: number): void {
  const { lines, accepted, duplicate, refused, reasons } = report;
  const rate = Math.round(lines / Math.max(seconds, 0.001));
  console.log(
    `${isDryRun ? "Would take" : "Took"} ${accepted} of ${lines} lines in ${seconds.toFixed(1)} s ` +
      `(${rate} a second); ${duplicate} were there before, ${refused} refused.`,
  );
  for (const [reason, count] of Object.entries(reasons).toSorted(([, a], [, b]) => b - a))
    console.log(`  ${count} × ${reason}`);
}

function explain(error: unknown): string | undefined {
  if (isAppError(error)) return error.message;
  if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE"))
    return `${error.message}\n\n${USAGE}`;
  if (error instanceof Error && "syscall" in error && "path" in error)
    return new InvalidInput(`${String(error.path)} cannot be read: ${error.message}`).message;
  return undefined;
}

try {
  const options = readOptions();
  if (!options) console.error(USAGE);
  process.exitCode = options ? await run(options) : 2;
} catch (error) {
  const message = explain(error);
  if (message === undefined) throw error;
  console.error(message);
  process.exitCode = 2;
}
