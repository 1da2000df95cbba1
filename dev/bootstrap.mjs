/**
 * Runs a TypeScript script of the project on a checkout that may be brand new: installs what the lock
 * file asks for, generates the database client, then hands over. Plain JavaScript, no dependencies.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const OLDEST_NODE = [20, 19];

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  stop(`Pixelnova needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
}

/** @returns {never} */
function stop(message) {
  console.error(message);
  process.exit(1);
}

/** Runs a step unless its inputs are what they were when it last succeeded. */
function step(stamp, inputs, message, command, options) {
  const hash = createHash("sha256").update(process.version);
  for (const file of inputs) hash.update(readFileSync(path.join(ROOT, file)));
  const now = hash.digest("hex");
  const file = path.join(ROOT, "node_modules", stamp);
  if (existsSync(file) && readFileSync(file, "utf8") === now) return;
  console.log(message);
  const done = spawnSync(command, options, {
    cwd: ROOT,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (done.status !== 0)
    stop(`${command} ${options.join(" ")} failed:\n${done.stdout}${done.stderr}`);
  try {
    writeFileSync(file, now);
  } catch (error) {
    stop(
      `${path.join(ROOT, "node_modules")} cannot be written (${error.code}): make it writable for this user.`,
    );
  }
}

requireNode();
process.chdir(ROOT);
step(".installed", ["package-lock.json"], "Installing dependencies (about a minute) …", "npm", [
  "ci",
  "--no-fund",
  "--no-audit",
]);
step(
  ".generated",
  ["package-lock.json", "prisma/schema.prisma"],
  "Generating the database client …",
  "npx",
  ["prisma", "generate"],
);

const [script, ...rest] = process.argv.slice(2);
if (!script) stop("Usage: node dev/bootstrap.mjs SCRIPT [ARGUMENT ...]");
const child = spawn(process.execPath, ["--import", "tsx", script, ...rest], { stdio: "inherit" });
// A terminal sends Ctrl-C to the child as well; other senders reach only us.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
