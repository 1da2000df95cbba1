import type { Order } from "../../store/commerce/model";
import { dateAt } from "../calendar";

/** What is asked of the truth: whole days, the last one being today. */
export type Asked = {
  /** YYYY-MM-DD, of the shop; in order. */
  days: readonly string[];
  zone: string;
  /** All orders of the shop, as they ended. */
  orders: readonly Order[];
};

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);
const counts = ({ test, cancelledAt }: Order) => !test && cancelledAt === null;
const dayOf = (at: string, zone: string) => dateAt(Date.parse(at), zone);

/** Every day's revenue. */
export function trueRevenue({ days, zone, orders }: Asked) {
  const real = orders.filter(counts);
  return days.map((day) => {
    const placed = real.filter(({ createdAt }) => dayOf(createdAt, zone) === day);
    const refunds = real
      .flatMap((order) => order.refunds)
      .filter(({ createdAt }) => dayOf(createdAt, zone) === day);
    const total = sum(placed.map(({ totalMinor }) => totalMinor));
    const discountMinor = sum(placed.map(({ totalDiscountMinor }) => totalDiscountMinor));
    const refundMinor = sum(refunds.map(({ amountMinor }) => amountMinor));
    const units = sum(placed.flatMap(({ lines }) => lines.map(({ quantity }) => quantity)));
    return {
      ...{ orders: placed.length, grossMinor: total + discountMinor, discountMinor, refundMinor },
      ...{ netMinor: total - refundMinor, units },
      taxMinor: sum(placed.map(({ taxMinor }) => taxMinor)),
      shippingMinor: sum(placed.map(({ shippingMinor }) => shippingMinor)),
      averageOrderMinor: placed.length === 0 ? null : Math.round(total / placed.length),
      unitsPerOrder: placed.length === 0 ? null : units / placed.length,
    };
  });
}

/** Refunds of the days: their ids, their orders' and what they paid back; the newest first. */
export const trueRefunds = ({ days, zone, orders }: Asked) =>
  orders
    .filter(counts)
    .flatMap((order) => order.refunds.map((refund) => ({ ...refund, orderId: order.id })))
    .filter(({ createdAt }) => days.includes(dayOf(createdAt, zone)))
    .sort(
      (one, other) =>
        Date.parse(other.createdAt) - Date.parse(one.createdAt) ||
        other.orderId - one.orderId ||
        other.id - one.id,
    )
    .map(({ id, orderId, amountMinor }) => [String(id), String(orderId), amountMinor]);

type Buyer = { first: string; bought: { day: string; at: number; revenueMinor: number }[] };

/** Each customer with all that they bought, the first order first. */
function buyersOf({ zone, orders }: Asked): Buyer[] {
  const real = orders.filter(counts).filter(({ customerId }) => customerId !== null);
  return [...new Set(real.map(({ customerId }) => customerId))].map((customer) => {
    const bought = real
      .filter(({ customerId }) => customerId === customer)
      .map(({ createdAt, totalMinor, refunds }) => ({
        ...{ day: dayOf(createdAt, zone), at: Date.parse(createdAt) },
        revenueMinor: totalMinor - sum(refunds.map(({ amountMinor }) => amountMinor)),
      }))
      .sort((one, other) => one.at - other.at);
    return { first: bought[0]?.day ?? "", bought };
  });
}

/** Customers of all the days. */
export function trueCustomers(asked: Asked) {
  const from = asked.days[0] ?? "";
  const own = buyersOf(asked).filter(({ bought }) => bought.some(({ day }) => day >= from));
  const orders = sum(own.map(({ bought }) => bought.filter(({ day }) => day >= from).length));
  const gaps = own
    .flatMap(({ bought }) =>
      bought.flatMap(({ day, at }, index) => {
        const before = bought[index - 1];
        return before && day >= from ? [at - before.at] : [];
      }),
    )
    .sort((one, other) => one - other);
  const newCustomers = own.filter(({ first }) => first >= from).length;
  const repeated = own.filter(({ bought }) => bought.length > 1).length;
  return {
    ...{ customers: own.length, newCustomers, returningCustomers: own.length - newCustomers },
    ...{ repeatRate: repeated / own.length, orders, ordersPerCustomer: orders / own.length },
    medianBetween: median(gaps),
  };
}

