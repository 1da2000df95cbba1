import { openDatabase } from "../../app/platform/db.server";
import { createLog } from "../../app/platform/log.server";
import { startProjecting } from "../../app/projections/worker.server";

/** A worker on the database named, until it is killed. */
const [url = ""] = process.argv.slice(2);
const log = createLog("warn");
await startProjecting(openDatabase(url, log), log);
