import { InvalidInput, TooLarge, Unauthorized } from "~/platform/errors";
import { whenReachable, type Db } from "~/platform/db.server";
import { append } from "./log.server";
import { sift, type Rejection } from "./sift";
import { PixelBatch } from "./vocabulary";

export const LIMITS = { bodyBytes: 64 * 1024, batchEvents: 50, eventBytes: 16 * 1024 };

/** What became of a batch; `accepted` events are on disk. */
export type IngestAnswer = {
  accepted: number;
  duplicate: number;
  rejected: number;
  rejections: Rejection[];
};

/** Takes one batch as the pixel sent it. One bad event never sinks its batch.
 * @throws {InvalidInput} the body is no batch · {TooLarge} · {Unauthorized} an unknown key ·
 * {Unavailable} the database cannot be reached */
export async function ingest(db: Db, body: Buffer, receivedAt: Date): Promise<IngestAnswer> {
  const batch = parseBatch(body);
  return whenReachable(async () => {
    const shopId = await shopOfKey(db, batch.key);
    const { events, rejections } = sift(batch, receivedAt);
    const accepted = await append(db, shopId, events);
    return {
      accepted,
      duplicate: events.length - accepted,
      rejected: rejections.length,
      rejections,
    };
  });
}

/** Reads a body into a batch within the limits. */
export function parseBatch(body: Buffer): PixelBatch {
  const parsed = PixelBatch.safeParse(parseJson(body.toString("utf8")));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InvalidInput(
      `want {key, sentAt, events}, and ${issue?.path.join(".")}: ${issue?.message}`,
    );
  }
  const { events } = parsed.data;
  if (events.length > LIMITS.batchEvents)
    throw new TooLarge(`a batch may have ${LIMITS.batchEvents} events, got ${events.length}`);
  events.forEach((event, index) => {
    const bytes = Buffer.byteLength(JSON.stringify(event));
    if (bytes > LIMITS.eventBytes)
      throw new TooLarge(
        `an event may have ${LIMITS.eventBytes} bytes, number ${index} has ${bytes}`,
      );
  });
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInput(
      `the body is not JSON: it begins with ${JSON.stringify(text.slice(0, 40))}`,
    );
  }
}

/** @throws {Unauthorized} no installed shop has this key */
async function shopOfKey(db: Db, key: string): Promise<number> {
  const shop = key.includes("\0")
    ? null
    : await db.shop.findFirst({
        where: { pixelKey: key, uninstalledAt: null },
        select: { id: true },
      });
  if (!shop) throw new Unauthorized("the key names no shop that has the app installed");
  return shop.id;
}
