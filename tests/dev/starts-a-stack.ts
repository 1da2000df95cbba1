import { startStack } from "../../dev/stack";

/** Starts the app behind the stand-in as the options say, tells so, and stays until it is killed. */
const [options = "{}"] = process.argv.slice(2);
await startStack(JSON.parse(options) as Parameters<typeof startStack>[0]);
console.log("up");
setInterval(() => {}, 60_000);
