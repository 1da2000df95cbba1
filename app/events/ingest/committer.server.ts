import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { Unavailable } from "~/platform/errors";
import type { Log } from "~/platform/log.server";
import { SECOND } from "~/platform/time";
import { isAway, openPool, withClient } from "./pool.server";
import { writeRows, type Row } from "./write.server";

/** Which of a request's events were new, and the transaction that holds them. */
export type Committed = { tx: string; isNew: boolean[] };

type Item = {
  rows: readonly Row[];
  done: (committed: Committed) => void;
  fail: (error: Error) => void;
};

export type CommitterOptions = {
  databaseUrl: string;
  log: Log;
  /** Writes under way at once. */
  connections?: number;
  /** Hears of every write. */
  onWrite?: (events: number, seconds: number) => void;
  /** Whether more is on its way at this moment, which a write had better wait for. */
  isMoreComing?: () => boolean;
  /** Hears that a write has taken what was waiting. */
  onRoom?: () => void;
};

/** A write is full with so many events, or requests: these are answered all at once. */
const WRITE_EVENTS = 500;
const WRITE_REQUESTS = 100;

/** Writes the events of concurrent requests together: while one write is under way the requests that
 * come in wait, and go together with the next. Each hears of its own events after the commit. */
export class Committer {
  private readonly pool: pg.Pool;
  private readonly connections: number;
  private waiting: Item[] = [];
  private waitingEvents = 0;
  private writing = 0;
  private isKicked = false;

  constructor(private readonly options: CommitterOptions) {
    this.connections = options.connections ?? 2;
    this.pool = openPool(options.databaseUrl, this.connections, options.log);
  }

  /** @throws {Unavailable} it may or may not be stored */
  commit(rows: readonly Row[]): Promise<Committed> {
    return new Promise((done, fail) => {
      this.waiting.push({ rows, done, fail });
      this.waitingEvents += rows.length;
      this.kick();
    });
  }

  /** Whether a whole write is waiting for its turn. */
  isFull(): boolean {
    return this.waitingEvents >= WRITE_EVENTS || this.waiting.length >= WRITE_REQUESTS;
  }

  /** Starts writing once the requests that have arrived at the same moment are all there. */
  private kick(): void {
    if (this.isKicked) return;
    this.isKicked = true;
    setImmediate(() => {
      this.isKicked = false;
      this.flush();
    });
  }

  /** Starts writing now, as far as there are connections. */
  flush(): void {
    while (this.writing < this.connections && this.waiting.length > 0) {
      if (!this.isFull() && this.options.isMoreComing?.()) return;
      void this.writeNext();
    }
  }

  private async writeNext(): Promise<void> {
    this.writing++;
    await this.write(this.takeOneWrite());
    this.writing--;
    this.flush();
    this.options.onRoom?.();
  }

  private takeOneWrite(): Item[] {
    let [count, events] = [0, 0];
    while (count < Math.min(this.waiting.length, WRITE_REQUESTS) && events < WRITE_EVENTS)
      events += this.waiting[count++]?.rows.length ?? 0;
    this.waitingEvents -= events;
    return this.waiting.splice(0, count);
  }

  private async write(requests: readonly Item[]): Promise<void> {
    const rows = requests.flatMap((request) => request.rows);
    const started = performance.now();
    try {
      const { tx, isNew } = await withClient(this.pool, (client) => writeRows(client, rows));
      this.options.onWrite?.(rows.length, (performance.now() - started) / SECOND);
      let from = 0;
      for (const { rows, done } of requests)
        done({ tx, isNew: isNew.slice(from, (from += rows.length)) });
    } catch (error) {
      await this.recover(requests, error);
    }
  }

  /** A database that is away ends all of a write's requests; a row that it cannot take only its own. */
  private async recover(requests: readonly Item[], error: unknown): Promise<void> {
    const bug = error instanceof Error ? error : new Error(String(error));
    if (isAway(bug)) {
      this.options.log.warn({ reason: bug.message, requests: requests.length }, "a write failed");
      for (const { fail } of requests) fail(new Unavailable(AWAY));
    } else if (requests.length > 1) {
      for (const request of requests) await this.write([request]);
    } else requests[0]?.fail(bug);
  }

  /** Writes what waits, then lets the database go. */
  async stop(): Promise<void> {
    while (this.writing > 0 || this.waiting.length > 0) {
      this.kick();
      await sleep(5);
    }
    await this.pool.end();
  }
}

const AWAY = "the database cannot be reached right now; what was sent may or may not be stored";
