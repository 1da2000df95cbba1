/** Readers for what the host hands over. Its types promise more than it keeps, so each of these takes
 * anything, never throws, and answers null, or nothing, for what it cannot use. `most` bounds every
 * list inside. */
export type Reader<Result> = (value: unknown, most?: number) => Result;

/** Follows property names into anything; undefined where the path ends early. */
export const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (inner, name) =>
      typeof inner === "object" && inner !== null
        ? (inner as Record<string, unknown>)[name]
        : undefined,
    value,
  );

/** A text cut to a length in UTF-16 units, without what PostgreSQL cannot hold: NUL characters and
 * halves of surrogate pairs. Empty for anything else. */
export const words = (value: unknown, max: number): string =>
  typeof value === "string" ? value.slice(0, max).replace(/[\0\ud800-\udfff]/gu, "") : "";

/** Reads words, and null where there are none. */
export const text =
  (max: number): Reader<string | null> =>
  (value) =>
    words(value, max) || null;

/** Reads a text of a fixed form, such as a code. */
export const code =
  (form: RegExp): Reader<string | null> =>
  (value) =>
    typeof value === "string" && form.test(value) ? value : null;

/** Reads the digits of a Shopify id, be it a number, a numeric text or a gid that ends with them. */
export const digits: Reader<string | null> = (value) =>
  typeof value === "string" || Number.isSafeInteger(value)
    ? (/^(?:gid:.*\/)?(\d{1,18})$/.exec(String(value)) || [])[1] || null
    : null;

const isNumber = (value: unknown, max: number): value is number =>
  typeof value === "number" && value >= 0 && value <= max;

/** Reads a whole number from 0 to a thousand million. */
export const count: Reader<number | null> = (value) =>
  isNumber(value, 1e9) && value % 1 === 0 ? value : null;

/** Reads the named fields of an object, each with its reader. */
export const fields =
  <Result extends object>(readers: { [Name in keyof Result]: Reader<Result[Name]> }) =>
  (value: unknown, most?: number): Result => {
    const result: Partial<Result> = {};
    for (const name in readers) result[name] = readers[name](at(value, name), most);
    return result as Result;
  };

/** Reads a list's items, without those that read as null; as many as the event has room for. */
export const list =
  <Item>(item: Reader<Item | null>): Reader<Item[]> =>
  (value, most) =>
    (Array.isArray(value) ? value : [])
      .slice(0, most)
      .map((raw) => item(raw, most))
      .filter((read) => read !== null);

export const currency = code(/^[A-Z]{3}$/);

/** Reads a decimal amount in the currency it was shown in. */
export const money: Reader<{ amount: number; currencyCode: string } | null> = (value) => {
  const amount = at(value, "amount");
  const currencyCode = currency(at(value, "currencyCode"));
  return isNumber(amount, 1e12) && currencyCode ? { amount, currencyCode } : null;
};

const MAIL = /[^\s@/?&=]{1,200}(?:@|%40)[^\s/?&=]+/gi;
const LONG_NUMBER = /\+?\d(?:[\s()./-]*\d){6,}/g;

/** Puts a star for everything that looks like an e-mail address. */
export const withoutMail = (spoken: string): string => spoken.replace(MAIL, "*");

/** Puts a star for e-mail addresses and for numbers of seven digits or more: phone, card, order. */
export const withoutContacts = (spoken: string): string =>
  withoutMail(spoken).replace(LONG_NUMBER, "*");
