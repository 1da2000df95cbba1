import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Shop } from "../../catalog/shops";
import type { Platform } from "../../platform";
import { announce } from "../../webhooks/announce";
import { gid } from "../gid";
import { nextId } from "../next-id";

export type BulkOperation = {
  id: number;
  query: string;
  status: "CREATED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELING" | "CANCELED";
  errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | null;
  createdAt: string;
  completedAt: string | null;
  objectCount: number;
  rootObjectCount: number;
  /** JSONL, whole or as far as it came; null while it runs, and when there is nothing. */
  result: string | null;
  /** In the address of the result. */
  key: string;
};
/** What a query brought, or why it brought nothing. */
export type Outcome =
  | { lines: string[]; rootObjectCount: number }
  | { errorCode: Exclude<BulkOperation["errorCode"], null> };

/** The bulk operations of one shop since the stand-in was started. */
export type BulkOperations = {
  /** Oldest first. */
  all: () => readonly BulkOperation[];
  find: (id: number) => BulkOperation | undefined;
  /** Undefined when as many run as may. */
  run: (query: string, execute: () => Promise<Outcome>) => BulkOperation | undefined;
  /** False when it is over already. */
  cancel: (operation: BulkOperation) => boolean;
};

/** Of queries, for each app in each shop, since API version 2026-01. dev:api/usage/bulk-operations/queries */
const MOST_AT_ONCE = 5;
/** An operation takes its time, in steps, so that its progress can be watched. */
const STEPS = 4;
const STEP_MS = 50;

export function openBulkOperations(platform: Platform, shop: Shop): BulkOperations {
  const operations: BulkOperation[] = [];
  return {
    all: () => operations,
    find: (id) => operations.find((each) => each.id === id),
    run(query, execute) {
      if (operations.filter(isUnderWay).length >= MOST_AT_ONCE) return undefined;
      const operation = create(query, nextId(shop, operations), platform.now());
      operations.push(operation);
      void work(platform, shop, operation, execute);
      return operation;
    },
    cancel(operation) {
      if (!isUnderWay(operation)) return false;
      operation.status = "CANCELING";
      return true;
    },
  };
}

const UNDER_WAY: readonly BulkOperation["status"][] = ["CREATED", "RUNNING", "CANCELING"];
const isUnderWay = ({ status }: BulkOperation) => UNDER_WAY.includes(status);

const create = (query: string, id: number, now: Date): BulkOperation => ({
  ...{ id, query, status: "CREATED", errorCode: null, createdAt: now.toISOString() },
  ...{ completedAt: null, objectCount: 0, rootObjectCount: 0, result: null },
  key: randomBytes(24).toString("hex"),
});

/** Brings an operation to its end. A rejected `execute` is a fault of the stand-in: it fails too. */
async function work(
  platform: Platform,
  shop: Shop,
  operation: BulkOperation,
  execute: () => Promise<Outcome>,
): Promise<void> {
  await wait(STEP_MS, undefined, { ref: false });
  if (operation.status === "CREATED") operation.status = "RUNNING";
  const outcome = await execute().catch((): Outcome => ({ errorCode: "INTERNAL_SERVER_ERROR" }));
  if ("lines" in outcome) await progress(platform, operation, outcome);
  else Object.assign(operation, { status: "FAILED", errorCode: outcome.errorCode });
  operation.completedAt = platform.now().toISOString();
  announce(platform, shop.domain, "bulk_operations/finish", finishPayload(operation));
}

async function progress(
  { faults }: Platform,
  operation: BulkOperation,
  { lines, rootObjectCount }: { lines: string[]; rootObjectCount: number },
): Promise<void> {
  for (let step = 1; step <= STEPS && operation.status === "RUNNING";) {
    await wait(STEP_MS, undefined, { ref: false });
    if (faults.bulkOperations === "STUCK") continue;
    operation.objectCount = Math.floor((lines.length * step) / STEPS);
    step += 1;
    if (faults.bulkOperations === "FAILED" && step > STEPS / 2) {
      Object.assign(operation, { status: "FAILED", errorCode: "INTERNAL_SERVER_ERROR" });
      operation.result = textOf(lines.slice(0, operation.objectCount));
      return;
    }
  }
  if (operation.status !== "RUNNING") {
    operation.status = "CANCELED";
    return;
  }
  Object.assign(operation, { status: "COMPLETED", rootObjectCount, result: textOf(lines) });
}

const textOf = (lines: string[]) =>
  lines.length === 0 ? null : lines.map((line) => `${line}\n`).join("");

/** dev:api/webhooks/latest?reference=toml#list-of-topics-bulk_operations/finish */
const finishPayload = (operation: BulkOperation) => ({
  admin_graphql_api_id: gid("BulkOperation", operation.id),
  completed_at: operation.completedAt,
  created_at: operation.createdAt,
  error_code: operation.errorCode?.toLowerCase() ?? null,
  status: operation.status.toLowerCase(),
  type: "query",
});
