import { setTimeout as sleep } from "node:timers/promises";
import { SECOND } from "~/platform/time";
import { WaitingRoom, type Waiting } from "./room";

/** A request at the gate, by what a glance tells of it. */
export type Arrival = Omit<Waiting<unknown>, "item">;

type Turn = {
  since: number;
  /** Reads the request, and has its events written. */
  work: () => void;
  /** Hears that it is not going to be its turn. */
  giveUp: () => void;
};

export type GateOptions = {
  /** Whether what has been let through is enough to go on with for now. */
  isBlocked: () => boolean;
  /** Hears that some have been let through, and that it may be a while until the next. */
  onSlice?: () => void;
  /** How long a request may have to wait, by the pace of the last ones, to be let in at all. */
  patienceMs?: number;
};

/** Memory that waiting bodies may take. */
const ROOM_BYTES = 48 * 1024 * 1024;
/** A request whose turn has not come by then is given back; its sender has given up waiting. */
const LONGEST_WAIT = 8 * SECOND;
/** How long requests are worked on before the next arrivals are looked at, who may have to be refused;
 * and how long these are looked at while others wait. */
const SLICE_MS = 4;
/** Events that are taken from the room at a time: the lanes and the shops share them out. */
const TAKEN_AT_ONCE = 100;
/** Before anything has been measured. */
const FIRST_GUESS = 1 / 20_000;
const FEWEST_EVENTS = 1_000;

/** Where requests wait, unread, until they can be worked on. What takes the time, reading them and
 * writing their events, is done in short slices, so that between two of them whoever has no chance can
 * be told so at once. */
export class Gate {
  private readonly room = new WaitingRoom<Turn>();
  private readonly sweeper = setInterval(() => this.giveBack(), SECOND);
  /** Seconds that an event takes while others wait. */
  private pace = FIRST_GUESS;
  /** When the last slice ended, and whether it left something waiting. */
  private lastSlice = 0;
  private isBusy = false;
  /** Since when the next slice is due. */
  private kickedAt: number | undefined;

  constructor(private readonly options: GateOptions) {}

  /** @returns whether there is room; then one of the two functions will be called */
  admit(arrival: Arrival, { work, giveUp }: Pick<Turn, "work" | "giveUp">): boolean {
    const item = { since: performance.now(), work, giveUp };
    if (!this.room.admit({ ...arrival, item }, this.limits())) return false;
    this.kick();
    return true;
  }

  /** Whether a request would be let in now. */
  hasRoomFor(arrival: Arrival): boolean {
    return this.room.hasRoomFor(arrival, this.limits());
  }

  /** Events that wait, and the share of the room that they take. */
  load(): { waiting: number; share: number } {
    return { waiting: this.room.size, share: this.room.size / this.limits().events };
  }

  private limits() {
    const patience = (this.options.patienceMs ?? 150) / SECOND;
    return { events: Math.max(FEWEST_EVENTS, patience / this.pace), bytes: ROOM_BYTES };
  }

  /** Goes on once all that has arrived at the same moment is in the room. */
  kick(): void {
    if (this.kickedAt !== undefined || this.room.size === 0) return;
    this.kickedAt = performance.now();
    setImmediate(() => this.letThrough());
  }

  /** Goes on at once when it is high time. To be called at every arrival: as long as more than a
   * thousand sockets are ready, Node's event loop gets to nothing else for seconds. */
  hurry(): void {
    if (this.kickedAt !== undefined && performance.now() - this.kickedAt > SLICE_MS)
      this.letThrough();
  }

  private letThrough(): void {
    this.kickedAt = undefined;
    const began = performance.now();
    let events = 0;
    while (!this.options.isBlocked() && this.room.size > 0) {
      for (const { size, item } of this.room.take(TAKEN_AT_ONCE)) {
        events += size;
        item.work();
      }
      if (performance.now() - began > SLICE_MS) break;
    }
    if (events > 0) this.learn(events);
    this.options.onSlice?.();
    if (!this.options.isBlocked()) this.kick();
  }

  private learn(events: number): void {
    const now = performance.now();
    if (this.isBusy) {
      const weight = Math.min(1, events / FEWEST_EVENTS);
      this.pace += ((now - this.lastSlice) / SECOND / events - this.pace) * weight;
    }
    this.lastSlice = now;
    this.isBusy = this.room.size > 0;
  }

  private giveBack(): void {
    const oldest = performance.now() - LONGEST_WAIT;
    for (const { item } of this.room.remove(({ since }) => since < oldest)) item.giveUp();
  }

  /** Lets everybody through who is waiting. */
  async stop(): Promise<void> {
    for (; this.room.size > 0; await sleep(5)) this.kick();
    clearInterval(this.sweeper);
  }
}
