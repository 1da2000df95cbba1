import { chance } from "../chance";
import type { Shop } from "../store/catalog/shops";
import { discountsOf, validDiscount } from "../store/commerce/discounts";
import type { Customer, Order } from "../store/commerce/model";
import { planAftermath, type Change } from "./aftermath";
import { iso, type Day } from "./calendar";
import { newCustomer } from "./customers";
import type { Ids } from "./ids";
import { newCart, type Person } from "./person";
import { draftOrder, stampOrder } from "./orders";
import type { Till, Walk } from "./walking";

export function openTill(shop: Shop, key: string, ids: Ids, until: number): Till {
  const open = new Map<number, { order: Order; changes: Change[] }>();
  let unreported: Customer[] = [];
  let lastNumber = 1_000;

  function register(person: Person, at: number): Customer {
    if (person.customer) return person.customer;
    const id = ids.number("customer");
    person.customer = newCustomer(id, person.country, iso(at), chance(`${key} customer ${id}`));
    unreported.push(person.customer);
    return person.customer;
  }

  function sell(walk: Walk, draft: Order): Order {
    const { browser, person, luck, visit, at } = walk;
    const customer = browser.customer ?? register(person, at);
    const order = stampOrder(
      draft,
      { customerId: customer.id, at, number: ++lastNumber },
      ids,
      luck,
    );
    const placed: Change = { at, apply: (order) => order };
    open.set(order.id, { order, changes: [placed, ...planAftermath(order, until, luck, ids)] });
    const { cart } = browser;
    for (const owned of person.browsers) if (owned.cart === cart) owned.cart = newCart(luck, ids);
    Object.assign(visit, { customerId: String(customer.id), orderId: order.id });
    return order;
  }

  function close(day: Day) {
    const touched: Order[] = [];
    const settled: Order[] = [];
    for (const [id, entry] of open) {
      const due = entry.changes.filter(({ at }) => at < day.end);
      if (due.length === 0) continue;
      entry.changes = entry.changes.slice(due.length);
      entry.order = due.reduce((order, { apply }) => apply(order), entry.order);
      touched.push(entry.order);
      if (entry.changes.length > 0) continue;
      settled.push(entry.order);
      open.delete(id);
    }
    const isKnown = ({ createdAt }: Customer) => Date.parse(createdAt) < day.end;
    const customers = unreported.filter(isKnown);
    unreported = unreported.filter((customer) => !isKnown(customer));
    return { orders: touched, settled, customers };
  }

  return { register, sell, close, codeFor: (walk) => codeFor(shop, walk), draft: draftOrder };
}

/** Some have a code at hand; whoever follows a campaign likelier. */
function codeFor(shop: Shop, { luck, person, visit, at }: Walk): string | null {
  const isTold = visit.source.channel === "email" || visit.source.campaign.utm_source === "qr";
  if (!person.usesCodes || !luck.happens(isTold ? 0.8 : 0.3)) return null;
  const discounts = discountsOf(shop.domain);
  const valid = discounts.filter(({ code }) => validDiscount(discounts, code, iso(at)));
  return valid[luck.between(0, valid.length - 1)]?.code ?? null;
}
