type Value = string | boolean | number | Value[] | { [key: string]: Value };
export type Table = { [key: string]: Value };

/** Reads the part of TOML that Shopify's files here use: tables, lists of tables, and values on one
 * line. Anything else is an error, so that nothing is passed over.
 * @see https://toml.io/en/v1.0.0 */
export function parseToml(text: string): Table {
  const root: Table = {};
  let table = root;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const list = /^\[\[([\w.]+)\]\]$/.exec(line)?.[1];
    const header = /^\[([\w.]+)\]$/.exec(line)?.[1];
    const [, key, value] = /^(\w+) = (.+)$/.exec(line) ?? [];
    if (list) table = addToList(root, list.split("."));
    else if (header) table = descend(root, header.split("."));
    else if (key && value && !(key in table)) table[key] = parseValue(value);
    else throw new Error(`line ${index + 1} is not understood, or is there twice: ${line}`);
  }
  return root;
}

/** Strings, booleans, numbers and arrays are written as in JSON; inline tables with `=` for `:`. */
const parseValue = (text: string): Value =>
  JSON.parse(text.replace(/([{,]\s*)(\w+) = /g, '$1"$2": ')) as Value;

const isTable = (value: Value | undefined): value is Table =>
  typeof value === "object" && !Array.isArray(value);

function descend(root: Table, path: readonly string[]): Table {
  return path.reduce<Table>((table, key) => {
    const next = (table[key] ??= {});
    if (!isTable(next)) throw new Error(`${path.join(".")} is a table and something else`);
    return next;
  }, root);
}

function addToList(root: Table, path: readonly string[]): Table {
  const table = descend(root, path.slice(0, -1));
  const list = (table[path.at(-1) ?? ""] ??= []);
  if (!Array.isArray(list)) throw new Error(`${path.join(".")} is a list and something else`);
  const added: Table = {};
  list.push(added);
  return added;
}
