import { expect, test } from "vitest";
import { problemsOf } from "~/events/check-event";
import { keepCustom } from "../../extensions/pixel/src/keep";
import { customEvent } from "../extensions/pixel/shopper";

test("an event that is as documented has no fault", () => {
  expect(problemsOf("pixelnova:shared", { method: "copy_link", productId: 123 })).toEqual([]);
  expect(problemsOf("pixelnova:size_guide_opened", { step: 2, isOpen: true })).toEqual([]);
});

test("every fault is named with its field", () => {
  expect(
    problemsOf("pixelnova:shared", { method: "QR Code", productId: "gid/1", url: "/x" }),
  ).toEqual([
    "url: not kept, pixelnova:shared has method, productId, productHandle",
    "method: want a word such as native or copy_link",
    "productId: want a numeric Shopify id",
  ]);
  expect(problemsOf("pixelnova:group_quantity_changed", { quantity: 0 })).toEqual([
    "groupId: missing",
    "quantity: Too small: expected number to be >=1",
  ]);
});

test("what is no custom event of ours is told apart", () => {
  expect(problemsOf("shared", [])).toEqual([
    "name: want pixelnova: and up to 64 lower-case letters, digits and underscores",
    "fields: want an object such as { productId: 123 }",
  ]);
});

test("what the pixel would drop without a word is named", () => {
  const fields = {
    who: "ana@example.com",
    list: [1],
    long: "x".repeat(201),
    "a-b": 1,
    fine: "yes",
  };

  const problems = problemsOf("pixelnova:quiz_done", fields);

  const kept = keepCustom(customEvent("pixelnova:quiz_done", fields), {
    init: {},
    customerPrivacy: null,
    rate: 1,
  });
  expect(kept?.data).toEqual({ fine: "yes" });
  expect(new Set(problems.map((problem) => problem.split(":")[0]))).toEqual(
    new Set(["who", "list", "long", "a-b"]),
  );
});

test("more fields than an event may have are too many", () => {
  const fields = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, i]));

  expect(problemsOf("pixelnova:quiz_done", fields)).toEqual(["fields: want at most 20 fields"]);
});
