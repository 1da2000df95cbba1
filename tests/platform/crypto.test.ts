import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { CannotOpen, createSealer } from "~/platform/crypto.server";

const newKey = () => randomBytes(32).toString("base64");
const PLACE = "access_tokens/1/offline/token";

describe("a sealed text", () => {
  test("opens to what was sealed, in any script and of any length", () => {
    const sealer = createSealer([newKey()]);

    const texts = ["", "shpat_1", "Grüße 👋", "x".repeat(10_000)];
    const opened = texts.map((text) => sealer.open(sealer.seal(text, PLACE), PLACE));

    expect(opened).toEqual(texts);
  });

  test("does not show its text and never looks the same twice", () => {
    const sealer = createSealer([newKey()]);

    const sealed = [sealer.seal("shpat_secret", PLACE), sealer.seal("shpat_secret", PLACE)];

    expect(sealed.join()).not.toContain("secret");
    expect(sealed[0]).not.toBe(sealed[1]);
  });

  test("opens nowhere but in its place", () => {
    const sealer = createSealer([newKey()]);
    const sealed = sealer.seal("shpat_1", PLACE);

    const elsewhere = () => sealer.open(sealed, "access_tokens/2/offline/token");

    expect(elsewhere).toThrow(CannotOpen);
    expect(elsewhere).toThrow("altered, or not sealed for access_tokens/2/offline/token");
  });

  test("does not open when any of its bytes was changed", () => {
    const sealer = createSealer([newKey()]);
    const sealed = sealer.seal("shpat_1", PLACE);
    const start = sealer.currentPrefix.length;
    const bytes = Buffer.from(sealed.slice(start), "base64url");

    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      const text = sealer.currentPrefix + altered.toString("base64url");
      expect(() => sealer.open(text, PLACE), `byte ${at}`).toThrow(CannotOpen);
    }
  });

  test("does not open when it was cut short", () => {
    const sealer = createSealer([newKey()]);

    expect(() => sealer.open(`${sealer.currentPrefix}AAAA`, PLACE)).toThrow("too short");
  });
});

describe("several keys", () => {
  test("a new first key seals while the old one still opens", () => {
    const [older, newer] = [newKey(), newKey()];
    const before = createSealer([older]);
    const after = createSealer([newer, older]);

    const old = before.seal("shpat_1", PLACE);
    const fresh = after.seal("shpat_2", PLACE);

    expect(after.open(old, PLACE)).toBe("shpat_1");
    expect(fresh.startsWith(after.currentPrefix)).toBe(true);
    expect(old.startsWith(after.currentPrefix)).toBe(false);
  });

  test("a removed key is named by its fingerprint in the error", () => {
    const gone = createSealer([newKey()]);
    const sealed = gone.seal("shpat_1", PLACE);

    const open = () => createSealer([newKey()]).open(sealed, PLACE);

    expect(open).toThrow(`no encryption key of this process is ${gone.currentPrefix}`);
  });
});

test("a mark finds a text under any of the keys, in its own place alone, and does not show it", () => {
  const [old, fresh] = [newKey(), newKey()];
  const [marked] = createSealer([old]).marks("ana@example.com", PLACE);

  const both = createSealer([fresh, old]);

  expect(both.marks("ana@example.com", PLACE)).toEqual([
    expect.not.stringContaining("ana"),
    marked,
  ]);
  expect(both.marks("ana@example.com", "elsewhere")).not.toContain(marked);
  expect(createSealer([fresh]).marks("ana@example.com", PLACE)).not.toContain(marked);
});
