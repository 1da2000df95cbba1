import { traceEvent } from "~/events/trace.server";
import { readDatabaseConfig } from "~/platform/config.server";
import { isAppError } from "~/platform/errors";
import { withDatabase } from "./database.server";

const USAGE = `Usage: npm run trace -- EVENT_ID

Tells how an event came into the log: its request, whose id is in the app's log lines, its batch and
its commit. Works on the database of DATABASE_URL, else on the embedded one.`;

const trace = (eventId: string): Promise<void> =>
  withDatabase(readDatabaseConfig(process.env), async (db) => {
    const found = await traceEvent(db, eventId);
    for (const row of found) console.log(JSON.stringify(row, null, 2));
    if (found.length > 0) return;
    console.error(`No shop's log has an event "${eventId}".`);
    process.exitCode = 1;
  });

const [eventId] = process.argv.slice(2);
try {
  if (eventId) await trace(eventId);
  else {
    console.error(USAGE);
    process.exitCode = 2;
  }
} catch (error) {
  if (!isAppError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
