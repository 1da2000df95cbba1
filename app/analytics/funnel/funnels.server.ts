import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Db } from "~/platform/db.server";
import { InvalidInput, isAppError, NotFound } from "~/platform/errors";
import { FUNNEL_DEFINITION, JSON_TEXT } from "./schema";
import type { FunnelDefinition } from "./steps";

/** A funnel that a merchant built. */
export type BuiltFunnel = { funnelId: string; name: string; definition: FunnelDefinition };

const shown = { funnelId: true, name: true, definition: true } as const;

/** A shop's funnels, by their names. */
export async function funnelsOf(db: Db, shopId: number): Promise<BuiltFunnel[]> {
  const found = await db.funnel.findMany({
    where: { shopId },
    orderBy: [{ name: "asc" }, { funnelId: "asc" }],
    select: shown,
  });
  return found.map(toBuilt);
}

/** @throws {NotFound} */
export async function funnelOf(db: Db, shopId: number, funnelId: string): Promise<BuiltFunnel> {
  const found = await db.funnel.findUnique({
    where: { shopId_funnelId: { shopId, funnelId } },
    select: shown,
  });
  if (!found) throw new NotFound(`there is no funnel ${funnelId}`);
  return toBuilt(found);
}

const toBuilt = ({
  definition,
  ...about
}: Omit<BuiltFunnel, "definition"> & { definition: unknown }) => ({
  ...about,
  definition: FUNNEL_DEFINITION.parse(definition),
});

const WISH = z.object({
  funnelId: z.uuid().nullable(),
  name: z.string().trim().min(1).max(100),
  definition: JSON_TEXT.pipe(FUNNEL_DEFINITION),
});
const REMOVAL = z.uuid();

/** Does what the form on the page asks for: saves a funnel, new or changed, or deletes one.
 * @param form `delete` with an id, or `funnelId` (none of a new one), `name` and `definition` as JSON
 * @returns the id of the funnel that is there now; null where one was deleted
 * @throws {InvalidInput | NotFound} */
export async function changeFunnels(
  db: Db,
  shopId: number,
  { form, now }: { form: FormData; now: Date },
): Promise<string | null> {
  const removed = form.get("delete");
  if (removed !== null) {
    const funnelId = valid(REMOVAL, removed);
    await db.funnel.deleteMany({ where: { shopId, funnelId } });
    return null;
  }
  const { funnelId, name, definition } = valid(WISH, {
    ...{ funnelId: form.get("funnelId"), name: form.get("name") },
    definition: form.get("definition"),
  });
  if (funnelId === null) return create(db, { shopId, name, definition, now });
  const where = { shopId, funnelId };
  const { count } = await db.funnel.updateMany({
    where,
    data: { name, definition, updatedAt: now },
  });
  if (count === 0) throw new NotFound(`there is no funnel ${funnelId}`);
  return funnelId;
}

/** The same for a page: `refused` says what was wrong with the form. */
export async function tryToChangeFunnels(
  db: Db,
  shopId: number,
  asked: { form: FormData; now: Date },
): Promise<{ funnelId: string | null; refused: string | null }> {
  try {
    return { funnelId: await changeFunnels(db, shopId, asked), refused: null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { funnelId: null, refused: error.message };
  }
}

type New = { shopId: number; name: string; definition: FunnelDefinition; now: Date };

async function create(db: Db, { now, ...about }: New): Promise<string> {
  const funnelId = randomUUID();
  await db.funnel.create({ data: { ...about, funnelId, createdAt: now, updatedAt: now } });
  return funnelId;
}

function valid<Out>(schema: z.ZodType<Out>, value: unknown): Out {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new InvalidInput([issue?.path.join("."), issue?.message].filter(Boolean).join(": "));
}
