import { randomUUID } from "node:crypto";
import type { Catalog, Product, ProductStatus, Variant } from "../catalog/model";
import type { Shop } from "../catalog/shops";
import { catalogAt, catalogChanges } from "../catalog/timeline";
import type { Commerce, History } from "./commerce";
import { DEMO_CUSTOMERS } from "./customers";
import { discountsOf } from "./discounts";
import type { CancelReason, Customer, Happening, Order, Purchase, Refund } from "./model";
import { buildOrder, cancelOrder, currentQuantity, refundOrder } from "./orders";
import { OutOfStock } from "./out-of-stock";
import { overlay } from "./overlay";
import type { CommerceState } from "./state";

export type CommerceOptions = {
  shop: Shop;
  now: () => Date;
  /** Changed in place; `save` keeps it. */
  state: CommerceState;
  save: () => void;
  history?: readonly History[];
};

/** Ids of what comes into being here; those of the history begin elsewhere. */
const FIRST_ID = 6_200_000_000_000;
const FIRST_NUMBER = 1_000;

/** Opens a shop for business. Everything that happens in it survives in `state`. */
export const openCommerce = (options: CommerceOptions): Commerce => new Business(options);

class Business implements Commerce {
  readonly shop: Shop;
  readonly #now: () => Date;
  readonly #state: CommerceState;
  readonly #save: () => void;
  readonly #orders: Map<number, Order>;
  readonly #customers: Map<number, Customer>;
  readonly #listeners: ((happening: Happening) => void)[] = [];
  #merged: { base: Catalog; catalog: Catalog } | undefined;

  constructor({ shop, now, state, save, history = [] }: CommerceOptions) {
    this.shop = shop;
    this.#now = now;
    this.#state = state;
    this.#save = save;
    this.#orders = byId([...history.flatMap((past) => past.orders), ...state.orders]);
    const before = history.flatMap((past) => past.customers);
    this.#customers = byId([...DEMO_CUSTOMERS, ...before, ...state.customers]);
  }

