import { describe, expect } from "vitest";
import { annotations } from "~/analytics/annotations/annotations.server";
import {
  changeAnnotations,
  MOST_ANNOTATIONS,
  noteTheme,
} from "~/analytics/annotations/changes.server";
import { questionOf } from "~/analytics/question";
import { withAnnotations } from "~/analytics/shown-view.server";
import type { Database } from "~/platform/db.server";
import { eraseShop } from "~/privacy/erase.server";
import { test } from "../database";
import { shop } from "../factories";

const NOW = new Date("2026-11-21T12:00:00.000Z");
const ALL = { of: "all", limit: 50 } as const;

function change(db: Database, shopId: number, fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return changeAnnotations(db, shopId, { form, now: NOW });
}

const campaign = (day: string, text = "Spring mail") => ({ day, kind: "campaign", text });

const asked = (
  about: { id: number; timeZone: string | null },
  search = "from=2026-03-28&to=2026-03-29",
) => questionOf(about, new URLSearchParams(search), NOW);

async function textsOf(db: Database, of: { id: number; timeZone: string | null }, search?: string) {
  const { rows } = await annotations(db, asked(of, search), { of: "period", limit: 50 });
  return rows.map(({ text }) => text);
}

describe("what happened", () => {
  test("belongs to the shop's days, also where clocks change", async ({ db }) => {
    const zurich = await shop(db, { timeZone: "Europe/Zurich" });
    for (const day of ["2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30"])
      await change(db, zurich.id, campaign(day, day));
    const theme = { name: "Tideline", now: NOW };
    await noteTheme(db, zurich.id, { ...theme, at: new Date("2026-03-29T21:59:59.999Z") });
    await noteTheme(db, zurich.id, { ...theme, at: new Date("2026-03-29T22:00:00.000Z") });

    const { rows } = await annotations(db, asked(zurich), { of: "period", limit: 50 });

    expect(rows).toEqual([
      {
        ...{ text: "Theme published: Tideline", kind: "theme", madeBy: "shop", day: "2026-03-29" },
        ...{ startsAt: new Date("2026-03-29T21:59:59.999Z"), isWholeDay: false },
        annotationId: expect.any(String),
      },
      {
        ...{ text: "2026-03-29", kind: "campaign", madeBy: "merchant", day: "2026-03-29" },
        ...{ startsAt: new Date("2026-03-28T23:00:00.000Z"), isWholeDay: true },
        annotationId: expect.any(String),
      },
      expect.objectContaining({ text: "2026-03-28", day: "2026-03-28" }),
    ]);
  });

  test("keeps its day where the shop moves to another time zone", async ({ db }) => {
    const kiritimati = await shop(db, { timeZone: "Pacific/Kiritimati" });
    await change(db, kiritimati.id, campaign("2026-03-28"));

    for (const timeZone of ["Pacific/Kiritimati", "America/Los_Angeles"]) {
      const { rows } = await annotations(db, asked({ ...kiritimati, timeZone }), ALL);
      expect(rows).toMatchObject([{ day: "2026-03-28" }]);
      expect(
        await textsOf(db, { ...kiritimati, timeZone }, "from=2026-03-28&to=2026-03-28"),
      ).toEqual(["Spring mail"]);
    }
  });

  test("is told page by page, the newest first, each once", async ({ db }) => {
    const { id, timeZone } = await shop(db);
    for (const text of ["a", "b", "c"]) await change(db, id, campaign("2026-03-28", text));
    await change(db, id, campaign("2027-01-01", "to come"));

    const first = await annotations(db, asked({ id, timeZone }), { of: "all", limit: 2 });
    const cursor = first.next ?? undefined;
    const second = await annotations(db, asked({ id, timeZone }), { of: "all", limit: 2, cursor });

    expect(first.rows[0]?.text).toBe("to come");
    expect(second.next).toBeNull();
    const told = [...first.rows, ...second.rows].map(({ text }) => text);
    expect(told.toSorted()).toEqual(["a", "b", "c", "to come"]);
  });

  test("goes along with a view, and with the shop", async ({ db }) => {
    const { id, timeZone } = await shop(db);
    await change(db, id, campaign("2026-03-28"));

    const view = await withAnnotations(db, asked({ id, timeZone }));
    expect(view.annotations.map(({ text }) => text)).toEqual(["Spring mail"]);

    await eraseShop(db, id);
    expect(await db.annotation.count({ where: { shopId: id } })).toBe(0);
  });
});

describe("a merchant", () => {
  test("adds, changes and deletes", async ({ db }) => {
    const { id, timeZone } = await shop(db);

    const added = await change(db, id, campaign("2026-03-28"));
    expect(added).toEqual({ changed: true, faults: {}, refused: null });
    const { annotationId } = await db.annotation.findFirstOrThrow({ where: { shopId: id } });
    await change(db, id, { annotationId, day: "2026-03-29", kind: "other", text: "Fair" });
    const { rows } = await annotations(db, asked({ id, timeZone }), ALL);
    expect(rows).toMatchObject([{ annotationId, day: "2026-03-29", kind: "other", text: "Fair" }]);
    await change(db, id, { delete: annotationId });

    expect(await db.annotation.count({ where: { shopId: id } })).toBe(0);
  });

  test("is told what is wrong, and nothing is changed", async ({ db }) => {
    const { id } = await shop(db);

    const refused = await change(db, id, campaign("tomorrow", ""));

    expect(refused).toMatchObject({ changed: false, refused: null });
    expect(Object.keys(refused.faults)).toEqual(["day", "text"]);
    expect(await db.annotation.count({ where: { shopId: id } })).toBe(0);
  });

  test("neither sees nor changes nor deletes another shop's", async ({ db }) => {
    const [mine, theirs] = [await shop(db), await shop(db)];
    await change(db, mine.id, campaign("2026-03-28"));
    const { annotationId } = await db.annotation.findFirstOrThrow({ where: { shopId: mine.id } });

    const changed = await change(db, theirs.id, { ...campaign("2026-03-29"), annotationId });
    await change(db, theirs.id, { delete: annotationId });

    expect(changed).toMatchObject({ changed: false, refused: expect.any(String) });
    expect(await textsOf(db, theirs)).toEqual([]);
    expect(await textsOf(db, mine)).toEqual(["Spring mail"]);
    expect(await db.annotation.count({ where: { shopId: theirs.id } })).toBe(0);
  });

  test("deletes what Shopify told of, but does not change it", async ({ db }) => {
    const { id } = await shop(db);
    await noteTheme(db, id, { name: "Tideline", at: NOW, now: NOW });
    const { annotationId } = await db.annotation.findFirstOrThrow({ where: { shopId: id } });

    for (const named of [annotationId, "no id"]) {
      const changed = await change(db, id, { ...campaign("2026-03-29"), annotationId: named });
      expect(changed).toMatchObject({ changed: false, refused: expect.any(String) });
    }
    await change(db, id, { delete: annotationId });

    expect(await db.annotation.count({ where: { shopId: id } })).toBe(0);
  });

  test("has an end of notes", async ({ db }) => {
    const { id } = await shop(db);
    await db.$executeRaw`
      insert into annotations
      select ${id}::int, gen_random_uuid(), 'other', 'x', '2026-01-01', null, 'merchant', now(), now()
      from generate_series(1, ${MOST_ANNOTATIONS - 1}::int)`;

    expect(await change(db, id, campaign("2026-03-28"))).toMatchObject({ changed: true });
    expect(await change(db, id, campaign("2026-03-28"))).toMatchObject({
      ...{ changed: false, refused: expect.stringContaining("1000") },
    });
  });
});
