import { UNSAFE_ErrorResponseImpl as Thrown } from "@remix-run/router";
import { expect, test } from "vitest";
import { explain, handoverOf } from "~/components/failure";
import { whenOut } from "~/components/refresh";

const thrown = (status: number, data: unknown) => new Thrown(status, "", data);

test("an expected failure is told in its own words, and trying again is no use", () => {
  const failure = thrown(400, { code: "invalid_input", message: "period must be one of today" });

  expect(explain(failure)).toEqual({
    title: "That did not work",
    message: "period must be one of today",
    canRetry: false,
  });
});

test("an outage invites to try again", () => {
  const failure = explain(thrown(503, { code: "unavailable", message: "The database is down" }));

  expect(failure).toMatchObject({ message: "The database is down", canRetry: true });
});

test("a bug's own words are for the log alone", () => {
  const secret = "password of the database";

  for (const bug of [new Error(secret), thrown(500, { message: secret }), secret, null])
    expect(JSON.stringify(explain(bug))).not.toContain(secret);
});

test("only a thrown answer that succeeds is a handover to Shopify's script", () => {
  expect(handoverOf(thrown(200, "<script>window.open('/')</script>"))).toContain("<script>");
  expect(handoverOf(thrown(404, "<script>alert(1)</script>"))).toBeNull();
  expect(handoverOf(new Error("<script>alert(1)</script>"))).toBeNull();
});

test("an outage leaves the last numbers standing; a refusal does not", () => {
  expect(whenOut(new TypeError("Failed to fetch"))).toEqual({ refreshed: false });
  expect(whenOut(new Response(null, { status: 503 }))).toEqual({ refreshed: false });
  expect(() => whenOut(new Response(null, { status: 401 }))).toThrow();
});
