/** A column as schema.prisma declares it, in PostgreSQL's words. */
export type Column = { name: string; type: string; isNullable: boolean; about: string };
export type Table = { name: string; about: string; key: string[]; columns: Column[] };

/** What a column of this name is in every table, unless its own table says more. */
const COMMON: Record<string, string> = {
  shop_id: "The shop whose row it is.",
  event_id: "The event's id, made by the browser, or by us for what no browser sent.",
  session_id: "The session: the id of its first event.",
  client_id: "Shopify's id of the browser.",
  customer_id: "Shopify's id of the customer.",
  order_id: "Shopify's id of the order.",
  visitor_id: "Whose it is: `customer:` or `client:` and the id.",
  product_id: "Shopify's id of the product.",
  variant_id: "Shopify's id of the variant.",
  currency: "ISO 4217.",
  is_bot: "Its session was taken for a bot's.",
  sample_rate: "The share of visitors whose events were sent at all: the row stands for 1 / rate.",
  received_at: "When the server took it.",
};

const TYPES: Record<string, string> = {
  Int: "integer",
  BigInt: "bigint",
  "BigInt[]": "bigint[]",
  String: "text",
  "String[]": "text[]",
  Boolean: "boolean",
  Float: "double precision",
  DateTime: "timestamptz",
  Json: "jsonb",
};

/** Reads the tables out of a Prisma schema.
 * @throws {Error} a column has no description */
export function readTables(schema: string): Table[] {
  const models = schema.matchAll(/((?:^\/\/\/.*\n)+)^model \w+ \{\n([^}]*)^\}/gm);
  return [...models].map(([, about = "", body = ""]) => {
    const name = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "";
    const { columns, nameOf } = readColumns(name, body);
    const [, fields] = /@@id\(\[([^\]]+)\]\)/.exec(body) ?? [];
    const single = /^\s+(\w+)\s.*@id\b/m.exec(body)?.[1];
    const key = (fields?.split(",") ?? [single ?? ""]).map((field) => nameOf(field.trim()));
    return { name, about: joined(about), key, columns };
  });
}

function readColumns(table: string, body: string) {
  const columns: Column[] = [];
  const names = new Map<string, string>();
  let about = "";
  for (const line of body.split("\n").map((each) => each.trim())) {
    if (line.startsWith("///")) about += `${line}\n`;
    const column = line.startsWith("///") ? null : readColumn(line);
    if (!column) continue;
    const { field, ...rest } = column;
    const description = joined(about) || (COMMON[rest.name] ?? "");
    if (!description) throw new Error(`${table}.${rest.name} has no description in schema.prisma`);
    names.set(field, rest.name);
    columns.push({ ...rest, about: description });
    about = "";
  }
  return { columns, nameOf: (field: string) => names.get(field) ?? field };
}

/** A field that is a column: not a relation, not an attribute of the model. */
function readColumn(line: string) {
  const [, field = "", type = "", question] =
    /^(\w+)\s+(Unsupported\("\w+"\)|\w+(?:\[\])?)(\?)?/.exec(line) ?? [];
  const known = /^Unsupported\("(\w+)"\)$/.exec(type)?.[1] ?? TYPES[type];
  if (!known) return null;
  const native = /@db\.(Real|Date|Json|Uuid)\b/.exec(line)?.[1]?.toLowerCase();
  const name = /@map\("(\w+)"\)/.exec(line)?.[1] ?? field;
  return { field, name, type: native ?? known, isNullable: question !== undefined };
}

/** Comment lines as one text. */
const joined = (comments: string): string => comments.replace(/\s*\/\/\/\s*/g, " ").trim();
