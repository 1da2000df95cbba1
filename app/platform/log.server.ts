import { pino } from "pino";
import type { Config } from "./config.server";

export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error" | "child">;

/** Structured lines on standard output: fields first, then a sentence. No personal data. */
export const createLog = (level: Config["logLevel"]): Log => pino({ level, base: undefined });
