import { z } from "zod";
import { InvalidInput } from "~/platform/errors";
import type { NumberedLine } from "~/platform/lines.server";

const row = z.looseObject({ id: z.string(), __parentId: z.string().optional() });
type Row = z.output<typeof row>;

/** An object at the root of a bulk operation's result, with those that hang on it. */
export type Grouped = { root: { [field: string]: unknown; id: string }; children: unknown[] };

/** Reads the lines of a grouped result, an object at the root at a time.
 * @throws {InvalidInput} the result is not grouped, or no JSON: cut off on the way, for example */
export async function* groupsIn(lines: AsyncIterable<NumberedLine>): AsyncGenerator<Grouped> {
  let group: Grouped | undefined;
  for await (const { number, text } of lines) {
    const { __parentId, ...fields } = parseRow(number, text);
    if (__parentId === undefined) {
      if (group) yield group;
      group = { root: fields, children: [] };
    } else if (group?.root.id === __parentId) group.children.push(fields);
    else throw new InvalidInput(`line ${number} of the result does not follow its parent`);
  }
  if (group) yield group;
}

function parseRow(number: number, text: string | null): Row {
  try {
    return row.parse(JSON.parse(text ?? ""));
  } catch {
    throw new InvalidInput(`line ${number} of the result is no object with an id`);
  }
}

export type Batch = { groups: Grouped[]; objects: number };

/** Puts groups together until they have a number of objects.
 * @param skip how many groups are left out at the beginning; their objects count in the first batch */
export async function* batchesOf(
  groups: AsyncIterable<Grouped>,
  { skip, size }: { skip: number; size: number },
): AsyncGenerator<Batch> {
  let place = 0;
  let batch: Batch = { groups: [], objects: 0 };
  for await (const group of groups) {
    batch.objects += 1 + group.children.length;
    if (place++ < skip) continue;
    batch.groups.push(group);
    if (batch.objects < size) continue;
    yield batch;
    batch = { groups: [], objects: 0 };
  }
  yield batch;
}
