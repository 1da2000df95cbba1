import { z } from "zod";
import { digits, length, text, whole } from "./fields";

/** A page counts as looked at for half an hour at most: longer, and nobody is there. */
export const MOST_VISIBLE_MS = 1_800_000;
const DAY_MS = 86_400_000;

/** Ids and codes may be written as numbers, as markup's attributes are read; the log keeps text. */
const numbered = (form: z.ZodString, error: string) =>
  z.union([form, whole(0, Number.MAX_SAFE_INTEGER)], { error }).transform(String);
const productId = numbered(digits, "want a numeric Shopify id");
const slug = numbered(z.string().regex(/^[\w-]{1,64}$/), "want up to 64 letters, digits, _ and -");
/** The last part of a product's address. */
const productHandle = z.string().regex(/^[^\s/?#@]{1,255}$/, "want the last part of an address");
/** Tags, ids, classes and places: nothing that was typed fits in. */
const element = z
  .string()
  .max(200)
  .regex(/^[a-z][\w.#>*:()-]*$/, "want a selector without spaces, such as main>button#buy");

const product = { productId: productId.nullish(), productHandle: productHandle.nullish() };
/** From an element's left and upper edge (0) to its right and lower one (1). */
const place = z.number().min(0).max(1);
const click = { element, relativeX: place, relativeY: place, viewportWidth: length, ...product };
const clicks = z.object({ clickCount: whole(1, 1_000), ...click });
const image = z.object({ position: whole(1, 1_000).nullish(), ...product });
const quantity = whole(1, 100_000);
const group = z.object({ groupId: slug, quantity: quantity.nullish(), ...product });
const wish = z.object({ variantId: productId.nullish(), ...product });

/** Every custom event whose fields are known, and these fields: flat, as the pixel forwards them.
 * What each means, and when it is published, is in docs/events.md. */
export const CUSTOM = {
  "pixelnova:page_engaged": z.object({
    visibleMs: whole(0, MOST_VISIBLE_MS),
    scrollPercent: whole(0, 100),
    firstInteractionMs: whole(0, DAY_MS).nullish(),
  }),
  "pixelnova:element_clicked": z.object(click),
  "pixelnova:rage_clicked": clicks,
  "pixelnova:dead_clicked": clicks,
  "pixelnova:product_hovered": z.object({ dwellMs: whole(0, MOST_VISIBLE_MS), ...product }),
  "pixelnova:image_viewed": image,
  "pixelnova:image_zoomed": image,
  "pixelnova:filter_applied": z.object({
    filter: z.string().startsWith("filter.").max(200),
    value: text(200),
  }),
  "pixelnova:sort_changed": z.object({ sortBy: slug }),
  "pixelnova:search_results_shown": z.object({ resultCount: whole(0, 1_000_000) }),
  "pixelnova:wishlist_added": wish,
  "pixelnova:wishlist_removed": wish,
  "pixelnova:shared": z.object({
    method: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, "want a word such as native or copy_link"),
    ...product,
  }),
  "pixelnova:qr_scanned": z.object({ code: slug.nullish(), ...product }),
  "pixelnova:group_viewed": group,
  "pixelnova:group_join_clicked": group,
  "pixelnova:group_joined": group,
  "pixelnova:group_quantity_changed": group.extend({ quantity }),
} as const;

export type CustomEventName = keyof typeof CUSTOM;
/** The fields of every known custom event as they are published. */
export type CustomData = { [Name in CustomEventName]: z.input<(typeof CUSTOM)[Name]> };
/** The same as the log keeps them: ids as text. */
export type KeptCustomData = { [Name in CustomEventName]: z.output<(typeof CUSTOM)[Name]> };
export const CUSTOM_EVENT_NAMES = Object.keys(CUSTOM) as CustomEventName[];
export const isKnownCustom = (name: string): name is CustomEventName => Object.hasOwn(CUSTOM, name);

/** Custom events are ours to take only under this prefix. */
export const CUSTOM_PREFIX = "pixelnova:";
export const customName = z.string().regex(/^pixelnova:[a-z][a-z0-9_]{0,63}$/);

/** What an event of any other name may carry: up to 20 named numbers, booleans and short texts. */
export const freeFields = z
  .record(
    z.string().regex(/^[A-Za-z]\w{0,39}$/),
    z.union([z.number(), z.boolean(), z.string().max(200), z.null()]),
  )
  .refine((fields) => Object.keys(fields).length <= 20, "want at most 20 fields");
