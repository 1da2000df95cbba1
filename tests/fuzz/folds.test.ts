import { expect } from "vitest";
import { append, makeRoom } from "~/events/log.server";
import type { LogEvent } from "~/events/sift";
import type { Database } from "~/platform/db.server";
import { chance } from "../../dev/chance";
import { test } from "../database";
import { shop } from "../factories";
import { catchUp, prepareFolds, step } from "../folding";
import { bring, shown, type Document } from "./documents";

const CASES = Number(process.env.FUZZ_CASES ?? 2_000);
const SEED = process.env.FUZZ_SEED ?? "fuzz";
const AT_ONCE = 500;
const SHOWN = 5;

const NOW = new Date();

/** Documents, some at a time: as many as may be written together. */
function* spoiled(): Generator<Document[]> {
  for (let from = 0; from < CASES; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, CASES - from);
    yield Array.from({ length: count }, (_, index) =>
      bring(from + index, chance(`${SEED} fold ${from + index}`), NOW),
    );
  }
}

type Place = { db: Database; shopId: number };

/** Writes events and folds what can be read of them; fails as the worker would. */
async function fold({ db, shopId }: Place, events: readonly LogEvent[]): Promise<void> {
  await makeRoom(db, events);
  await append(db, shopId, events);
  while ((await step(db.pool, shopId)) > 0);
}

/** Which of some documents cannot be written or folded, each tried in a shop of its own. */
async function culprits(db: Database, documents: readonly Document[]): Promise<string[]> {
  const found: string[] = [];
  for (const document of documents) {
    const { id } = await shop(db);
    const failed = await fold({ db, shopId: id }, document.passed).catch(String);
    if (failed !== undefined) found.push(`${failed}\n${shown(document)}`);
    if (found.length === SHOWN) break;
    await db.pixelEvent.deleteMany({ where: { shopId: id } });
  }
  return found;
}

test(
  "what gets past a door breaks no fold and no table",
  { timeout: 60_000 + CASES * 20 },
  async ({ db }) => {
    await prepareFolds(db);
    const taken: Record<string, number> = {};

    for (const documents of spoiled()) {
      const { id: shopId } = await shop(db);
      const passed = documents.filter((document) => document.passed.length > 0);
      for (const { door } of passed) taken[door] = (taken[door] ?? 0) + 1;
      const events = passed.flatMap((document) => document.passed);
      await fold({ db, shopId }, events).catch(async (error: unknown) => {
        await db.pixelEvent.deleteMany({ where: { shopId } });
        throw new Error((await culprits(db, passed)).join("\n\n"), { cause: error });
      });
    }

    for (const { id } of await db.shop.findMany()) await catchUp(db, id);
    process.stderr.write(`${CASES} spoiled documents, of which passed: ${JSON.stringify(taken)}\n`);
    expect(await db.foldFailure.findMany()).toEqual([]);
    expect(Object.keys(taken)).toHaveLength(7);
    expect(await db.session.count()).toBeGreaterThan(0);
  },
);
