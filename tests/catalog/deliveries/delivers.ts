import { deliverDue } from "~/catalog/deliveries/deliver.server";
import { openDatabase } from "~/platform/db.server";
import { createLog } from "~/platform/log.server";
import { PATIENCE } from "../../server";
import { worldOn } from "./world";

/** Delivers what is due, in a process of its own that can be killed. */
const [url = "", at = ""] = process.argv.slice(2);
const db = openDatabase(url, createLog("silent"), PATIENCE);
await deliverDue(worldOn(db, { now: () => new Date(at) }));
