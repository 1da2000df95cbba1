import type { Product } from "../../store/catalog/model";
import { bestOf, liking } from "../taste";
import { pause, shelf, turnTo } from "../walk";
import type { Walk } from "../walking";
import { seeCollection, seeProduct, similarTo } from "./look";

/** Weighs products of one kind against each other and ends at the one that suits best. */
export function compare(walk: Walk): Product | null {
  const first = seeCollection(walk);
  if (!first) return null;
  const others = [similarTo(walk, first), similarTo(walk, first)].filter(
    (other) => other !== null && other.id !== first.id,
  );
  const [other] = others;
  if (other && walk.luck.happens(0.3)) return inTwoTabs(walk, first, other);
  for (const product of [first, ...others]) if (product) seeProduct(walk, product);
  const best = bestOf(walk.person.taste, shelf(walk), [first, ...others]);
  if (best && best.id !== others.at(-1)?.id) seeProduct(walk, best);
  return best;
}

/** Opens two products in two tabs, goes to and fro, and stays with one of them. */
function inTwoTabs(walk: Walk, one: Product, other: Product): Product {
  const { taste } = walk.person;
  seeProduct(walk, one);
  const first = walk.page;
  pause(walk, 3);
  seeProduct(walk, other);
  const prefersFirst = liking(taste, shelf(walk), one) >= liking(taste, shelf(walk), other);
  if (first && prefersFirst) turnTo(walk, first);
  return prefersFirst ? one : other;
}
