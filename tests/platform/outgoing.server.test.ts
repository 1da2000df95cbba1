import { expect, test } from "vitest";
import { post, refusalOf } from "~/platform/outgoing.server";
import { openEndpoint } from "../catalog/receivers";

const OPEN = { allowPrivate: true };
const CLOSED = { allowPrivate: false };
const posting = (url: string) => ({ url, headers: {}, body: "{}" });

test.for([
  ["http://shop.example/alerts", "the address must begin with https://"],
  ["ftp://shop.example", "the address must begin with https://"],
  ["shop.example", "the address is none"],
  ["https://me:secret@shop.example/", "the address must not carry a name or a password"],
  ["https://127.0.0.1/", "the address is not on the open internet"],
  ["https://0x7f.1/", "the address is not on the open internet"],
  ["https://2130706433/", "the address is not on the open internet"],
  ["https://[::1]/", "the address is not on the open internet"],
  ["https://[::ffff:169.254.169.254]/", "the address is not on the open internet"],
] as const)("%s is refused: %s", async ([url, reason]) => {
  expect(refusalOf(url, false)).toBe(reason);
  expect(await post(posting(url), CLOSED)).toEqual({ status: "failed", reason });
});

test("an address on the open internet may be posted to", () => {
  expect(refusalOf("https://shop.example:8443/alerts?x=1", false)).toBeNull();
});

test("a name that stands for this machine is found out when it is looked up", async () => {
  const posted = await post(posting("https://localhost/"), CLOSED);

  expect(posted).toEqual({ status: "failed", reason: "the address is not on the open internet" });
});

test("an answer of 200 to 299 accepts, any other does not, and none is followed", async () => {
  const endpoint = await openEndpoint(204, 302, 500);

  expect(await post(posting(endpoint.url), OPEN)).toEqual({ status: "accepted" });
  expect(await post(posting(endpoint.url), OPEN)).toMatchObject({ reason: "the answer was 302" });
  expect(await post(posting(endpoint.url), OPEN)).toMatchObject({ reason: "the answer was 500" });
  expect(endpoint.called).toHaveLength(3);
  await endpoint.close();
});

test("who does not answer in time has not accepted", async () => {
  const endpoint = await openEndpoint(0);

  const posted = await post(posting(endpoint.url), { ...OPEN, timeoutMs: 300 });

  expect(posted).toEqual({ status: "failed", reason: "there was no answer in time" });
  await endpoint.close();
});