  customers = () => [...this.#customers.values()];
  customer = (id: number) => this.#customers.get(id);
  orders = () => [...this.#orders.values()];
  order = (id: number) => this.#orders.get(id);
  discounts = () => discountsOf(this.shop.domain);
  onHappening = (listener: (happening: Happening) => void) => void this.#listeners.push(listener);

  catalog(): Catalog {
    const base = catalogAt(this.shop.domain, this.#now());
    if (this.#merged?.base !== base) this.#merged = { base, catalog: overlay(base, this.#state) };
    return this.#merged.catalog;
  }

  placeOrder(purchase: Purchase): Order {
    const { checkoutToken } = purchase;
    const placed = this.orders().find((order) => order.checkoutToken === checkoutToken);
    if (placed) return placed;
    this.#requireStock(purchase.lines);
    const number = Math.max(FIRST_NUMBER, ...this.orders().map(({ number }) => number)) + 1;
    const token = randomUUID().replaceAll("-", "");
    const order = buildOrder({
      ...{ shop: this.shop, catalog: this.catalog(), discounts: this.discounts(), purchase },
      at: this.#iso(),
      ids: { order: this.#nextId(), number, token, line: () => this.#nextId() },
    });
    this.#keepOrder(order);
    const moved = this.#take(order.lines);
    this.#done();
    const { id: orderId } = order;
    this.#tell({ topic: "orders/create", orderId }, { topic: "orders/paid", orderId }, ...moved);
    return order;
  }

  refund(orderId: number, about: Parameters<Commerce["refund"]>[1] = {}): Refund {
    const before = this.#orderOf(orderId);
    const after = refundOrder(before, { ...about, at: this.#iso(), ids: this.#refundIds() });
    const made = after.refunds.at(-1);
    if (after === before || !made) throw new Error(`nothing is left of order ${before.name}`);
    this.#keepOrder(after);
    const moved = made.restock ? this.#restock(before, after) : [];
    this.#done();
    this.#tell(
      { topic: "refunds/create", orderId, refundId: made.id },
      { topic: "orders/updated", orderId },
      ...moved,
    );
    return made;
  }

  cancel(orderId: number, reason: CancelReason): Order {
    const before = this.#orderOf(orderId);
    const after = cancelOrder(before, { reason, at: this.#iso(), ids: this.#refundIds() });
    if (after === before) return before;
    this.#keepOrder(after);
    const moved = this.#restock(before, after);
    this.#done();
    this.#tell({ topic: "orders/cancelled", orderId });
    for (const { id: refundId } of after.refunds.slice(before.refunds.length))
      this.#tell({ topic: "refunds/create", orderId, refundId });
    this.#tell({ topic: "orders/updated", orderId }, ...moved);
    return after;
  }

  saveCustomer(about: Parameters<Commerce["saveCustomer"]>[0]): Customer {
    const known = about.id === undefined ? undefined : this.customer(about.id);
    const at = this.#iso();
    const id = about.id ?? this.#nextId();
    const customer: Customer = { ...about, id, createdAt: known?.createdAt ?? at, updatedAt: at };
    this.#customers.set(id, customer);
    this.#state.customers = [...this.#state.customers.filter((other) => other.id !== id), customer];
    this.#done();
    this.#tell({ topic: known ? "customers/update" : "customers/create", customerId: id });
    return customer;
  }

  setPrice(variantId: number, priceMinor: number, compareAtMinor: number | null): void {
    const { product } = this.#find(variantId);
    this.#state.prices[variantId] = { priceMinor, compareAtMinor };
    this.#changed(product.id);
  }

  setInventory(variantId: number, quantity: number): void {
    const { product, variant } = this.#find(variantId);
    const { inventoryItemId, inventoryQuantity } = variant;
    const more = this.#state.inventory[variantId] ?? 0;
    this.#state.inventory[variantId] = more + quantity - inventoryQuantity;
    this.#changed(product.id, { topic: "inventory_levels/update", inventoryItemId });
  }

  setStatus(productId: number, status: ProductStatus): void {
    this.#productOf(productId);
    this.#state.statuses[productId] = status;
    this.#changed(productId);
  }

  addProduct(product: Product, collectionIds: number[]): void {
    this.#state.added.push({ product, collectionIds });
    this.#touch(product.id);
    this.#done();
    this.#tell({ topic: "products/create", productId: product.id });
  }

  deleteProduct(productId: number): void {
    this.#productOf(productId);
    this.#state.deleted.push(productId);
    this.#done();
    this.#tell({ topic: "products/delete", productId });
  }

  /** The first time there is nothing to announce: what is past has been so all along. */
  catchUp(): void {
    const to = this.#now();
    const { announcedTo } = this.#state;
    const from = announcedTo === null ? to : new Date(announcedTo);
    const changes = catalogChanges(this.shop.domain, from, to);
    if (changes.length === 0 && announcedTo !== null) return;
    this.#state.announcedTo = to.toISOString();
    this.#save();
    const there = byId(this.catalog().products);
    for (const { productId, kind } of changes) {
      const product = there.get(productId);
      if (!product) continue; // deleted here
      if (kind === "stock")
        for (const { inventoryItemId } of product.variants)
          this.#tell({ topic: "inventory_levels/update", inventoryItemId });
      const topic = kind === "created" ? "products/create" : "products/update";
      this.#tell({ topic, productId });
    }
  }

  #find(variantId: number): { product: Product; variant: Variant } {
    for (const product of this.catalog().products)
      for (const variant of product.variants)
        if (variant.id === variantId) return { product, variant };
    throw new Error(`${this.shop.domain} has no variant ${variantId}`);
  }

  #productOf(id: number): Product {
    const product = this.catalog().products.find((product) => product.id === id);
    if (!product) throw new Error(`${this.shop.domain} has no product ${id}`);
    return product;
  }

  #orderOf(id: number): Order {
    const order = this.order(id);
    if (!order) throw new Error(`${this.shop.domain} has no order ${id}`);
    return order;
  }

  #requireStock(lines: Purchase["lines"]): void {
    const wanted = new Map<number, number>();
    for (const { variantId, quantity } of lines)
      wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
    for (const [variantId, quantity] of wanted) {
      const { product, variant } = this.#find(variantId);
      const { tracked, inventoryPolicy, inventoryQuantity } = variant;
      if (tracked && inventoryPolicy === "DENY" && inventoryQuantity < quantity)
        throw new OutOfStock(product, variant, quantity);
    }
  }

  /** Takes pieces off the shelf, or puts them back for a negative quantity. */
  #take(lines: readonly { variantId: number; quantity: number }[]): Happening[] {
    return lines.flatMap(({ variantId, quantity }): Happening[] => {
      const has = ({ variants }: Product) => variants.some(({ id }) => id === variantId);
      const product = this.catalog().products.find(has);
      const variant = product?.variants.find(({ id }) => id === variantId);
      if (!product || !variant?.tracked || quantity === 0) return []; // gone, or not counted
      this.#state.inventory[variantId] = (this.#state.inventory[variantId] ?? 0) - quantity;
      this.#touch(product.id);
      return [
        { topic: "inventory_levels/update", inventoryItemId: variant.inventoryItemId },
        { topic: "products/update", productId: product.id },
      ];
    });
  }

  /** What a refund gave back goes onto the shelf again. */
  #restock = (before: Order, after: Order): Happening[] =>
    this.#take(
      after.lines.map((line) => ({
        variantId: line.variantId,
        quantity: currentQuantity(after, line) - currentQuantity(before, line),
      })),
    );

  #keepOrder(order: Order): void {
    this.#orders.set(order.id, order);
    this.#state.orders = [...this.#state.orders.filter(({ id }) => id !== order.id), order];
  }

  #changed(productId: number, ...more: Happening[]): void {
    this.#touch(productId);
    this.#done();
    this.#tell(...more, { topic: "products/update", productId });
  }

  #touch(productId: number): void {
    this.#state.touched[productId] = this.#iso();
    this.#merged = undefined;
  }

  #done(): void {
    this.#merged = undefined;
    this.#save();
  }

  #tell(...happenings: Happening[]): void {
    for (const happening of happenings) for (const listener of this.#listeners) listener(happening);
  }

  #iso = () => this.#now().toISOString();
  #nextId = () => FIRST_ID + ++this.#state.ids;
  #refundIds = () => ({ refund: this.#nextId, line: this.#nextId });
}

const byId = <Item extends { id: number }>(items: readonly Item[]) =>
  new Map(items.map((item) => [item.id, item]));
