import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Pair } from "~/catalog/matching/find-pairs";
import { groupsOf, nameGroups, type Decision } from "~/catalog/matching/groups";
import { minutes } from "../../factories";

const pair = (one: string, other: string, confidence = 0.95): Pair => ({
  ...{ one, other, confidence },
  reasons: [],
});
const decided = (
  one: string,
  isSame: boolean,
  { other, at = 0 }: { other: string; at?: number },
): Decision => ({ one, other, isSame, decidedAt: minutes(at) });

describe("groups", () => {
  test("join what is automatically the same, through a third as well", () => {
    const { groups } = groupsOf([pair("a", "b"), pair("b", "c"), pair("d", "e", 0.6)], []);

    expect(groups).toEqual([["a", "b", "c"]]);
  });

  test("ask about the surest pair of two groups, and not about what is one already", () => {
    const { toReview } = groupsOf(
      [
        pair("a", "b"),
        pair("c", "d"),
        pair("a", "c", 0.6),
        pair("b", "d", 0.7),
        pair("e", "f", 0.8),
      ],
      [],
    );

    expect(toReview.map(({ one, other }) => one + other)).toEqual(["ef", "bd"]);
  });

  test("hold what the merchant confirmed, and part what was rejected", () => {
    const { groups, toReview } = groupsOf(
      [pair("a", "b"), pair("c", "d", 0.6), pair("e", "f", 0.7)],
      [
        decided("a", false, { other: "b" }),
        decided("c", true, { other: "d" }),
        decided("e", false, { other: "f" }),
      ],
    );

    expect(groups).toEqual([["c", "d"]]);
    expect(toReview).toEqual([]);
  });

  test("leave what was rejected apart, also by way of a third: it goes where it fits better", () => {
    const { groups } = groupsOf(
      [pair("a", "c", 0.92), pair("b", "c", 0.97)],
      [decided("a", false, { other: "b" })],
    );

    expect(groups).toEqual([["b", "c"]]);
  });

  test("go by the merchant's last word where words contradict each other", () => {
    const words = [
      decided("a", true, { other: "b", at: 1 }),
      decided("b", true, { other: "c", at: 2 }),
      decided("a", false, { other: "c", at: 3 }),
    ];

    expect(groupsOf([], words).groups).toEqual([["b", "c"]]);
  });
});

const key = fc.constantFrom(...Array.from("abcdefghij"));
const two = fc.tuple(key, key).filter(([one, other]) => one < other);
const anyPairs = fc.uniqueArray(
  fc
    .tuple(two, fc.double({ min: 0.5, max: 1, noNaN: true }))
    .map(([[one, other], confidence]) => pair(one, other, confidence)),
  { selector: ({ one, other }) => one + other },
);
/** Words that do not contradict each other: those of somebody who knows what is what. */
const anyTruth = fc.tuple(
  fc.array(fc.nat(3), { minLength: 10, maxLength: 10 }),
  fc.array(two, { maxLength: 12 }),
);
const wordsOf = ([truth, about]: [number[], [string, string][]]): Decision[] =>
  about.map(([one, other], at) => {
    const productOf = (name: string) => truth["abcdefghij".indexOf(name)];
    return decided(one, productOf(one) === productOf(other), { other, at });
  });
const groupOf = (groups: string[][], key: string) =>
  groups.find((members) => members.includes(key)) ?? [key];

describe("whatever is found", () => {
  test("the merchant's words hold", () => {
    fc.assert(
      fc.property(anyPairs, anyTruth, (pairs, truth) => {
        const words = wordsOf(truth);

        const { groups, toReview } = groupsOf(pairs, words);

        for (const { one, other, isSame } of words) {
          expect(groupOf(groups, one).includes(other)).toBe(isSame);
          expect(toReview).not.toContainEqual(expect.objectContaining({ one, other }));
        }
      }),
    );
  });

  test("a listing is in one group, and the order of what is known does not matter", () => {
    fc.assert(
      fc.property(anyPairs, anyTruth, fc.boolean(), (pairs, truth, isReversed) => {
        const words = wordsOf(truth);
        const turn = <Item>(items: Item[]) => (isReversed ? items.toReversed() : items);

        const found = groupsOf(pairs, words);

        const members = found.groups.flat();
        expect(new Set(members).size).toBe(members.length);
        expect(groupsOf(turn(pairs), turn(words))).toEqual(found);
      }),
    );
  });

  test("without the merchant's words what is automatic is together", () => {
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        const { groups } = groupsOf(pairs, []);

        for (const { one, other, confidence } of pairs)
          if (confidence >= 0.9) expect(groupOf(groups, one)).toContain(other);
      }),
    );
  });
});

describe("a group keeps its name", () => {
  const newId = () => "new";

  test("while most of its members stay", () => {
    const before = new Map(Object.entries({ a: "1", b: "1", c: "1", d: "2", e: "2" }));

    expect(nameGroups([["a"], ["b", "c", "f"], ["d", "e"], ["g", "h"]], before, newId)).toEqual([
      { groupId: "new", members: ["a"] },
      { groupId: "1", members: ["b", "c", "f"] },
      { groupId: "2", members: ["d", "e"] },
      { groupId: "new", members: ["g", "h"] },
    ]);
  });

  test("when nothing changes, and no two have the same", () => {
    fc.assert(
      fc.property(anyPairs, anyPairs, (pairs, later) => {
        let next = 0;
        const fresh = () => `${next++}`;
        const first = nameGroups(groupsOf(pairs, []).groups, new Map(), fresh);
        const before = new Map(
          first.flatMap(({ groupId, members }) => members.map((key) => [key, groupId] as const)),
        );

        const again = nameGroups(groupsOf(pairs, []).groups, before, fresh);
        const changed = nameGroups(groupsOf(later, []).groups, before, fresh);

        expect(again).toEqual(first);
        expect(new Set(changed.map(({ groupId }) => groupId)).size).toBe(changed.length);
      }),
    );
  });
});
