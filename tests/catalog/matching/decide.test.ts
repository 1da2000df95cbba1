import { describe, expect, test } from "vitest";
import { parseAction, parsePage, wordsOf } from "~/catalog/matching/decide";

const form = (...fields: [string, string][]) => {
  const filled = new FormData();
  for (const [name, value] of fields) filled.append(name, value);
  return filled;
};
const GROUP = "0b6f7f0c-5a55-4f0a-9a54-0d5c3f0e7a11";

describe("what the merchant says", () => {
  test("of a group, names all of the chosen listings", () => {
    const said = form(
      ["kind", "split"],
      ["group", GROUP],
      ["listing", "a.myshopify.com/1"],
      ["listing", "a.myshopify.com/2"],
    );

    expect(parseAction(said)).toEqual({
      kind: "split",
      groupId: GROUP,
      listings: ["a.myshopify.com/1", "a.myshopify.com/2"],
    });
  });

  test.each([
    ["nothing", form()],
    ["of one listing", form(["kind", "confirm"], ["one", "a.myshopify.com/1"])],
    ["of what is no listing", form(["kind", "reject"], ["one", "a/b"], ["other", "a/1"])],
    ["of one group to be merged", form(["kind", "merge"], ["group", GROUP])],
  ])("is refused when it is %s", (_, said) => {
    expect(() => parseAction(said)).toThrow();
  });

  test("by a split is that both parts are one product each, and not the same", () => {
    expect(wordsOf({ kind: "split", members: ["a", "b", "c"], chosen: ["b", "z"] })).toEqual([
      { one: "b", other: "a", isSame: false },
      { one: "b", other: "c", isSame: false },
      { one: "a", other: "c", isSame: true },
    ]);
  });
});

test("a page's number is the first one where the address names none", () => {
  const pages = ["", "page=3", "page=0", "page=x"].map((search) =>
    parsePage(new URLSearchParams(search)),
  );

  expect(pages).toEqual([1, 3, 1, 1]);
});
