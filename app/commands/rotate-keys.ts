import { readConfig } from "~/platform/config.server";
import { createSealer } from "~/platform/crypto.server";
import { isAppError } from "~/platform/errors";
import { rotateKeys } from "~/shopify/rotate-keys.server";
import { withDatabase } from "./database.server";

/** Seals the access tokens under the first of ENCRYPTION_KEYS and says what it did. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const { resealed, unreadable } = await withDatabase(config, (db) =>
    rotateKeys(db, createSealer(config.encryptionKeys)),
  );
  console.log(`Sealed ${resealed} access tokens under the first key.`);
  if (unreadable > 0)
    console.log(`${unreadable} are sealed under a key that ENCRYPTION_KEYS no longer has.`);
}

try {
  await main();
} catch (error) {
  if (!isAppError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
