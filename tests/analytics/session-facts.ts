import { randomUUID } from "node:crypto";
import type { Question } from "~/analytics/report";
import { parseView } from "~/analytics/view";
import type { Database } from "~/platform/db.server";

type Session = Parameters<Database["session"]["create"]>[0]["data"];

/** Gives a shop a session that starts at a moment and takes a minute; returns its id. */
export async function addSession(
  db: Database,
  shopId: number,
  { at, ...about }: { at: string } & Partial<Session>,
): Promise<string> {
  const startedAt = new Date(at);
  const { sessionId } = await db.session.create({
    data: {
      ...{ shopId, sessionId: randomUUID(), clientId: "ana", startedAt },
      ...{ endedAt: new Date(startedAt.getTime() + 60_000), eventCount: 1, pageViewCount: 1 },
      ...about,
    },
  });
  return sessionId;
}

type Asked = { at: string; zone?: string; search?: string };

/** What a merchant asks at a moment; the last seven days unless the address says. */
export const questionAt = (shopId: number, { at, zone = "UTC", search = "" }: Asked): Question => {
  const now = new Date(at);
  return { shopId, now, view: parseView(new URLSearchParams(search), zone, now) };
};
