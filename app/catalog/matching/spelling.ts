/** How alike two words are spelled, from 0 to 1: the share of the threes of letters that both have
 * (Dice), with the words' beginnings and ends counted as letters. */
export function spelledAlike(one: string, other: string): number {
  if (one === other) return 1;
  const [left, right] = [trigrams(one), trigrams(other)];
  let both = 0;
  for (const three of left) if (right.has(three)) both++;
  return (2 * both) / (left.size + right.size);
}

/** Whether it is worth to look how alike two words are: misspelled and inflected words begin alike, and
 * numbers are never one another's misspelling. */
export const mayBeAlike = (one: string, other: string): boolean =>
  one[0] === other[0] && Math.abs(one.length - other.length) <= 3 && !/\d/.test(one + other);

function trigrams(word: string): Set<string> {
  const padded = `  ${word} `;
  const found = new Set<string>();
  for (let i = 0; i + 3 <= padded.length; i++) found.add(padded.slice(i, i + 3));
  return found;
}
