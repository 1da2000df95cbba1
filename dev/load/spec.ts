import type { Histogram } from "./histogram";

/** What a run sends, how fast and for how long. */
export type LoadSpec = {
  port: number;
  /** The shops' pixel keys, 32 characters each: requests take turns. */
  keys: string[];
  /** Tells this run's ids from those of every other, below 65,536. */
  run: number;
  seed: string;
  connections: number;
  eventsPerRequest: number;
  seconds: number;
  /** Requests a second, at moments fixed in advance; absent: each connection sends as soon as it is answered. */
  perSecond?: number;
  /** The share of requests whose connection is cut: half of these in mid-request, half before the answer. */
  cuts?: number;
  /** Whether to keep what became of every single event. */
  ledger?: boolean;
};

/** What an event's senders were told, as bits: an id that is sent twice can be told two things. */
export const TOLD = { acknowledged: 1, refused: 2, unknown: 4 } as const;

/** How a run went. Times are from the intended moment of sending to the answer. */
export type LoadReport = {
  /** From the first request to the last answer. */
  seconds: number;
  /** Requests by status; `lost` were cut, `late` had no answer within the limit, `unsent` had no connection in time. */
  requests: Record<string, number>;
  accepted: number;
  duplicate: number;
  rejected: number;
  /** Sizes of what was sent, in bytes. */
  eventBytes: number;
  taken: Histogram;
  refused: Histogram;
  /** Processor time of the generator itself. */
  cpuMicroseconds: number;
  ledger?: Uint8Array;
};
