import { startEmbeddedPostgres } from "../../app/platform/embedded-postgres.server";

/** Starts a database in the folder named and stays until it is killed. */
const [folder = ""] = process.argv.slice(2);
await startEmbeddedPostgres(folder);
console.log("up");
setInterval(() => {}, 60_000);
