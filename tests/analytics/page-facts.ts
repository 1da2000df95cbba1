import { randomUUID } from "node:crypto";
import type { Database } from "~/platform/db.server";

type PageView = Parameters<Database["pageView"]["create"]>[0]["data"];

/** Gives a shop a page view; a test states only what it is about. */
export const addPageView = (
  db: Database,
  shopId: number,
  { at, path = "/", ...about }: { at: string; path?: string } & Partial<PageView>,
) =>
  db.pageView.create({
    data: {
      ...{ shopId, eventId: randomUUID(), sessionId: "s1", clientId: "ana" },
      ...{ path, viewedAt: new Date(at) },
      ...about,
    },
  });
