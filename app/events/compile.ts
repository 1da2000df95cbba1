import type { z } from "zod";

/** What a compiled schema answers for a value that does not fit it. */
export const UNFIT = Symbol("does not fit");

/** Reads a value as its schema does: what `parse` would return, or UNFIT. */
export type Compiled<Schema extends z.ZodType> = (raw: unknown) => z.output<Schema> | typeof UNFIT;

/** Turns a schema into one straight function, which is about twenty times as fast as parsing with the
 * schema; only the schema itself knows why a value does not fit. Takes the kinds of schema that the
 * vocabulary is made of.
 * @throws {Error} a kind of schema, or a check, that it cannot compile */
export function compile<Schema extends z.ZodType>(schema: Schema): Compiled<Schema> {
  const constants: unknown[] = [UNFIT];
  const code = new Code(constants);
  const result = code.read(schema as unknown as Node, "raw");
  const body = `"use strict";return (raw) => {${code.lines.join("\n")}\nreturn ${result};}`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- its text comes from our schemas alone
  const make = new Function("c", body) as (constants: unknown[]) => Compiled<Schema>;
  return make(constants);
}

/** The parts of a Zod schema's tree that are read here. */
type Node = { _zod: { def: Definition } };
type Definition = {
  type: string;
  shape: Record<string, Node>;
  innerType: Node;
  element: Node;
  items: Node[];
  options: Node[];
  keyType: Node;
  valueType: Node;
  in: Node;
  out: Node;
  values: unknown[];
  transform: (value: unknown) => unknown;
  fn: (value: unknown) => boolean;
  check: string;
  checks?: Node[];
  format?: string;
  pattern?: RegExp;
  prefix: string;
  value: number;
  inclusive: boolean;
  minimum: number;
  maximum: number;
};

const FAIL = "return c[0];";

/** Writes the function's lines; every method answers the name of the variable that holds its result. */
class Code {
  readonly lines: string[] = [];
  private variables = 0;

  constructor(private readonly constants: unknown[]) {}

  read(node: Node, from: string): string {
    const { def } = node._zod;
    const reader = READERS[def.type];
    if (!reader) throw new Error(`a schema of type ${def.type} cannot be compiled`);
    const result = reader(this, def, from);
    const own = def.check ? [node] : []; // a format such as a date is its own first check
    for (const check of [...own, ...(def.checks ?? [])]) this.check(check._zod.def, result);
    return result;
  }

  /** A check that decides by the schema's own function or expression. */
  private check(def: Definition, value: string): void {
    const condition = CHECKS[def.check]?.(def, value, (constant) => this.constant(constant));
    if (condition === undefined) throw new Error(`a check ${def.check} cannot be compiled`);
    this.require(condition);
  }

  require(condition: string): void {
    this.lines.push(`if (!(${condition})) ${FAIL}`);
  }

  variable(initial: string): string {
    const name = `v${this.variables++}`;
    this.lines.push(`let ${name} = ${initial};`);
    return name;
  }

  constant(value: unknown): string {
    return `c[${this.constants.push(value) - 1}]`;
  }

  /** Lines that run only under a condition, or for each round of a loop. */
  block(head: string, write: () => void): void {
    this.lines.push(`${head} {`);
    write();
    this.lines.push("}");
  }
}

const CHECKS: Record<
  string,
  (def: Definition, value: string, constant: (value: unknown) => string) => string
> = {
  min_length: ({ minimum }, value) => `${value}.length >= ${minimum}`,
  max_length: ({ maximum }, value) => `${value}.length <= ${maximum}`,
  greater_than: ({ value: limit, inclusive }, value) =>
    `${value} >${inclusive ? "=" : ""} ${limit}`,
  less_than: ({ value: limit, inclusive }, value) => `${value} <${inclusive ? "=" : ""} ${limit}`,
  number_format: (_def, value) => `Number.isSafeInteger(${value})`,
  string_format: ({ format, prefix, pattern }, value, constant) =>
    format === "starts_with"
      ? `${value}.startsWith(${JSON.stringify(prefix)})`
      : `${constant(pattern)}.test(${value})`,
  custom: ({ fn }, value, constant) => `${constant(fn)}(${value})`,
};

const READERS: Record<string, (code: Code, def: Definition, from: string) => string> = {
  unknown: (_code, _def, from) => from,
  string(code, _def, from) {
    code.require(`typeof ${from} === "string"`);
    return from;
  },
  number(code, _def, from) {
    code.require(`Number.isFinite(${from})`);
    return from;
  },
  boolean(code, _def, from) {
    code.require(`typeof ${from} === "boolean"`);
    return from;
  },
  null(code, _def, from) {
    code.require(`${from} === null`);
    return from;
  },
  literal(code, { values }, from) {
    code.require(values.map((value) => `${from} === ${JSON.stringify(value)}`).join(" || "));
    return from;
  },
  optional: (code, def, from) => unless(code, def, { from, empty: "undefined" }),
  nullable: (code, def, from) => unless(code, def, { from, empty: "null" }),
  pipe(code, def, from) {
    const read = code.read(def.in, from);
    return code.variable(`${code.constant(def.out._zod.def.transform)}(${read})`);
  },
  object(code, { shape }, from) {
    code.require(`typeof ${from} === "object" && ${from} !== null && !Array.isArray(${from})`);
    const result = code.variable("{}");
    for (const [name, node] of Object.entries(shape)) {
      const value = code.read(node, code.variable(`${from}[${JSON.stringify(name)}]`));
      code.lines.push(`if (${value} !== undefined) ${result}.${name} = ${value};`);
    }
    return result;
  },
  array(code, { element }, from) {
    code.require(`Array.isArray(${from})`);
    const result = code.variable("[]");
    const item = `i${result}`;
    code.block(`for (const ${item} of ${from})`, () =>
      code.lines.push(`${result}.push(${code.read(element, item)});`),
    );
    return result;
  },
  tuple(code, { items }, from) {
    code.require(`Array.isArray(${from}) && ${from}.length === ${items.length}`);
    const read = items.map((item, i) => code.read(item, code.variable(`${from}[${i}]`)));
    return code.variable(`[${read.join()}]`);
  },
  record(code, { keyType, valueType }, from) {
    code.require(`typeof ${from} === "object" && ${from} !== null && !Array.isArray(${from})`);
    const result = code.variable("{}");
    const key = `k${result}`;
    code.block(`for (const ${key} of Object.keys(${from}))`, () => {
      code.read(keyType, key);
      const value = code.read(valueType, code.variable(`${from}[${key}]`));
      code.lines.push(`${result}[${key}] = ${value};`);
    });
    return result;
  },
  union(code, { options }, from) {
    const fits = options.map((option) => code.constant(compile(option as unknown as z.ZodType)));
    const result = code.variable("c[0]");
    for (const fit of fits) code.lines.push(`if (${result} === c[0]) ${result} = ${fit}(${from});`);
    code.require(`${result} !== c[0]`);
    return result;
  },
};

/** An absent field stays absent and a null stays null; anything else is read. */
function unless(
  code: Code,
  { innerType }: Definition,
  { from, empty }: { from: string; empty: "null" | "undefined" },
): string {
  const result = code.variable(empty);
  code.block(`if (${from} !== ${empty})`, () =>
    code.lines.push(`${result} = ${code.read(innerType, from)};`),
  );
  return result;
}
