import { readFile } from "node:fs/promises";
import path from "node:path";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "~/platform/embedded-postgres.server";
import { childrenOf } from "./processes";

/** A PostgreSQL with its default durability, and with handles for what can happen to one. */
export class LoadDatabase {
  private constructor(
    private readonly folder: string,
    private server: EmbeddedPostgres,
    private readonly settings: Record<string, string>,
  ) {}

  static async start(folder: string, settings: Record<string, string> = {}): Promise<LoadDatabase> {
    return new LoadDatabase(folder, await startEmbeddedPostgres(folder, settings), settings);
  }

  get url(): string {
    return this.server.url;
  }

  get home(): string {
    return this.server.home;
  }

  async pid(): Promise<number> {
    const lock = await readFile(path.join(this.home, "data", "postmaster.pid"), "utf8");
    return Number(lock.split("\n")[0]);
  }

  /** Ends all its processes at once, as a failing machine would. */
  kill(): Promise<void> {
    return this.signal("SIGKILL");
  }

  /** Brings it back after a kill, on the same port and data. */
  async restart(): Promise<void> {
    const { port } = new URL(this.url);
    this.server = await startEmbeddedPostgres(this.folder, { ...this.settings, port });
  }

  /** Stands still: connections stay open and nobody answers. */
  pause(): Promise<void> {
    return this.signal("SIGSTOP");
  }

  resume(): Promise<void> {
    return this.signal("SIGCONT");
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** The first process goes first, so that it starts no more. */
  private async signal(signal: NodeJS.Signals): Promise<void> {
    const first = await this.pid();
    const children = await childrenOf(first);
    for (const pid of [first, ...children]) send(pid, signal);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
