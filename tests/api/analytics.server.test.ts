import { describe, expect } from "vitest";
import { REPORTS } from "~/analytics/reports.server";
import { openApi } from "~/api/openapi.server";
import type { Database } from "~/platform/db.server";
import { HOUR } from "~/platform/time";
import { loader as analytics } from "~/routes/api-v1-analytics";
import { shop } from "../factories";
import { test, tokenFor } from "./calls";
import { expectDocumented } from "./document";

type Context = Parameters<typeof analytics>[0]["context"];

/** What some reports have to be asked. */
const WANTED: Record<string, string> = {
  heatmap: "template=%2Fcart&viewport=desktop",
  "heatmap/cells": "template=%2Fcart&viewport=desktop",
};

function ask(context: Context, path: string, { token = "", search = "", etag = "" }) {
  const asked = [WANTED[path], search].filter(Boolean).join("&");
  const named = path.replace("{id}", "ana-1");
  return analytics({
    context,
    params: { "*": named },
    request: new Request(`https://pixelnova.test/api/v1/analytics/${named}?${asked}`, {
      headers: { Authorization: `Bearer ${token}`, "If-None-Match": etag },
    }),
  });
}

/** A shop with two sessions of today, and a token of it. */
async function openShop(db: Database, channel = "search") {
  const { id: shopId } = await shop(db);
  const at = new Date();
  await db.session.createMany({
    data: ["ana", "bo"].map((clientId, index) => ({
      ...{ shopId, sessionId: `${clientId}-1`, clientId, visitorId: `client:${clientId}` },
      ...{ startedAt: new Date(at.getTime() - index * HOUR), endedAt: at, channel },
      ...{ eventCount: 1, pageViewCount: 1, utmCampaign: "=cmd|' /C calc'!A0" },
    })),
  });
  return { shopId, token: await tokenFor(db, shopId) };
}

describe.for([...REPORTS.keys()])("%s", (path) => {
  test("answers as the document says, also where nothing was counted", async ({ db, context }) => {
    const { token } = await openShop(db);
    const empty = await tokenFor(db, (await shop(db)).id);

    for (const asked of [
      { token },
      { token: empty },
      { token, search: "compare=year&device=tv" },
    ]) {
      const answer = await ask(context, path, asked);
      const isUnknown = path.includes("{") && asked.token === empty;
      expect(answer.status, await answer.clone().text()).toBe(isUnknown ? 404 : 200);
      await expectDocumented(`/analytics/${path}`, answer);
    }
  });

  test("tells another shop's token nothing", async ({ db, context }) => {
    await openShop(db, "only-here");
    const other = await tokenFor(db, (await shop(db)).id);

    const answer = await ask(context, path, { token: other });

    expect(await answer.text()).not.toMatch(/only-here|"sessions":2/);
  });

  test("wants its scope, and a token at all", async ({ db, context }) => {
    const { shopId } = await openShop(db);
    const wrong = await tokenFor(db, shopId, ["read_products"]);

    expect((await ask(context, path, { token: wrong })).status).toBe(403);
    expect((await ask(context, path, {})).status).toBe(401);
  });

  test("is a file with the same rows", async ({ db, context }) => {
    const { token } = await openShop(db);
    const json = await ask(context, path, { token });
    const { rows } = (await json.json()) as { rows: object[] };

    const file = await ask(context, path, { token, search: "format=csv" });

    expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const [header, ...lines] = (await file.text()).trimEnd().split("\r\n");
    expect(header?.split(",")).toEqual(Object.keys(REPORTS.get(path)?.report.columns ?? {}));
    expect(lines).toHaveLength(rows.length);
  });
});

test("an answer is kept until it changes", async ({ db, context }) => {
  const { token } = await openShop(db);
  const search = "from=2026-01-01&to=2026-01-02";
  const first = await ask(context, "sessions/stats", { token, search });

  const etag = first.headers.get("etag") ?? "";
  expect((await ask(context, "sessions/stats", { token, search, etag })).status).toBe(304);
});

test.for([
  ["perod=7d", 'there is no parameter "perod"'],
  ["period=7", "period must be one of"],
  ["by=shoe-size", "by: "],
  ["format=xml", "format must be one of json, csv"],
])("%s is refused, in words that help", async ([search = "", words], { db, context }) => {
  const { token } = await openShop(db);

  const answer = await ask(context, "sessions/stats", { token, search });

  expect(answer.status).toBe(400);
  expect(await expectDocumented("/analytics/sessions/stats", answer)).toMatchObject({
    detail: expect.stringContaining(words ?? "") as string,
  });
});

test("there is no report of another name", async ({ db, context }) => {
  const { token } = await openShop(db);
  expect((await ask(context, "sessions/../shops", { token })).status).toBe(404);
});

test("a spreadsheet takes no shopper's words for a formula", async ({ db, context }) => {
  const { token } = await openShop(db);

  const search = "format=csv&by=campaign";
  const text = await (await ask(context, "sessions/stats", { token, search })).text();

  expect(text).toContain(`'=cmd|' /C calc'!A0,2,`);
});

test("the document names every endpoint once, and its own parts", () => {
  const { paths } = openApi();
  const ids = Object.values(paths).map(({ get }) => get.operationId);

  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(paths)).toContain("/analytics/sessions/stats");
  for (const { get } of Object.values(paths))
    for (const { name, schema } of get.parameters)
      expect(Object.keys(schema), name).not.toEqual([]);
});