function median(sorted: readonly number[]): number | null {
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.ceil((sorted.length - 1) / 2)];
  const [one, other] = [sorted[low], sorted[high]];
  return one === undefined || other === undefined ? null : (one + other) / 2;
}

/** Whose first order was on one of the days. */
const newBuyers = (asked: Asked) =>
  buyersOf(asked).filter(({ first }) => asked.days.includes(first));

/** Whole months from a day to another. */
function monthsBetween(from: string, to: string): number {
  const [year = 0, month = 0, day = 0] = from.split("-").map(Number);
  const [lastYear = 0, lastMonth = 0, lastDay = 0] = to.split("-").map(Number);
  return (lastYear - year) * 12 + lastMonth - month - (lastDay < day ? 1 : 0);
}

/** What each month's new customers brought within so many months. */
export function trueLifetimes(asked: Asked) {
  const starts = asked.days.filter((day, index) => index === 0 || day.endsWith("-01"));
  const today = asked.days.at(-1) ?? "";
  return starts.flatMap((cohort, index) => {
    const until = starts[index + 1] ?? "9999";
    const own = newBuyers(asked).filter(({ first }) => first >= cohort && first < until);
    const longest = Math.max(-1, ...own.map(({ first }) => monthsBetween(first, today)));
    return Array.from({ length: longest + 1 }, (_, month) => {
      const observed = own.filter(({ first }) => monthsBetween(first, today) >= month);
      const revenueMinor = sum(
        observed.flatMap(({ first, bought }) =>
          bought
            .filter(({ day }, place) => place === 0 || monthsBetween(first, day) < month)
            .map((order) => order.revenueMinor),
        ),
      );
      return {
        ...{ cohort, customers: own.length, month, observed: observed.length },
        observedShare: observed.length / own.length,
        ...{ isUnfinished: observed.length < own.length, revenueMinor },
        revenuePerCustomerMinor: Math.round(revenueMinor / observed.length),
      };
    });
  });
}

const isMonday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;

/** Who of each week's new customers ordered in each week since. */
export function trueCohorts(asked: Asked) {
  const starts = asked.days.filter((day, index) => index === 0 || isMonday(day));
  const weekOf = (day: string) => starts.filter((start) => start <= day).length - 1;
  return starts.flatMap((cohort, week) => {
    const own = newBuyers(asked).filter(({ first }) => weekOf(first) === week);
    if (own.length === 0) return [];
    return starts.slice(week).map((_, step) => {
      const active = own.filter(({ bought }) =>
        bought.some(({ day }) => weekOf(day) === week + step),
      );
      return {
        ...{ cohort, group: "all", size: own.length, step, returned: active.length },
        share: active.length / own.length,
        isUnfinished: week + step === starts.length - 1,
      };
    });
  });
}

const daysBetween = (from: string, to: string) =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

/** Who of all new customers ordered again on each day after. */
export function trueRetention(asked: Asked) {
  const own = newBuyers(asked);
  const today = asked.days.at(-1) ?? "";
  const ages = own.map(({ first }) => daysBetween(first, today));
  return Array.from({ length: Math.min(30, Math.max(...ages) - 1) }, (_, index) => {
    const step = index + 1;
    const observed = own.filter(({ first }) => daysBetween(first, today) > step);
    const returned = observed.filter(({ first, bought }) =>
      bought.some(({ day }) => daysBetween(first, day) === step),
    );
    return {
      ...{ group: "all", step, size: own.length, observed: observed.length },
      ...{ returned: returned.length, share: returned.length / observed.length },
      isUnfinished: observed.length < own.length,
    };
  });
}
