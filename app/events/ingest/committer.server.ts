import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { Unavailable } from "~/platform/errors";
import type { Log } from "~/platform/log.server";
import { SECOND } from "~/platform/time";
import { Overloaded } from "./errors";
import { isAway, openPool, withClient } from "./pool.server";
import { WaitingRoom, type Waiting } from "./room";
import { writeRows, type Row } from "./write.server";

/** Which of a request's events were new, and the transaction that holds them. */
export type Committed = { tx: string; isNew: boolean[] };

type Item = {
  rows: readonly Row[];
  since: number;
  done: (committed: Committed) => void;
  fail: (error: Error) => void;
};

export type CommitterOptions = {
  databaseUrl: string;
  log: Log;
  /** Writes under way at once. */
  connections?: number;
  /** Events of one write. */
  writeEvents?: number;
  /** How long an event may have to wait, by the pace of the last writes, to be let in at all. */
  patienceMs?: number;
  /** Hears of every write. */
  onWrite?: (events: number, seconds: number) => void;
};

/** Memory that waiting events may take, by the length of their JSON. */
const ROOM_BYTES = 48 * 1024 * 1024;
/** What a row takes beside its payload. */
const ROW_BYTES = 512;
/** An event that has not been taken up by then is given back; its sender has given up waiting. */
const LONGEST_WAIT = 8 * SECOND;
/** Before anything has been measured. */
const FIRST_GUESS = 1 / 20_000;
const FEWEST_EVENTS = 1_000;

/** Writes the events of concurrent requests together: while one write is under way the requests that
 * come in wait, and go together with the next. Each hears of its own events after the commit. */
export class Committer {
  private readonly pool: pg.Pool;
  private readonly room = new WaitingRoom<Item>();
  private readonly sweeper = setInterval(() => this.giveBack(), SECOND);
  private readonly connections: number;
  /** Seconds that an event takes, all connections together. */
  private pace = FIRST_GUESS;
  private writing = 0;
  private isKicked = false;

  constructor(private readonly options: CommitterOptions) {
    this.connections = options.connections ?? 2;
    this.pool = openPool(options.databaseUrl, this.connections, options.log);
  }

  /** @throws {Overloaded} nothing of it is stored · {Unavailable} it may or may not be stored */
  commit(shopId: number, rows: readonly Row[], isUrgent: boolean): Promise<Committed> {
    return new Promise((done, fail) => {
      const item: Item = { rows, since: performance.now(), done, fail };
      const bytes = rows.reduce((sum, { payload }) => sum + payload.length + ROW_BYTES, 0);
      const request = { shopId, isUrgent, size: rows.length, bytes, item };
      if (!this.room.admit(request, this.limits())) return fail(new Overloaded());
      this.kick();
    });
  }

  /** Whether a request with so many events would be let in now. */
  hasRoomFor(shopId: number, size: number, isUrgent: boolean): boolean {
    return this.room.hasRoomFor({ shopId, size, isUrgent, bytes: 0 }, this.limits());
  }

  /** Events that wait, and the share of the room that they take. */
  load(): { waiting: number; share: number } {
    return { waiting: this.room.size, share: this.room.size / this.limits().events };
  }

  private limits() {
    const patience = (this.options.patienceMs ?? 250) / SECOND;
    return { events: Math.max(FEWEST_EVENTS, patience / this.pace), bytes: ROOM_BYTES };
  }

  /** Starts writing once the requests that have arrived at the same moment are all in the room. */
  private kick(): void {
    if (this.isKicked || this.writing >= this.connections) return;
    this.isKicked = true;
    setImmediate(() => {
      this.isKicked = false;
      while (this.writing < this.connections && this.room.size > 0) void this.writeNext();
    });
  }

  private async writeNext(): Promise<void> {
    this.writing++;
    await this.write(this.room.take(this.options.writeEvents ?? 1_000));
    this.writing--;
    this.kick();
  }

  private async write(requests: readonly Waiting<Item>[]): Promise<void> {
    const rows = requests.flatMap(({ item }) => item.rows);
    const started = performance.now();
    try {
      const { tx, isNew } = await withClient(this.pool, (client) => writeRows(client, rows));
      this.learn(rows.length, (performance.now() - started) / SECOND);
      let from = 0;
      for (const { item, size } of requests)
        item.done({ tx, isNew: isNew.slice(from, (from += size)) });
    } catch (error) {
      await this.recover(requests, error);
    }
  }

  private learn(events: number, seconds: number): void {
    this.pace += (seconds / events / this.connections - this.pace) * 0.1;
    this.options.onWrite?.(events, seconds);
  }

  /** A database that is away ends all of a write's requests; a row that it cannot take only its own. */
  private async recover(requests: readonly Waiting<Item>[], error: unknown): Promise<void> {
    const bug = error instanceof Error ? error : new Error(String(error));
    if (isAway(bug)) {
      this.options.log.warn({ reason: bug.message, requests: requests.length }, "a write failed");
      for (const { item } of requests) item.fail(new Unavailable(AWAY));
    } else if (requests.length > 1) {
      for (const request of requests) await this.write([request]);
    } else requests[0]?.item.fail(bug);
  }

  private giveBack(): void {
    const oldest = performance.now() - LONGEST_WAIT;
    const late = this.room.remove(({ since }) => since < oldest);
    for (const { item } of late) item.fail(new Overloaded());
  }

  /** Writes what waits, then lets the database go. */
  async stop(): Promise<void> {
    while (this.writing > 0 || this.room.size > 0) {
      this.kick();
      await sleep(5);
    }
    clearInterval(this.sweeper);
    await this.pool.end();
  }
}

const AWAY = "the database cannot be reached right now; what was sent may or may not be stored";
