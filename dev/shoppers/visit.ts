import type { Product } from "../store/catalog/model";
import { claimBrowser, logIn } from "./behaviour/account";
import { add, addCompanions, editCart, seeCart } from "./behaviour/cart";
import { checkOut } from "./behaviour/checkout";
import { compare } from "./behaviour/compare";
import { pickVariant, seeCollection, seeHome, seeProduct, similarTo } from "./behaviour/look";
import { rage } from "./behaviour/press";
import { search } from "./behaviour/search";
import { scan, seeGroup, share, wish } from "./behaviour/sociable";
import type { Landing, Reason } from "./arrival";
import { liking, tempting } from "./taste";
import { shelf } from "./walk";
import type { Walk } from "./walking";

const BOUNCES = 0.47;
const BOUNCES_WITH_CART = 0.2;
const ADDS = 0.18;

/** What a shopper does from the first page to the last. */
export function stroll(walk: Walk, landing: Landing, reason: Reason): void {
  const { luck, browser, person } = walk;
  const remembers = browser.cart.lines.length > 0;
  let product = land(walk, landing);
  if (luck.happens(remembers ? BOUNCES_WITH_CART : BOUNCES)) return;
  claimBrowser(walk);
  if (reason === "reminded") logIn(walk);
  const pages = 2 + Math.floor(luck.next() * 4.2 * person.patience);
  let group = product ? consider(walk, product) : null;
  while (walk.visit.pages.length < pages) {
    product = wander(walk, product);
    if (product) group = consider(walk, product) ?? group;
  }
  if (browser.cart.lines.length > 0) decide(walk, group, remembers);
}

/** The first page. @returns the product that it shows, if it shows one */
function land(walk: Walk, landing: Landing): Product | null {
  const { luck, person } = walk;
  if (landing === "cart") seeCart(walk);
  else if (landing === "collection") seeCollection(walk);
  else {
    const product = landing === "home" ? null : tempting(person.taste, shelf(walk), luck);
    if (!product) seeHome(walk);
    else seeProduct(walk, product);
    if (product && landing === "scan") scan(walk, product);
    return product;
  }
  return null;
}

/** Goes on, by whatever way, to the next product. */
function wander(walk: Walk, from: Product | null): Product | null {
  const { luck, person } = walk;
  const how = luck.weighted({ browse: 34, similar: 26, search: 13, compare: 9, jump: 14, home: 4 });
  if (how === "compare") return compare(walk);
  if (how === "home") seeHome(walk);
  const next = {
    browse: () => seeCollection(walk),
    similar: () => (from ? similarTo(walk, from) : tempting(person.taste, shelf(walk), luck)),
    search: () => search(walk),
    jump: () => tempting(person.taste, shelf(walk), luck),
    home: () => null,
  }[how]();
  if (next && luck.happens(0.92)) seeProduct(walk, next);
  else return null;
  return next;
}

/** Stands before a product. @returns the group purchase that was joined, if one was */
function consider(walk: Walk, product: Product): string | null {
  const { luck, person } = walk;
  const appeal = liking(person.taste, shelf(walk), product);
  if (pickVariant(walk, product) === null) {
    if (luck.happens(0.12)) rage(walk, product);
    return null;
  }
  const group = seeGroup(walk, product);
  if (luck.happens(0.006)) rage(walk, product);
  if (luck.happens(0.035 * appeal)) wish(walk, product);
  if (luck.happens(0.018 * appeal)) share(walk, product);
  if (luck.happens(group === null ? ADDS * appeal : 0.8)) {
    if (add(walk, product, luck.happens(0.12) ? 2 : 1)) addCompanions(walk, product);
  }
  return group;
}

/** With something in the cart: looks at it, perhaps changes it, and perhaps goes to the checkout. */
function decide(walk: Walk, group: string | null, remembers: boolean): void {
  const { luck, browser } = walk;
  if (luck.happens(0.75)) seeCart(walk);
  if (walk.page?.type === "cart" && luck.happens(0.28)) editCart(walk);
  if (browser.cart.lines.length > 0 && luck.happens(remembers ? 0.4 : 0.42)) checkOut(walk, group);
}
