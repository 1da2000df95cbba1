import { chance } from "../chance";
import { arrivals } from "./arrivals";
import { Connection } from "./connection";
import { Numbering } from "./numbering";
import type { LoadReport, LoadSpec } from "./spec";
import { Stencil } from "./stencil";
import { Tally } from "./tally";

/** As long as the pixel waits for an answer. */
const ANSWER_LIMIT_MS = 30_000;
const CONNECTING_LIMIT_MS = 20_000;
/** How long after the end requests that are due may still wait for a connection. */
const SENDING_LIMIT_MS = 1_000;

type Request = { due: number; sent: number; numbers: number[] };
type Lane = { connection: Connection; stencil: Stencil; carries: Request | undefined };

/** Sends a load until its time is over and every answer is in. */
export class Run {
  private readonly tally: Tally;
  private readonly numbering: Numbering;
  private readonly luck;
  private readonly lanes: Lane[] = [];
  private readonly idle: Lane[] = [];
  private readonly schedule: Float64Array | undefined;
  private next = 0;
  private start = 0;
  private isOver = false;

  constructor(private readonly spec: LoadSpec) {
    this.tally = new Tally(spec.ledger ?? false);
    this.numbering = new Numbering(spec);
    this.luck = chance(`${spec.seed} cuts`);
    this.schedule = arrivals(spec);
    for (let number = 0; number < spec.connections; number++) this.addLane(number);
  }

  /** Waits until the connections stand, as far as the server lets them; tells how many do. */
  async connected(): Promise<number> {
    const deadline = performance.now() + CONNECTING_LIMIT_MS;
    while (this.idle.length < this.lanes.length && performance.now() < deadline) await pause(20);
    return this.idle.length;
  }

  async finish(): Promise<LoadReport> {
    const usage = process.cpuUsage();
    this.start = performance.now();
    const end = this.start + this.spec.seconds * 1_000;
    this.pump();
    while (
      performance.now() < end + SENDING_LIMIT_MS &&
      !(this.isDone() && performance.now() > end)
    ) {
      await pause(this.schedule ? 1 : 20);
      this.pump();
      if (performance.now() > end) this.isOver = true;
    }
    this.isOver = true;
    this.dropUnsent();
    await this.settled();
    const seconds = (performance.now() - this.start) / 1_000;
    const { user, system } = process.cpuUsage(usage);
    this.lanes.forEach(({ connection }) => connection.close());
    const [lane] = this.lanes;
    return {
      ...this.tally.report(),
      seconds,
      eventBytes: lane
        ? (lane.stencil.bytes.length - lane.stencil.headBytes) / this.spec.eventsPerRequest
        : 0,
      cpuMicroseconds: user + system,
    };
  }

  private addLane(number: number): void {
    const { port, eventsPerRequest, seed } = this.spec;
    const stencil = new Stencil(eventsPerRequest, `${seed} ${number % 64}`);
    const listener = {
      ready: () => this.free(lane),
      answered: (answer: { status: number; body: string }) => {
        const request = lane.carries;
        if (!request) return;
        this.tally.answered(answer, request.numbers, performance.now() - request.due);
        this.free(lane);
      },
      lost: () => this.lose(lane, "lost"),
    };
    const lane: Lane = {
      connection: new Connection({ host: "127.0.0.1", port }, listener),
      stencil,
      carries: undefined,
    };
    this.lanes.push(lane);
  }

  private free(lane: Lane): void {
    lane.carries = undefined;
    this.idle.push(lane);
    if (this.start > 0) this.pump();
  }

  private lose(lane: Lane, outcome: "lost" | "late"): void {
    if (lane.carries) this.tally.unanswered(outcome, lane.carries.numbers);
    lane.carries = undefined;
    const waiting = this.idle.indexOf(lane);
    if (waiting >= 0) this.idle.splice(waiting, 1);
  }

  /** Hands what is due to the connections that are free. */
  private pump(): void {
    const now = performance.now();
    while (this.idle.length > 0) {
      const due = this.schedule ? this.start + (this.schedule[this.next] ?? Infinity) : now;
      if (due > now || (this.isOver && !this.schedule)) return;
      const lane = this.idle.pop();
      if (!lane) return;
      this.next++;
      this.send(lane, due, now);
    }
  }

  private send(lane: Lane, due: number, now: number): void {
    const { numbers, draft } = this.numbering.draft(this.spec.eventsPerRequest);
    lane.stencil.fill(draft);
    const { bytes, headBytes } = lane.stencil;
    if (!this.luck.happens(this.spec.cuts ?? 0)) {
      lane.carries = { due, sent: now, numbers };
      lane.connection.send(bytes);
    } else if (this.luck.happens(0.5)) {
      this.tally.cutShort(numbers);
      lane.connection.sendAndCut(bytes.subarray(0, this.luck.between(headBytes, bytes.length - 1)));
    } else {
      lane.carries = { due, sent: now, numbers };
      lane.connection.sendAndCut(bytes);
    }
  }

  private isDone(): boolean {
    return !this.schedule || this.next >= this.schedule.length;
  }

  private dropUnsent(): void {
    for (; this.schedule && this.next < this.schedule.length; this.next++)
      this.tally.unanswered("unsent", []);
  }

  /** Waits for the answers on the way and gives up those that take longer than a pixel would wait. */
  private async settled(): Promise<void> {
    for (;;) {
      const waiting = this.lanes.filter((lane) => lane.carries);
      if (waiting.length === 0) return;
      for (const lane of waiting) this.giveUpIfLate(lane);
      await pause(20);
    }
  }

  private giveUpIfLate(lane: Lane): void {
    if (!lane.carries || performance.now() - lane.carries.sent < ANSWER_LIMIT_MS) return;
    this.lose(lane, "late");
    lane.connection.cut();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
