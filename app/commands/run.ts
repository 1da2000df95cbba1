import { isAppError } from "~/platform/errors";

/** The exit code of a command that was called in a way that it does not understand. */
export const MISUSED = 2;

/** Runs a command: its answer is the process's exit code, and an expected failure is told in a line.
 * @param usage shown to whoever called it in a way that it does not understand */
export async function runCommand(usage: string, command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
    if (process.exitCode === MISUSED) console.error(usage);
  } catch (error) {
    if (isUnknownOption(error)) console.error(`${error.message}\n\n${usage}`);
    else if (isAppError(error)) console.error(error.message);
    else throw error;
    process.exitCode = isUnknownOption(error) ? MISUSED : 1;
  }
}

/** What `parseArgs` throws. */
const isUnknownOption = (error: unknown): error is Error =>
  error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
