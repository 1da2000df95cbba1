import { StringDecoder } from "node:string_decoder";

/** A line by its number, counted from 1; null for one that is too long to be one of ours. */
export type NumberedLine = { number: number; text: string | null };

const LONGEST = 1_000_000;

/** Splits a stream of UTF-8 into lines, whatever its length: at most one line is held in memory, and
 * of a line beyond a million characters nothing. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<NumberedLine> {
  const decoder = new StringDecoder("utf8");
  let number = 0;
  let rest = "";
  let isTooLong = false;
  const line = (text: string): NumberedLine => {
    const whole = isTooLong || text.length > LONGEST ? null : text.replace(/\r$/, "");
    isTooLong = false;
    return { number: ++number, text: whole };
  };
  for await (const chunk of chunks) {
    const parts = (rest + decoder.write(chunk)).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) yield line(part);
    if (rest.length > LONGEST) {
      isTooLong = true;
      rest = "";
    }
  }
  rest += decoder.end();
  if (rest !== "" || isTooLong) yield line(rest);
}
