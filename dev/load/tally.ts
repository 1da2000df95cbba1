import type { Answer } from "./connection";
import { Histogram } from "./histogram";
import { TOLD, type LoadReport } from "./spec";

type Counts = { accepted: number; duplicate: number; rejected: number };
type Outcome = "lost" | "late" | "unsent";

/** Keeps count of what a run is told. */
export class Tally {
  readonly requests: Record<string, number> = {};
  readonly counts: Counts = { accepted: 0, duplicate: 0, rejected: 0 };
  readonly taken = new Histogram();
  readonly refused = new Histogram();
  private ledger = new Uint8Array(1 << 20);

  constructor(private readonly keepsLedger: boolean) {}

  answered(answer: Answer, numbers: readonly number[], ms: number): void {
    this.count(String(answer.status));
    if (answer.status === 200) {
      this.taken.record(ms);
      this.note(numbers, this.add(answer.body));
    } else {
      this.refused.record(ms);
      this.note(numbers, isRefusal(answer) ? TOLD.refused : TOLD.unknown);
    }
  }

  unanswered(outcome: Outcome, numbers: readonly number[]): void {
    this.count(outcome);
    this.note(numbers, TOLD.unknown);
  }

  /** A request that was never sent to its end can not have been taken. */
  cutShort(numbers: readonly number[]): void {
    this.count("cut");
    this.note(numbers, TOLD.refused);
  }

  report(): Pick<LoadReport, "requests" | "taken" | "refused" | "ledger"> & Counts {
    const { requests, taken, refused, counts } = this;
    const ledger = this.keepsLedger ? this.ledger : undefined;
    return { requests, taken, refused, ...counts, ledger };
  }

  private count(name: string): void {
    this.requests[name] = (this.requests[name] ?? 0) + 1;
  }

  /** An answer that does not add up is worth nothing to a pixel, nor here. */
  private add(body: string): number {
    const told = JSON.parse(body) as Counts;
    if (!Number.isInteger(told.accepted + told.duplicate + told.rejected)) return TOLD.unknown;
    this.counts.accepted += told.accepted;
    this.counts.duplicate += told.duplicate;
    this.counts.rejected += told.rejected;
    return told.rejected === 0 ? TOLD.acknowledged : TOLD.unknown;
  }

  private note(numbers: readonly number[], told: number): void {
    if (!this.keepsLedger) return;
    for (const number of numbers) {
      while (number >= this.ledger.length) this.grow();
      this.ledger[number] = (this.ledger[number] ?? 0) | told;
    }
  }

  private grow(): void {
    const larger = new Uint8Array(this.ledger.length * 2);
    larger.set(this.ledger);
    this.ledger = larger;
  }
}

/** Whether an answer says that nothing was kept: the request's own fault, or no room for it. */
const isRefusal = ({ status, body }: Answer): boolean =>
  (status >= 400 && status < 500) || (status === 503 && /"code": *"overloaded"/.test(body));
