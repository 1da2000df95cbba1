import { z } from "zod";
import { InvalidInput } from "~/platform/errors";

const row = z.looseObject({ id: z.string(), __parentId: z.string().optional() });
type Row = z.output<typeof row>;

/** An object of a bulk operation's result with the children that follow it. */
export type Grouped = { [field: string]: unknown; id: string; lineItems: unknown[] };

/** Reads the lines of a grouped result, an order at a time.
 * @throws {InvalidInput} the result is not grouped, or no JSON: cut off on the way, for example */
export async function* ordersIn(
  lines: AsyncIterable<{ number: number; text: string | null }>,
): AsyncGenerator<Grouped> {
  let order: Grouped | undefined;
  for await (const { number, text } of lines) {
    const { __parentId, ...fields } = parseRow(number, text);
    if (__parentId === undefined) {
      if (order) yield order;
      order = { ...fields, lineItems: [] };
    } else if (order?.id === __parentId) order.lineItems.push(fields);
    else throw new InvalidInput(`line ${number} of the result does not follow its parent`);
  }
  if (order) yield order;
}

function parseRow(number: number, text: string | null): Row {
  try {
    return row.parse(JSON.parse(text ?? ""));
  } catch {
    throw new InvalidInput(`line ${number} of the result is no object with an id`);
  }
}
