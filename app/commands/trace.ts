import { traceEvent } from "~/events/trace.server";
import { readDatabaseConfig } from "~/platform/config.server";
import { withDatabase } from "./database.server";
import { MISUSED, runCommand } from "./run";

const USAGE = `Usage: npm run trace -- EVENT_ID

Tells how an event came into the log: its request, whose id is in the app's log lines, its batch and
its commit. Works on the database of DATABASE_URL, else on the embedded one.`;

const trace = (eventId: string): Promise<number> =>
  withDatabase(readDatabaseConfig(process.env), async (db) => {
    const found = await traceEvent(db, eventId);
    for (const row of found) console.log(JSON.stringify(row, null, 2));
    if (found.length > 0) return 0;
    console.error(`No shop's log has an event "${eventId}".`);
    return 1;
  });

await runCommand(USAGE, async () => {
  const [eventId] = process.argv.slice(2);
  return eventId ? await trace(eventId) : MISUSED;
});
