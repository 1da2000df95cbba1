import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Histogram } from "./histogram";
import type { LoadReport, LoadSpec } from "./spec";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));
/** Above what 10,000 connections take; a limit that cannot be raised stays as it is. */
const RAISED_LIMIT = 'ulimit -n 30000 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$0" "$@"';

/** A load that stands ready in a process of its own, so that it shares no event loop with what it measures. */
export type Load = {
  pid: number;
  /** How many connections stand. */
  connected: number;
  /** Begins to send; answers when the time is over and the last answer is in. */
  go: () => Promise<LoadReport>;
  end: () => void;
};

type Message = { connected: number } | { report: LoadReport };

/** Starts the generator's process and connects to the server. */
export async function prepareLoad(spec: LoadSpec): Promise<Load> {
  const child = spawn("sh", ["-c", RAISED_LIMIT, process.execPath, "--import", "tsx", WORKER], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
  });
  const next = async () => {
    const gone = new AbortController();
    child.once("exit", () => gone.abort(new Error("the load generator's process ended")));
    const [message] = (await once(child, "message", { signal: gone.signal })) as [Message];
    return message;
  };
  child.send({ spec });
  const first = await next();
  const go = async () => {
    const told = next();
    child.send("go");
    const message = await told;
    child.disconnect();
    if (!("report" in message)) throw new Error("the load generator gave no report");
    return revive(message.report);
  };
  const connected = "connected" in first ? first.connected : 0;
  return { pid: child.pid ?? 0, connected, go, end: () => child.kill("SIGKILL") };
}

/** Sends a load and tells how it went. */
export async function runLoad(spec: LoadSpec): Promise<LoadReport> {
  return (await prepareLoad(spec)).go();
}

/** Prototypes do not travel between processes. */
const revive = (report: LoadReport): LoadReport => ({
  ...report,
  taken: new Histogram(report.taken),
  refused: new Histogram(report.refused),
});
