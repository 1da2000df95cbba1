import fc from "fast-check";
import { expect, test } from "vitest";
import { lastNightly } from "~/catalog/sync-time";
import { clockAt } from "~/platform/calendar";
import { DAY, HOUR } from "~/platform/time";

const zone = fc.constantFrom("Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles", null);
const moment = fc.date({
  min: new Date("2026-01-01"),
  max: new Date("2027-12-31"),
  noInvalidDate: true,
});

test("a shop's nightly sync was due within the last day, in its own night", () => {
  fc.assert(
    fc.property(fc.nat(100_000), zone, moment, (id, timeZone, now) => {
      const due = lastNightly({ id, timeZone }, now);

      const age = now.getTime() - due.getTime();
      expect(age).toBeGreaterThanOrEqual(0);
      expect(age).toBeLessThanOrEqual(DAY + HOUR); // a night may be an hour longer
      const { hour } = clockAt(due, timeZone ?? "UTC");
      expect(hour).toBeGreaterThanOrEqual(0);
      expect(hour).toBeLessThanOrEqual(5);
    }),
  );
});

test("shops of one zone have minutes of their own", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const dues = Array.from({ length: 240 }, (_, id) =>
    lastNightly({ id, timeZone: "Europe/Berlin" }, now).getTime(),
  );

  expect(new Set(dues).size).toBe(240);
});
