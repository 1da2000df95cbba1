import { builtPages } from "./host.server";
import { run } from "./process.server";

await run(builtPages);
