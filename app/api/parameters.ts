import { InvalidInput, NotFound } from "~/platform/errors";

const MOST_A_PAGE = 250;
const USUAL_A_PAGE = 50;

/** How many rows a call wants: `limit`, from 1 to 250.
 * @throws {InvalidInput} */
export function parseLimit(search: URLSearchParams): number {
  const text = search.get("limit");
  if (text === null) return USUAL_A_PAGE;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MOST_A_PAGE) return limit;
  throw new InvalidInput(`limit must be a whole number from 1 to ${MOST_A_PAGE}, got "${text}"`);
}

/** A moment with its offset, as in RFC 3339.
 * @throws {InvalidInput} */
export function parseMoment(search: URLSearchParams, name: string): Date | null {
  const text = search.get(name);
  if (text === null) return null;
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const moment = new Date(isMoment ? text : NaN);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new InvalidInput(`${name} must be a moment such as 2026-11-21T12:00:00Z, got "${text}"`);
}

/** Shopify's id of something, in digits.
 * @throws {InvalidInput} */
export function parseVariant(search: URLSearchParams): string | null {
  const text = search.get("variant");
  if (text === null || isId(text)) return text;
  throw new InvalidInput(`variant must be an id, got "${text}"`);
}

/** The product that an address names.
 * @throws {NotFound} it cannot be one's id */
export function productIdOf({ productId = "" }: { productId?: string | undefined }): string {
  if (isId(productId)) return productId;
  throw new NotFound(`${JSON.stringify(productId)} is no product's id`);
}

const isId = (text: string): boolean => /^\d{1,18}$/.test(text);
