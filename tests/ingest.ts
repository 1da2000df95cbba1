import { randomUUID } from "node:crypto";
import { createIngest, type Ingest, type IngestOptions } from "~/events/ingest/ingest.server";
import { ensurePartitions } from "~/events/log.server";
import { createLog } from "~/platform/log.server";
import { createMetrics } from "~/platform/metrics.server";
import { test as base } from "./database";
import { NOON } from "./factories";

type Place = Pick<IngestOptions, "db" | "databaseUrl">;

const PLENTY = { count: 1_000_000, seconds: 10 };

/** An ingest on a database, which remembers keys only for a moment. */
export const openIngest = (place: Place, about: Partial<IngestOptions> = {}): Ingest =>
  createIngest({
    ...{ ...place, log: createLog("silent"), metrics: createMetrics(), keysMs: 0 },
    limits: { perShop: PLENTY, perClient: PLENTY },
    ...about,
  });

/** Takes a body as the events' door would. */
export const take = (ingest: Ingest, body: Buffer, receivedAt = NOON) =>
  ingest.take(body, { receivedAt, requestId: randomUUID(), origin: "none" });

/** `test` with an `ingest` that all tests of one file share, and a log with room for them. */
export const test = base.extend<{ $file: { ingest: Ingest } }>({
  ingest: [
    async ({ db, dbUrl }, use) => {
      await ensurePartitions(db, NOON);
      const ingest = openIngest({ db, databaseUrl: dbUrl });
      await use(ingest);
      await ingest.stop();
    },
    { scope: "file" },
  ],
});
