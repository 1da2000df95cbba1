import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { shopOf } from "../store/catalog/shops";
import { writeWorld } from "../shoppers/world";

/** What the shops have behind them when they are first seen. */
const SHOPS = [
  { shop: "northwind-outdoor.myshopify.com", seed: 7, visitorsPerDay: 160 },
  { shop: "harbour-tea.myshopify.com", seed: 11, visitorsPerDay: 40 },
];
export const PAST_SHOPS = SHOPS.map(({ shop }) => shop);
const DAYS = 90;
const DAY_MS = 86_400_000;

/** A stretch of a shop's past, in a folder named by its end in milliseconds since 1970: first 90 days, then what has passed
 * between two starts, in whole days of the shop. */
type Chapter = { home: string; until: Date };
type Environment = Record<string, string>;

/** Simulates what each shop has behind it and has not been written down yet.
 * @returns by shop, the files with the customers and orders that the stand-in has to know */
export async function writePast(folder: string, now: Date): Promise<Record<string, string[]>> {
  const histories: Record<string, string[]> = {};
  for (const world of SHOPS) {
    const chapters = chaptersOf(folder, world.shop);
    const days = daysMissing(chapters, world.shop, now);
    if (days > 0) {
      console.log(`Simulating ${days} days of ${world.shop} …`);
      const options = { ...world, seed: world.seed + 1_000 * chapters.length, days, until: now };
      chapters.push(await writeChapter(folder, options));
    }
    histories[world.shop] = chapters.map(({ home }) => path.join(home, "commerce.json"));
  }
  return histories;
}

/** Gives the past to the app by its import command, each chapter once. */
export async function importPast(folder: string, environment: Environment): Promise<void> {
  for (const { shop } of SHOPS)
    for (const { home } of chaptersOf(folder, shop)) {
      const done = path.join(home, "imported");
      if (existsSync(done)) continue;
      await runImport(path.join(home, "history.jsonl"), shop, environment);
      await writeFile(done, "");
    }
}

/** Whole days of the shop that no chapter has; what is left of a chapter's last day stays empty. */
function daysMissing(chapters: readonly Chapter[], shop: string, now: Date): number {
  const last = chapters.at(-1);
  if (!last) return DAYS;
  const { timeZone } = shopOf(shop);
  const dayOf = (moment: Date) =>
    Date.parse(new Intl.DateTimeFormat("sv", { timeZone }).format(moment)) / DAY_MS;
  return dayOf(now) - dayOf(last.until);
}

/** Written beside its place, so that an interrupted one leaves nothing half-made. */
async function writeChapter(
  folder: string,
  options: Parameters<typeof writeWorld>[0],
): Promise<Chapter> {
  const home = path.join(folder, options.shop, String(options.until.getTime()));
  const draft = path.join(folder, "draft");
  rmSync(draft, { recursive: true, force: true });
  await writeWorld(options, draft);
  mkdirSync(path.dirname(home), { recursive: true });
  renameSync(draft, home);
  return { home, until: options.until };
}

function chaptersOf(folder: string, shop: string): Chapter[] {
  const place = path.join(folder, shop);
  const names = existsSync(place) ? readdirSync(place).sort() : [];
  return names.map((name) => ({ home: path.join(place, name), until: new Date(Number(name)) }));
}

async function runImport(file: string, shop: string, environment: Environment): Promise<void> {
  const command = spawn(process.execPath, ["build/commands/import.js", file, "--shop", shop], {
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  const [code] = (await once(command, "exit")) as [number | null];
  if (code !== 0) throw new Error(`the import of ${file} ended with ${code ?? "a signal"}`);
}
