import { z } from "zod";
import { InvalidInput } from "~/platform/errors";

const listing = z
  .string()
  .regex(/^[a-z0-9.-]+\/\d{1,18}$/, "want a shop's domain and a product's id");
const group = z.uuid();

/** What a merchant can say of listings, which are named by domain and id: `shop.myshopify.com/123`. */
const OF_LISTINGS = [
  z.object({ kind: z.literal("confirm"), one: listing, other: listing }),
  z.object({ kind: z.literal("reject"), one: listing, other: listing }),
  z.object({
    kind: z.literal("split"),
    groupId: group,
    listings: z.array(listing).min(1).max(250),
  }),
  z.object({ kind: z.literal("merge"), groupIds: z.array(group).min(2).max(20) }),
] as const;
const OF_STORES = [
  z.object({ kind: z.literal("make-code") }),
  z.object({ kind: z.literal("accept-code"), code: z.string().max(100) }),
  z.object({ kind: z.literal("revoke-link"), domain: z.string().max(255) }),
] as const;
const PageAction = z.discriminatedUnion("kind", [...OF_LISTINGS, ...OF_STORES]);

export type Action = z.output<(typeof OF_LISTINGS)[number]>;
export type PageAction = z.output<typeof PageAction>;

/** @throws {InvalidInput} it is none of them */
export function parseAction(form: FormData): PageAction {
  const [listings, groupIds] = [form.getAll("listing"), form.getAll("group")];
  const read = PageAction.safeParse({
    ...Object.fromEntries(form),
    ...{ groupId: groupIds[0], listings, groupIds },
  });
  if (read.success) return read.data;
  throw new InvalidInput(z.prettifyError(read.error));
}

/** The page of groups that an address names: 1 when it names none. */
export function parsePage(search: URLSearchParams): number {
  const page = Number(search.get("page") ?? 1);
  return Number.isInteger(page) && page > 0 && page < 1_000_000 ? page : 1;
}

/** A word on two listings. */
export type Said = { one: string; other: string; isSame: boolean };
export type Meant =
  | { kind: "confirm" | "reject"; keys: readonly string[] }
  | { kind: "split"; members: readonly string[]; chosen: readonly string[] }
  | { kind: "merge"; groups: readonly (readonly string[])[] };

/** What an action says of each two listings. Whoever splits a group says of both parts that each is one
 * product, and that the two are not the same.
 * @throws {InvalidInput} a listing is compared with itself, or a part is empty */
export function wordsOf(meant: Meant): Said[] {
  if (meant.kind === "split") return splitInto(meant.members, meant.chosen);
  if (meant.kind === "merge") return chain([...new Set(meant.groups.flat())]);
  const [one, other] = meant.keys;
  if (one === undefined || other === undefined || one === other)
    throw new InvalidInput("want two listings, got the same one twice");
  return [{ one, other, isSame: meant.kind === "confirm" }];
}

function splitInto(members: readonly string[], chosen: readonly string[]): Said[] {
  const leaving = members.filter((key) => chosen.includes(key));
  const staying = members.filter((key) => !chosen.includes(key));
  if (leaving.length === 0 || staying.length === 0)
    throw new InvalidInput("want some of the group's listings, and not all of them");
  const apart = leaving.flatMap((one) => staying.map((other) => ({ one, other, isSame: false })));
  return [...apart, ...chain(leaving), ...chain(staying)];
}

/** That all are the same follows from each being the same as the next. */
const chain = (keys: readonly string[]): Said[] =>
  keys.slice(1).map((other, i) => ({ one: keys[i] ?? other, other, isSame: true }));
