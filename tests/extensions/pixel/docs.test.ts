import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { CUSTOM_EVENT_NAMES } from "~/events/custom-events";
import { PixelBatch, schemaOf, STANDARD_EVENT_NAMES } from "~/events/vocabulary";

const page = await readFile("docs/events.md", "utf8");

type Shape = z.core.JSONSchema.BaseSchema;
const isShape = (value: unknown): value is Shape => typeof value === "object" && value !== null;

/** The paths of a schema's fields; money, pairs of numbers and free records count as one field. */
function fieldsOf(shape: Shape, path: string): string[] {
  const inner = shape.anyOf?.find((option) => isShape(option) && option.type !== "null");
  if (isShape(inner)) return fieldsOf(inner, path);
  if (isShape(shape.items) && !Array.isArray(shape.items))
    return fieldsOf(shape.items, `${path}[]`);
  const fields = Object.entries(shape.properties ?? {});
  const isLeaf = ["amount", "utm_source"].some((name) => shape.properties?.[name]); // one row for all
  if (fields.length === 0 || isLeaf) return [path];
  return fields.flatMap(([name, field]) =>
    isShape(field) ? fieldsOf(field, path ? `${path}.${name}` : name) : [],
  );
}

function schemaFields(name: string) {
  const schema = schemaOf(name);
  if (!schema) throw new Error(`no schema for ${name}`);
  const all = fieldsOf(z.toJSONSchema(schema, { io: "input" }), "");
  return {
    envelope: all.filter((field) => field !== "data" && !field.startsWith("data.")).concat("data"),
    data: all.filter((field) => field.startsWith("data.")).map((field) => field.slice(5)),
  };
}

/** What the first column of a section's tables lists. */
const listed = (section: string): string[] =>
  [...section.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, field]) => field ?? "");

const sections = page.split(/^(?=##)/m);
const sectionOf = (name: string): string | undefined =>
  sections.find((section) => section.split("\n")[0]?.includes(`\`${name}\``));

const NAMES = [...STANDARD_EVENT_NAMES, ...CUSTOM_EVENT_NAMES];

describe("docs/events.md", () => {
  test.each(NAMES)("lists the fields of %s, and no others", (name) => {
    expect(listed(sectionOf(name) ?? "").sort()).toEqual(schemaFields(name).data.sort());
  });

  test("lists what every event has, and nothing else", () => {
    const section = sections.find((text) => text.startsWith("## What every event has")) ?? "";

    expect(listed(section).sort()).toEqual(schemaFields("page_viewed").envelope.sort());
  });

  test("names no event that is not taken", () => {
    const headings = page.match(/^### `.*$/gm)?.join() ?? "";

    expect([...headings.matchAll(/`([\w:]+)`/g)].map(([, name]) => name).sort()).toEqual(
      [...NAMES].sort(),
    );
  });

  test("shows a request that the server takes", () => {
    const [example = ""] = [...page.matchAll(/```json\n([^]*?)```/g)].map(([, json]) => json ?? "");
    const batch = PixelBatch.parse(JSON.parse(example));

    expect(batch.events.map((event) => schemaOf("search_submitted")?.safeParse(event))).toEqual([
      expect.objectContaining({ success: true }),
    ]);
  });
});
