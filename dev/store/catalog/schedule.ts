import { chance } from "../../chance";
import { charm } from "./generate";
import type { Product, Variant } from "./model";

/** Time goes in half days: whatever changes in a catalogue, changes at 05:00 or 17:00 UTC. */
const SLOT_MS = 12 * 3_600_000;
const SHIFT_MS = 5 * 3_600_000;
const PER_DAY = 2;
const EPOCH_SLOT = slotOf(new Date("2025-01-06T08:00:00Z"));
const YEAR = 365 * PER_DAY;

export function slotOf(at: Date): number {
  return Math.floor((at.getTime() - SHIFT_MS) / SLOT_MS);
}
export const startOfSlot = (slot: number): Date => new Date(slot * SLOT_MS + SHIFT_MS);

/** Something that comes round: from `offset` on it lasts for `length` slots of every `cycle`. */
type Round = { offset: number; cycle: number; length: number };

/** What time does to a product: a pure function of the slot, so that it needs no memory. */
export type Schedule = {
  /** From when on it is listed. */
  arrival: number;
  /** Reduced by a share of the price in each round; null for what is never reduced. */
  sale: (Round & { off: number }) | null;
  /** Once a year the price rises by a few percent, on this product's own day. */
  raise: { offset: number; share: number };
  /** The variants' shelves are filled, half empty, nearly empty, and some of them empty, in turn. */
  stock: { offset: number; cycle: number; sellsOut: boolean }[];
};

export type Change = "created" | "price" | "stock";

export function scheduleOf(product: Product, index: number): Schedule {
  const luck = chance(`schedule ${product.id}`);
  const hasPrice = product.type !== "Gift cards"; // theirs is their value
  const sale = {
    offset: luck.between(0, 120),
    cycle: luck.between(80, 170),
    length: luck.between(8, 24),
  };
  return {
    // Every other week one is new, into the middle of 2027.
    arrival: index % 8 === 5 ? EPOCH_SLOT + Math.floor(index / 8) * 14 * PER_DAY + 1 : EPOCH_SLOT,
    sale:
      hasPrice && luck.happens(0.45) ? { ...sale, off: luck.pick([0.1, 0.15, 0.2, 0.3]) } : null,
    raise: {
      offset: luck.between(0, YEAR - 1),
      share: hasPrice ? luck.pick([0.03, 0.04, 0.06]) : 0,
    },
    stock: product.variants.map(() => ({
      offset: luck.between(0, 200),
      cycle: luck.between(60, 150),
      sellsOut: luck.happens(0.3),
    })),
  };
}

const intoRound = (slot: number, { offset, cycle }: { offset: number; cycle: number }): number =>
  (((slot - offset) % cycle) + cycle) % cycle;

const isReduced = (slot: number, sale: Schedule["sale"]): boolean =>
  sale !== null && intoRound(slot, sale) < sale.length;

/** Ends of the stages of a shelf, as shares of its round, and how full it is in each. */
const STAGES = [
  { until: 0.4, full: 1 },
  { until: 0.7, full: 0.5 },
  { until: 0.9, full: 0.15 },
  { until: 1, full: 0 },
] as const;

function stageOf(slot: number, stock: Schedule["stock"][number]): { since: number; full: number } {
  const into = intoRound(slot, stock);
  let since = 0;
  for (const { until, full } of STAGES) {
    const end = Math.ceil(until * stock.cycle);
    if (into < end) return { since: slot - into + since, full: stageFill(full, stock.sellsOut) };
    since = end;
  }
  return { since: slot - into, full: 1 };
}

const stageFill = (full: number, sellsOut: boolean): number =>
  full === 0 && !sellsOut ? 0.1 : full;

/** Since when prices are as they are at a slot. */
function pricedSince(slot: number, { sale, raise, arrival }: Schedule): number {
  const raised = slot - intoRound(slot, { offset: EPOCH_SLOT + raise.offset, cycle: YEAR });
  if (!sale) return Math.max(arrival, raised);
  const into = intoRound(slot, sale);
  return Math.max(arrival, raised, slot - into + (into < sale.length ? 0 : sale.length));
}

const stockedSince = (slot: number, { stock, arrival }: Schedule): number =>
  stock.reduce((last, shelf) => Math.max(last, stageOf(slot, shelf).since), arrival);

/** The product as it is in a slot; undefined before it is listed. */
export function productAt(product: Product, schedule: Schedule, slot: number): Product | undefined {
  if (slot < schedule.arrival) return undefined;
  const createdAt = startOfSlot(schedule.arrival).toISOString();
  const updated = Math.max(pricedSince(slot, schedule), stockedSince(slot, schedule));
  const [first, ...others] = product.variants;
  const [firstShelf, ...otherShelves] = schedule.stock;
  const at = (variant: Variant, shelf = firstShelf) => variantAt(variant, schedule, shelf, slot);
  return {
    ...product,
    createdAt,
    updatedAt: startOfSlot(updated).toISOString(),
    publishedAt: product.publishedAt === null ? null : createdAt,
    variants: [at(first), ...others.map((variant, i) => at(variant, otherShelves[i]))],
  };
}

function variantAt(
  variant: Variant,
  { raise, sale }: Schedule,
  shelf: Schedule["stock"][number] | undefined,
  slot: number,
): Variant {
  const years = Math.floor((slot - EPOCH_SLOT - raise.offset) / YEAR) + 1;
  const regular =
    raise.share === 0
      ? variant.priceMinor
      : charm(variant.priceMinor * (1 + raise.share) ** Math.max(0, years));
  const reduced = sale && isReduced(slot, sale) ? charm(regular * (1 - sale.off)) : regular;
  const full = shelf ? stageOf(slot, shelf).full : 1;
  return {
    ...variant,
    priceMinor: reduced,
    compareAtMinor: reduced < regular ? regular : null,
    inventoryQuantity: Math.round(variant.inventoryQuantity * full),
  };
}

/** What a slot brings for a product that the one before did not have. */
export function changesIn(schedule: Schedule, slot: number): Change[] {
  if (slot < schedule.arrival) return [];
  if (slot === schedule.arrival) return ["created"];
  const changes: Change[] = [];
  if (pricedSince(slot, schedule) === slot) changes.push("price");
  if (stockedSince(slot, schedule) === slot) changes.push("stock");
  return changes;
}
