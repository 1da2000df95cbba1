import { CUSTOM, customName, freeFields, isKnownCustom } from "./custom-events";

/** What the pixel takes out of a text: it may tell who somebody is. */
const MAIL = /[^\s@/?&=](?:@|%40)[^\s/?&=]/i;

/** Says what is wrong with a custom event that a theme or an app would publish.
 * @param fields what it would publish it with
 * @returns a sentence for each fault, in the order of the fields; none when all of it would be kept */
export function problemsOf(name: string, fields: unknown): string[] {
  const misnamed = customName.safeParse(name).success
    ? []
    : ["name: want pixelnova: and up to 64 lower-case letters, digits and underscores"];
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    return [...misnamed, "fields: want an object such as { productId: 123 }"];
  const dropped = Object.entries(fields).flatMap(([field, value]) => whyDropped(field, value));
  return [
    ...new Set([...misnamed, ...dropped, ...strangers(name, fields), ...misfits(name, fields)]),
  ];
}

/** What the pixel would leave out without a word. */
function whyDropped(field: string, value: unknown): string[] {
  if (typeof value === "object" && value !== null)
    return [`${field}: want a number, a boolean, null or a text, not something with parts`];
  if (typeof value === "string" && MAIL.test(value))
    return [`${field}: want a text without an e-mail address`];
  return [];
}

function strangers(name: string, fields: object): string[] {
  if (!isKnownCustom(name)) return [];
  const known = Object.keys(CUSTOM[name].shape);
  return Object.keys(fields)
    .filter((field) => !known.includes(field))
    .map((field) => `${field}: not kept, ${name} has ${known.join(", ")}`);
}

function misfits(name: string, fields: object): string[] {
  const schema = isKnownCustom(name) ? CUSTOM[name] : freeFields;
  const issues = schema.safeParse(fields).error?.issues ?? [];
  return issues.map(({ path, message }) => {
    const field = String(path[0] ?? "fields");
    return `${field}: ${path.length > 0 && !(field in fields) ? "missing" : message}`;
  });
}
