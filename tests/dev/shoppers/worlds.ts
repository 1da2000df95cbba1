import type { SimulatedDay, Visit, WorldOptions } from "../../../dev/shoppers/model";
import { simulate } from "../../../dev/shoppers/simulate";
import type { Customer, Order } from "../../../dev/store/commerce/model";

export const BERLIN_SHOP = "northwind-outdoor.myshopify.com";
export const AUCKLAND_SHOP = "harbour-tea.myshopify.com";

/** A world with the day on which Berlin's clocks change in it, unless the test wants another one. */
export function world(about: Partial<WorldOptions> = {}) {
  const options: WorldOptions = {
    ...{ shop: BERLIN_SHOP, seed: 1, days: 14, visitorsPerDay: 300 },
    until: new Date("2026-10-31T23:00:00Z"),
    ...about,
  };
  const days = [...simulate(options)];
  return { options, days, ...allOf(days) };
}

function allOf(days: readonly SimulatedDay[]): {
  visits: Visit[];
  orders: Order[];
  customers: Customer[];
} {
  return {
    visits: days.flatMap(({ visits }) => visits),
    orders: days.flatMap(({ settled }) => settled),
    customers: days.flatMap(({ customers }) => customers),
  };
}
