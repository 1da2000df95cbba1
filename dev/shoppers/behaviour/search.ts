import type { Product } from "../../store/catalog/model";
import { bestOf, tempting } from "../taste";
import { open, publish, shelf, write } from "../walk";
import type { Walk } from "../walking";
import { iso } from "../calendar";
import { idsOf } from "./look";

/** What people ask a shop for that it does not have, or cannot tell them so. */
const ASKED_IN_VAIN = [
  ...["kayak", "gift wrapping", "hammock with net", "returns form", "size chart kids"],
  ...["vouchr", "discount code", "opening hours berlin", "second hand", "snowboard"],
] as const;

/** Searches for something they like; without a result they refine once or twice.
 * @returns a product among the results; null when they give up */
export function search(walk: Walk): Product | null {
  const { luck, person } = walk;
  const wanted = tempting(person.taste, shelf(walk), luck);
  if (!wanted || luck.happens(0.08)) return submit(walk, luck.pick(ASKED_IN_VAIN));
  const precise = wordsFor(wanted, walk);
  const first = luck.happens(0.22) ? submit(walk, mistyped(precise, walk)) : submit(walk, precise);
  if (first && !luck.happens(0.2)) return first;
  return submit(walk, luck.happens(0.5) ? wanted.type.toLowerCase() : precise) ?? first;
}

function submit(walk: Walk, query: string): Product | null {
  open(walk, { path: "/search", title: null, type: "search" });
  const results = shelf(walk).search(query);
  const productIds = idsOf(results);
  const made = { query, results: results.length, listed: productIds.length, at: iso(walk.at) };
  const eventId = write(walk, "search_submitted", { searchResult: { query, productIds } });
  const shownId = publish(walk, "pixelnova:search_results_shown", { resultCount: made.results });
  walk.visit.searches.push({ ...made, eventId, shownId });
  const { luck, person } = walk;
  const top = results.slice(0, 8);
  const seen = [0, 1, 2].map(() => top[luck.between(0, top.length - 1)] ?? null);
  return bestOf(person.taste, shelf(walk), seen);
}

/** A type, a vendor with its type, or words of the title. */
function wordsFor({ title, type, vendor }: Product, { luck }: Walk): string {
  const how = luck.weighted({ type: 5, title: 3, vendor: 2 });
  if (how === "type") return type.toLowerCase();
  const words = title.toLowerCase().split(" ");
  return how === "vendor" ? vendor.toLowerCase() : words.slice(-2).join(" ");
}

/** Two letters change places; a doubled letter goes. */
function mistyped(words: string, { luck }: Walk): string {
  const at = luck.between(1, Math.max(words.length - 2, 1));
  const [before, one = "", other = ""] = [words.slice(0, at), words[at], words[at + 1]];
  return before + (one === other ? one : other + one) + words.slice(at + 2);
}
