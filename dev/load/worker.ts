import { Run } from "./run";
import type { LoadSpec } from "./spec";

/** The generator's own process: told what to send, it connects, waits for the word, sends and reports. */
let run: Run | undefined;
const tell = (message: object) => process.send?.(message);

process.on("message", (message: { spec: LoadSpec } | "go") => {
  void (message === "go" ? go() : prepare(message.spec));
});
process.on("disconnect", () => process.exit());

async function prepare(spec: LoadSpec): Promise<void> {
  run = new Run(spec);
  tell({ connected: await run.connected() });
}

async function go(): Promise<void> {
  if (run) tell({ report: await run.finish() });
}
