import { expect, test } from "vitest";
import { parseTokenWish, refusalOf } from "~/api/tokens";
import { InvalidInput } from "~/platform/errors";
import { minutes, NOON } from "../factories";

const form = (...fields: [string, string][]): FormData => {
  const filled = new FormData();
  for (const [name, value] of fields) filled.append(name, value);
  return filled;
};

test("a token is wished for by name, scopes and days", () => {
  const scopes = [
    ["scope", "read_products"],
    ["scope", "read_products"],
    ["scope", "read_sync_status"],
  ] as [string, string][];

  expect(parseTokenWish(form(["name", " Feed "], ["days", "90"], ...scopes))).toEqual({
    ...{ name: "Feed", scopes: ["read_products", "read_sync_status"], days: 90 },
  });
  expect(parseTokenWish(form(["name", "Feed"], ["days", "never"], ...scopes)).days).toBeNull();
});

test.for([
  [
    ["days", "30"],
    ["scope", "read_products"],
  ],
  [
    ["name", "x".repeat(61)],
    ["days", "30"],
    ["scope", "read_products"],
  ],
  [
    ["name", "Feed"],
    ["days", "30"],
  ],
  [
    ["name", "Feed"],
    ["days", "30"],
    ["scope", "write_products"],
  ],
  [
    ["name", "Feed"],
    ["days", "30"],
    ["scope", "toString"],
  ],
  [
    ["name", "Feed"],
    ["days", "31"],
    ["scope", "read_products"],
  ],
] as [string, string][][])("a form of %j makes no token", (fields) => {
  expect(() => parseTokenWish(form(...fields))).toThrow(InvalidInput);
});

test("a token works until it ends or is revoked", () => {
  const live = { expiresAt: minutes(1), revokedAt: null };

  expect(refusalOf(live, NOON)).toBeNull();
  expect(refusalOf({ ...live, expiresAt: null }, minutes(1e6))).toBeNull();
  expect(refusalOf(live, minutes(1))).toBe("expired");
  expect(refusalOf({ ...live, revokedAt: NOON }, minutes(1))).toBe("revoked");
});
