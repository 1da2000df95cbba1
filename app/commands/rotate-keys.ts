import { readConfig } from "~/platform/config.server";
import { createSealer } from "~/platform/crypto.server";
import { rotateKeys } from "~/shopify/rotate-keys.server";
import { withDatabase } from "./database.server";
import { runCommand } from "./run";

const USAGE = `Usage: npm run rotate-keys

Seals every access token under the first of ENCRYPTION_KEYS. Works on the database of DATABASE_URL,
else on the embedded one.`;

await runCommand(USAGE, async () => {
  const config = readConfig(process.env);
  const { resealed, unreadable } = await withDatabase(config, (db) =>
    rotateKeys(db, createSealer(config.encryptionKeys)),
  );
  console.log(`Sealed ${resealed} access tokens under the first key.`);
  if (unreadable > 0)
    console.log(`${unreadable} are sealed under a key that ENCRYPTION_KEYS no longer has.`);
  return 0;
});
