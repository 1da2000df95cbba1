import path from "node:path";
import { readConfig } from "~/platform/config.server";
import { createSealer } from "~/platform/crypto.server";
import { openDatabase } from "~/platform/db.server";
import { startEmbeddedPostgres } from "~/platform/embedded-postgres.server";
import { isAppError } from "~/platform/errors";
import { createLog } from "~/platform/log.server";
import { rotateKeys } from "~/shopify/rotate-keys.server";

/** Seals the access tokens under the first of ENCRYPTION_KEYS and says what it did. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres(path.resolve(config.dataFolder, "postgres"));
  const db = openDatabase(config.databaseUrl ?? embedded?.url ?? "", createLog("error"));
  try {
    const { resealed, unreadable } = await rotateKeys(db, createSealer(config.encryptionKeys));
    console.log(`Sealed ${resealed} access tokens under the first key.`);
    if (unreadable > 0)
      console.log(`${unreadable} are sealed under a key that ENCRYPTION_KEYS no longer has.`);
  } finally {
    await db.$disconnect();
    await embedded?.stop();
  }
}

try {
  await main();
} catch (error) {
  if (!isAppError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
