import { randomUUID } from "node:crypto";
import type { Prisma } from "@prisma/client";
import type { Question } from "~/analytics/report";
import { parseView } from "~/analytics/view";
import type { Db } from "~/platform/db.server";

/** Adds a session as its fold would; a test states only what it is about.
 * @returns what its facts are of */
export async function addSession(
  db: Db,
  shopId: number,
  { at, until = at, ...about }: { at: string; until?: string } & Partial<SessionRow>,
) {
  const session = { shopId, sessionId: randomUUID(), clientId: "ana" };
  const { sessionId, clientId } = await db.session.create({
    data: {
      ...session,
      ...{ startedAt: new Date(at), endedAt: new Date(until), eventCount: 1, pageViewCount: 1 },
      ...about,
    },
  });
  return { shopId, sessionId, clientId };
}
type SessionRow = Omit<Prisma.SessionCreateManyInput, "shopId" | "startedAt" | "endedAt">;

/** What an address asks of a shop. */
export function ask(
  shopId: number,
  search: string,
  { now, zone = "UTC" }: { now: string; zone?: string },
): Question {
  const at = new Date(now);
  return { shopId, now: at, view: parseView(new URLSearchParams(search), zone, at) };
}
