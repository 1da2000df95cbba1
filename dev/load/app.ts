import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { pathToFileURL } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "~/platform/embedded-postgres.server";
import { endProcess, isRunning } from "../end-process";

const READY_LIMIT_MS = 90_000;
/** As `npm start` sets it. */
const HEAP = ["--max-semi-space-size=16"];
const RAISED_LIMIT = 'ulimit -n 30000 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$0" "$@"';

/** The built app in a process of its own, without Shopify: nothing but its door for events is asked. */
export class LoadApp {
  private child: ChildProcess | undefined;
  private said = "";

  private constructor(
    readonly port: number,
    private readonly environment: Record<string, string>,
  ) {}

  /** @param environment the app's settings on top of its own: a DATABASE_URL at least */
  static async start(environment: Record<string, string>): Promise<LoadApp> {
    const app = new LoadApp(await freePort(), environment);
    await app.restart();
    return app;
  }

  get pid(): number {
    if (!this.child?.pid) throw new Error("the app does not run");
    return this.child.pid;
  }

  get isRunning(): boolean {
    return this.child !== undefined && isRunning(this.child);
  }

  /** What it wrote last. */
  get output(): string {
    return this.said;
  }

  /** Starts it anew and waits until it is ready.
   * @throws {Error} it does not get there: with its own words */
  async restart(): Promise<void> {
    const preloaded = pathToFileURL("dev/end-with-parent.mjs").href;
    const child = spawn(
      "sh",
      ["-c", RAISED_LIMIT, process.execPath, ...HEAP, "--import", preloaded, "build/main.js"],
      { stdio: ["pipe", "pipe", "pipe"], detached: true, env: this.settings() },
    );
    const hear = (chunk: Buffer) => (this.said = `${this.said}${chunk.toString()}`.slice(-4_000));
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    this.child = child;
    const deadline = Date.now() + READY_LIMIT_MS;
    while (!(await this.isReady())) {
      if (!this.isRunning || Date.now() > deadline)
        throw new Error(`The app did not get ready:\n${this.said.trim()}`);
      await sleep(50);
    }
  }

  kill(): Promise<void> {
    return this.end("SIGKILL");
  }

  stop(): Promise<void> {
    return this.end("SIGTERM");
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child) await endProcess(this.child, signal);
  }

  private isReady(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  }

  private settings(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      NODE_ENV: "production",
      SHOPIFY_API_KEY: "load",
      SHOPIFY_API_SECRET: "load",
      SHOPIFY_APP_URL: `http://127.0.0.1:${this.port}`,
      ENCRYPTION_KEYS: randomBytes(32).toString("base64"),
      PORT: String(this.port),
      LOG_LEVEL: "error",
      ...this.environment,
    };
  }
}
