/** The id after the highest one in use. No two shops begin at the same, so that a mix-up shows. */
export const nextId = (shop: { id: number }, used: readonly { id: number }[]): number =>
  used.reduce((highest, { id }) => Math.max(highest, id), shop.id * IDS_OF_A_SHOP) + 1;

const IDS_OF_A_SHOP = 10_000;
