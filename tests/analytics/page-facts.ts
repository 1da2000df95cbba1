import { randomUUID } from "node:crypto";
import type { Database } from "~/platform/db.server";

type PageView = Parameters<Database["pageView"]["create"]>[0]["data"];

/** Gives a shop a page view; a test states only what it is about. It is a repeat where its session saw the
 * page before. */
export async function addPageView(
  db: Database,
  shopId: number,
  { at, path = "/", ...about }: { at: string; path?: string } & Partial<PageView>,
) {
  const { sessionId = "s1" } = about;
  const isRepeat = (await db.pageView.count({ where: { shopId, sessionId, path } })) > 0;
  return db.pageView.create({
    data: {
      ...{ shopId, eventId: randomUUID(), sessionId, clientId: "ana", isRepeat },
      ...{ path, viewedAt: new Date(at) },
      ...about,
    },
  });
}
