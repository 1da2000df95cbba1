import { rotateAlertKeys } from "~/catalog/alerts/rotate-keys.server";
import { readConfig } from "~/platform/config.server";
import { createSealer } from "~/platform/crypto.server";
import { rotateKeys } from "~/shopify/rotate-keys.server";
import { withDatabase } from "./database.server";
import { runCommand } from "./run";

const USAGE = `Usage: npm run rotate-keys

Seals every access token, shopper's address and webhook's secret under the first of ENCRYPTION_KEYS. Works on the database of DATABASE_URL,
else on the embedded one.`;

await runCommand(USAGE, async () => {
  const config = readConfig(process.env);
  const sealer = createSealer(config.encryptionKeys);
  const [tokens, alerts] = await withDatabase(config, async (db) => [
    await rotateKeys(db, sealer),
    await rotateAlertKeys(db, sealer),
  ]);
  const unreadable = tokens.unreadable + alerts.unreadable;
  console.log(`Sealed ${tokens.resealed} access tokens under the first key.`);
  console.log(`Sealed ${alerts.resealed} addresses and secrets of alerts under it.`);
  if (unreadable > 0)
    console.log(`${unreadable} are sealed under a key that ENCRYPTION_KEYS no longer has.`);
  return 0;
});
