import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  customerOf,
  parseVisitorId,
  visitorOfClient,
  visitorOfCustomer,
  visitorsOf,
} from "~/projections/identity";
import { minutes } from "../factories";

const RUNS = { numRuns: 1_000 };

/** One client's sessions an hour apart, told by whom each knows: `-` is nobody. */
const visits = (customers: string) =>
  Array.from(customers).map((customer, index) => ({
    sessionId: `s${index}`,
    clientId: "ana",
    startedAt: minutes(60 * index),
    customerId: customer === "-" ? null : customer,
  }));
type Visits = ReturnType<typeof visits>;

/** Whose each session is, in the same notation. */
const owners = (customers: string, undone = "") => ownersOf(visits(customers), undone);
const ownersOf = (sessions: Visits, undone = "") => {
  const owned = visitorsOf(sessions, new Set(undone));
  return sessions.map(({ sessionId }) => customerOf(owned.get(sessionId) ?? "") ?? "-").join("");
};

const history = fc
  .array(fc.constantFrom("-", "-", "1", "2", "3"), { maxLength: 14 })
  .map((all) => all.join(""));
const undone = fc.subarray(["1", "2", "3"]).map((all) => all.join(""));

describe("a session's visitor", () => {
  test.each([
    ["nobody is known: the client itself", "---", "---"],
    ["the next customer takes what came before", "--1", "111"],
    ["the last customer keeps what comes after", "1--", "111"],
    ["between two, the next one takes it", "1--2-", "12222"],
    ["two customers who take turns stay two", "1212", "1212"],
  ])("%s", (_, customers, expected) => expect(owners(customers)).toBe(expected));

  test.each([
    ["an undone customer claims no anonymous session", "-1-", "---"],
    ["an undone customer's sessions are the client's, not another's", "1-2", "-22"],
    ["what the undone customer took goes back to the one before", "1-2-", "11-1", "2"],
  ])("%s", (_, customers, expected, undone = "1") =>
    expect(owners(customers, undone)).toBe(expected),
  );

  test("is named by customer, or by client", () => {
    expect([visitorOfCustomer("7"), visitorOfClient("ana")]).toEqual(["customer:7", "client:ana"]);
    expect([customerOf("customer:7"), customerOf("client:7")]).toEqual(["7", null]);
  });
});

test.each([
  ["customer:7", "customer:7"],
  ["client:a b/c?", "client:a b/c?"],
  ["customer:seven", null],
  ["customer:1234567890123456789", null],
  ["client:", null],
  ["client:\0", null],
  ["ana", null],
])("%j is read as %j", (text, visitorId) => expect(parseVisitorId(text)).toBe(visitorId));

describe("for any history of a client", () => {
  test("two customers never mix: who was signed in is the owner, or nobody is", () =>
    fc.assert(
      fc.property(history, undone, (customers, undone) => {
        const owned = owners(customers, undone);
        for (const [index, customer] of Array.from(customers).entries())
          if (customer !== "-")
            expect(owned[index]).toBe(undone.includes(customer) ? "-" : customer);
      }),
      RUNS,
    ));

  test("the order in which sessions are given does not matter", () =>
    fc.assert(
      fc.property(
        history.map(visits).chain((sessions) =>
          fc.tuple(
            fc.constant(sessions),
            fc.shuffledSubarray(sessions, {
              minLength: sessions.length,
              maxLength: sessions.length,
            }),
          ),
        ),
        undone,
        ([sessions, shuffled], undone) => {
          const customers = new Set(undone);
          expect([...visitorsOf(shuffled, customers)]).toEqual([
            ...visitorsOf(sessions, customers),
          ]);
        },
      ),
      RUNS,
    ));

  test("a customer who signs in moves no session of those who were signed in before", () =>
    fc.assert(
      fc.property(history, fc.nat({ max: 14 }), (customers, place) => {
        const before = visits(customers);
        const after = [
          ...before,
          {
            ...before[0],
            sessionId: "new",
            clientId: "ana",
            customerId: "9",
            startedAt: minutes(60 * place - 30),
          },
        ];
        const [one, other] = [visitorsOf(before), visitorsOf(after)];
        for (const { sessionId, customerId } of before) {
          const moved = one.get(sessionId) !== other.get(sessionId);
          if (moved) expect([customerId, other.get(sessionId)]).toEqual([null, "customer:9"]);
        }
      }),
      RUNS,
    ));

  test("undoing a link leaves every other session as if the customer had never come", () =>
    fc.assert(
      fc.property(history, fc.constantFrom("1", "2", "3"), (customers, undone) => {
        const sessions = visits(customers);
        const others = sessions.filter(({ customerId }) => customerId !== undone);
        const owned = visitorsOf(sessions, new Set([undone]));
        for (const [sessionId, visitor] of visitorsOf(others))
          expect(owned.get(sessionId)).toBe(visitor);
        expect([...owned.values()]).not.toContain(visitorOfCustomer(undone));
      }),
      RUNS,
    ));

  test("undoing a link restores what was before the customer signed in", () =>
    fc.assert(
      fc.property(history, history, (earlier, later) => {
        const before = owners(earlier);
        const linked = `${earlier}9${later.replace(/\d/g, "-")}`;
        expect(owners(linked, "9").slice(0, earlier.length)).toBe(before);
      }),
      RUNS,
    ));

  test("an anonymous session never goes to a customer whom its client does not know", () =>
    fc.assert(
      fc.property(history, undone, (customers, undone) => {
        const allowed = new Set([
          "-",
          ...Array.from(customers).filter((each) => !undone.includes(each)),
        ]);
        for (const owner of owners(customers, undone)) expect(allowed).toContain(owner);
      }),
      RUNS,
    ));
});
