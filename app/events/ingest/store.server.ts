import { isAppError } from "~/platform/errors";
import { sift, type LogEvent, type Rejection } from "../sift";
import { readBatch } from "./batch";
import type { Committer } from "./committer.server";
import type { Keys } from "./keys.server";
import { senderOf, type Ledger, type Request } from "./ledger.server";
import type { Spend } from "./spending";

/** What became of a batch; `accepted` events are on disk. */
export type IngestAnswer = {
  accepted: number;
  duplicate: number;
  rejected: number;
  rejections: Rejection[];
};

type Means = { keys: Keys; spend: Spend; committer: Committer; ledger: Ledger };

/** Reads a body whose turn it is, writes its events and notes what became of them. All that needs no
 * waiting is done before the function that is returned gives back its promise.
 * @throws {InvalidInput} from that function: the body is no batch · {TooLarge} · {Unauthorized} an
 * unknown key · {TooMany} · {Unavailable} the database is away */
export function createStore({ keys, spend, committer, ledger }: Means) {
  return async function store(body: Buffer, request: Request): Promise<IngestAnswer> {
    const text = body.toString("utf8");
    const batch = readBatch(text);
    const holder = keys.remembered(batch.key) ?? (await keys.find(batch.key));
    const { shopId } = holder;
    const sender = senderOf(holder, request);
    try {
      spend(shopId, batch.events, request.receivedAt.getTime());
      const { events, rejections } = sift(batch, { ...request, hasEscapes: text.includes("\\u") });
      const accepted = await append(shopId, events);
      const duplicate = events.length - accepted;
      ledger.note(sender, request, { batch, accepted, duplicate, rejections });
      return { accepted, duplicate, rejected: rejections.length, rejections };
    } catch (error) {
      if (isAppError(error))
        ledger.count(sender, error.code, batch.events.length, request.receivedAt);
      throw error;
    }
  };

  /** @returns how many of the events are new */
  async function append(shopId: number, events: readonly LogEvent[]): Promise<number> {
    if (events.length === 0) return 0;
    const rows = events.map((event) => Object.assign(event, { shopId }));
    const { isNew } = await committer.commit(rows);
    return isNew.reduce((sum, each) => sum + Number(each), 0);
  }
}
