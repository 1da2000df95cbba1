import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { buildIfStale } from "./build";

/** Runs every test and closes with one line that a person and a program can read. */
const RESULTS = ".pixelnova/test-results.json";

type Results = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  success: boolean;
};

await buildIfStale();
mkdirSync(".pixelnova", { recursive: true });
rmSync(RESULTS, { force: true });
const reporters = [
  "--reporter=default",
  "--reporter=./tests/overdue-reporter.ts",
  "--reporter=json",
  `--outputFile.json=${RESULTS}`,
];
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...process.argv.slice(2)],
  { stdio: "inherit" },
);
const results = JSON.parse(readFileSync(RESULTS, "utf8")) as Results;
// A file that does not load, or an error between tests, fails the run without failing a test.
const failed = results.numFailedTests || (status === 0 ? 0 : 1);
const skipped = results.numPendingTests ? `, ${results.numPendingTests} skipped` : "";
console.log(`${results.numPassedTests} passed, ${failed} failed${skipped}`);
process.exitCode = failed > 0 ? 1 : 0;
