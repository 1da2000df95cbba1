import type { Collection, Product } from "../catalog/products";
import type { Shop } from "../catalog/shops";
import type { Chance } from "./chance";
import {
  cartLine,
  checkoutData,
  openDiary,
  totalOf,
  variantOf,
  type Diary,
  type Line,
} from "./diary";
import type { Visitor } from "./visitor";

/** One visit, from the first page to the last, as the pixel would send it. */
export function visit(shop: Shop, visitor: Visitor, startedAt: Date, luck: Chance) {
  const diary = openDiary(shop, visitor, startedAt, luck);
  const basket: Line[] = [];
  let next = luck.weighted({ home: 40, product: 34, collection: 22, search: 4 });

  for (let pages = pageCount(luck); pages > 0; pages--) {
    if (next === "home") diary.page("/", shop.tagline);
    if (next === "collection") seeCollection(diary, luck.pick(some(shop.collections)));
    if (next === "search") trySearch(diary, shop, luck);
    if (next === "product") {
      const product = luck.pick(some(shop.products));
      seeProduct(diary, product);
      if (luck.happens(0.13)) addToCart(diary, basket, { product, quantity: luck.between(1, 2) });
    }
    next = luck.weighted({ home: 8, product: 58, collection: 28, search: 6 });
  }
  if (basket.length > 0 && luck.happens(0.75)) checkOut(diary, basket, luck);
  return diary.events;
}

/** Four in ten look at one page; the others at two to nine. */
const pageCount = (luck: Chance) => (luck.happens(0.4) ? 1 : luck.between(2, 9));

function seeCollection({ page, write }: Diary, { id, handle, title, products }: Collection) {
  page(`/collections/${handle}`, title);
  const productIds = products.map((product) => String(product.id));
  write("collection_viewed", { collection: { id: String(id), title, productIds } });
}

function seeProduct(diary: Diary, product: Product) {
  diary.page(`/products/${product.handle}`, product.title);
  diary.write("product_viewed", { productVariant: variantOf(diary, product) });
}

function trySearch({ page, write }: Diary, shop: Shop, luck: Chance) {
  const wanted = luck.pick(some(shop.products));
  page("/search", null);
  const query = wanted.type.toLowerCase();
  write("search_submitted", { searchResult: { query, productIds: [String(wanted.id)] } });
}

function addToCart(diary: Diary, basket: Line[], line: Line) {
  basket.push(line);
  diary.write("product_added_to_cart", { cartLine: cartLine(diary, line) });
}

function checkOut(diary: Diary, basket: readonly Line[], luck: Chance) {
  const token = luck.uuid().replaceAll("-", "");
  diary.page("/cart", "Cart");
  diary.write("cart_viewed", {
    cart: {
      id: token,
      totalQuantity: basket.reduce((sum, { quantity }) => sum + quantity, 0),
      cost: { totalAmount: diary.money(totalOf(basket)) },
      lines: basket.map((line) => cartLine(diary, line)),
    },
  });
  if (!luck.happens(0.6)) return;
  const checkout = checkoutData(diary, token, basket);
  diary.page("/checkouts", null);
  diary.write("checkout_started", { checkout });
  if (!luck.happens(0.7)) return;
  diary.write("checkout_contact_info_submitted", { checkout });
  diary.write("checkout_address_info_submitted", { checkout });
  diary.write("checkout_shipping_info_submitted", { checkout });
  if (!luck.happens(0.85)) return;
  diary.write("payment_info_submitted", { checkout });
  const order = { id: String(5_800_000_000_000 + luck.between(0, 999_999_999)) };
  diary.page("/checkouts", null);
  diary.write("checkout_completed", { checkout: { ...checkout, order } });
}

function some<Item>(items: readonly Item[]): readonly [Item, ...Item[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new RangeError("want at least one item to choose from");
  return [first, ...rest];
}
