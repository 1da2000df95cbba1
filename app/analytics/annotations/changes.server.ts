import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { MOST_CHARACTERS, readWish, type AnnotationKind, type Faults } from "./annotation";

/** The most that merchants note in one shop. */
export const MOST_ANNOTATIONS = 1_000;

/** What became of a form; `refused` says why nothing has been changed, where that is no field's fault. */
export type Change = { changed: boolean; faults: Faults; refused: string | null };
const CHANGED: Change = { changed: true, faults: {}, refused: null };
const refuse = (refused: string): Change => ({ changed: false, faults: {}, refused });

/** Does what the form on the page asks for: adds, changes or deletes what happened. What Shopify told of
 * can be deleted, not changed.
 * @param form `delete` with an id; or `day`, `kind` and `text`, and `annotationId` of one that is there */
export async function changeAnnotations(
  db: Db,
  shopId: number,
  { form, now }: { form: FormData; now: Date },
): Promise<Change> {
  const removed = idIn(form, "delete");
  if (removed !== null) {
    await db.annotation.deleteMany({ where: { shopId, annotationId: removed } });
    return CHANGED;
  }
  const read = readWish(form);
  if ("faults" in read) return { changed: false, faults: read.faults, refused: null };
  const { day, ...about } = read.wish;
  const data = { ...about, day: new Date(day), updatedAt: now };
  const annotationId = idIn(form, "annotationId");
  if (annotationId === null) return add(db, { shopId, ...data });
  const where = { shopId, annotationId, madeBy: "merchant" };
  const { count } = await db.annotation.updateMany({ where, data });
  return count > 0 ? CHANGED : refuse("This annotation is not there any more.");
}

/** No id stands for none of this shop's. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

function idIn(form: FormData, name: string): string | null {
  const value = form.get(name);
  return value === null ? null : z.uuid().catch(NO_ID).parse(value);
}

type New = { shopId: number; kind: AnnotationKind; text: string; day: Date; updatedAt: Date };

async function add(db: Db, about: New): Promise<Change> {
  const { shopId, updatedAt: createdAt } = about;
  if ((await db.annotation.count({ where: { shopId, madeBy: "merchant" } })) >= MOST_ANNOTATIONS)
    return refuse(
      `There can be ${MOST_ANNOTATIONS} annotations. Delete one that you can do without.`,
    );
  const made = { annotationId: randomUUID(), madeBy: "merchant", createdAt };
  await db.annotation.create({ data: { ...about, ...made } });
  return CHANGED;
}

/** Notes that a theme was published. */
export async function noteTheme(
  db: Db,
  shopId: number,
  { name, at, now }: { name: string; at: Date; now: Date },
): Promise<void> {
  const text = `Theme published: ${name}`.slice(0, MOST_CHARACTERS);
  const made = { annotationId: randomUUID(), madeBy: "shop", createdAt: now, updatedAt: now };
  await db.annotation.create({ data: { shopId, kind: "theme", text, at, ...made } });
}
