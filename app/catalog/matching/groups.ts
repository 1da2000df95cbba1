import { bySurety, type Pair } from "./find-pairs";
import { Partition } from "./partition";
import { verdictOf } from "./score";

/** A merchant's word on two listings. */
export type Decision = { one: string; other: string; isSame: boolean; decidedAt: Date };

export type Grouped = {
  /** Listings that are one product: groups of two and more, each in order, the one with the smallest key
   * first. */
  groups: string[][];
  /** What the merchant is asked: the surest pair of any two groups, the surest first. */
  toReview: Pair[];
};

/** Puts listings into groups. What the merchant said holds, the last word first where two contradict each
 * other; then the automatic pairs join what nothing keeps apart, the surest first. What is the same as a
 * third is the same. */
export function groupsOf(pairs: readonly Pair[], decisions: readonly Decision[]): Grouped {
  const partition = new Partition();
  for (const { one, other, isSame } of decisions.toSorted(lastFirst))
    if (isSame) partition.join(one, other);
    else partition.keepApart(one, other);
  const sorted = pairs.toSorted(bySurety);
  for (const { one, other, confidence } of sorted)
    if (verdictOf(confidence) === "automatic") partition.join(one, other);
  return { groups: partition.groups(), toReview: undecided(sorted, partition) };
}

function undecided(sorted: readonly Pair[], partition: Partition): Pair[] {
  const asked = new Set<string>();
  return sorted.filter(({ one, other }) => {
    if (partition.isDecided(one, other)) return false;
    const question = [partition.rootOf(one), partition.rootOf(other)].sort().join(" ");
    if (asked.has(question)) return false;
    asked.add(question);
    return true;
  });
}

const lastFirst = (a: Decision, b: Decision): number =>
  b.decidedAt.getTime() - a.decidedAt.getTime() || (nameOf(a) < nameOf(b) ? -1 : 1);
const nameOf = ({ one, other, isSame }: Decision) => `${one} ${other} ${isSame}`;

type Named = { groupId: string; members: string[] };

/** Gives each group the name that most of its members had; what nobody had before gets a new one.
 * @param before each member's group */
export function nameGroups(
  groups: readonly string[][],
  before: ReadonlyMap<string, string>,
  newId: () => string,
): Named[] {
  const claims = groups.flatMap((members, place) =>
    [...countBy(members.flatMap((member) => before.get(member) ?? []))].map(([groupId, count]) => ({
      ...{ place, groupId, count },
    })),
  );
  claims.sort((a, b) => b.count - a.count || (a.groupId < b.groupId ? -1 : 1) || a.place - b.place);
  const names = new Map<number, string>();
  const taken = new Set<string>();
  for (const { place, groupId } of claims) {
    if (names.has(place) || taken.has(groupId)) continue;
    names.set(place, groupId);
    taken.add(groupId);
  }
  return groups.map((members, place) => ({ groupId: names.get(place) ?? newId(), members }));
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
