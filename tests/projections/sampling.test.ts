import { expect, test } from "vitest";
import { minutes, timelineEvent } from "../factories";
import { fold } from "../fold";

const rates = (...sampleRates: (number | null)[]) => {
  const { sessions, pageViews } = fold(
    sampleRates.map((sampleRate, i) => timelineEvent({ sampleRate, occurredAt: minutes(i) })),
  );
  return {
    sessions: sessions.map(({ sampleRate }) => sampleRate),
    pageViews: pageViews.map(({ sampleRate }) => sampleRate),
  };
};

test("without a rate, everybody was sampled", () => {
  expect(rates(null, null)).toEqual({ sessions: [1], pageViews: [1, 1] });
});

test("a session has the smallest rate among its events, a page view its own", () => {
  expect(rates(null, 0.1, 0.5)).toEqual({ sessions: [0.1], pageViews: [1, 0.1, 0.5] });
});

test("no event stands for more than a thousand visitors, whatever it says", () => {
  expect(rates(1e-300)).toEqual({ sessions: [0.001], pageViews: [0.001] });
});

test("a visit of very many events has a rate as well", () => {
  const many = Array.from({ length: 200_000 }, () => timelineEvent({ sampleRate: 0.25 }));

  expect(fold(many).sessions[0]?.sampleRate).toBe(0.25);
});
