import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const LIMIT_MS = 60_000;

export const isRunning = (child: ChildProcess): boolean =>
  child.exitCode === null && child.signalCode === null;

/** Signals a process and waits until it is gone; one that stays is killed.
 * @throws {Error} it had to be */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(child)) return;
  const gone = once(child, "exit");
  child.kill(signal);
  if (await Promise.race([gone, sleep(LIMIT_MS, undefined, { ref: false })])) return;
  child.kill("SIGKILL");
  await gone;
  throw new Error(`process ${child.pid} was still there ${LIMIT_MS / 1_000} s after ${signal}`);
}
