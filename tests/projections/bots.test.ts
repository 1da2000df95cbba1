import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { botRuleOf, rememberNames, type VisitEvent } from "~/projections/bots";
import { NOON, timelineEvent } from "../factories";
import { fold } from "../fold";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const after = (ms: number) => new Date(NOON.getTime() + ms);

/** Page views as far apart as told, in milliseconds. */
const views = (count: number, apart: number): VisitEvent[] =>
  Array.from({ length: count }, (_, i) => timelineEvent({ occurredAt: after(i * apart) }));
const by = (userAgent: string | null) => [timelineEvent({ userAgent })];
const apple = (rest: string) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`;
const chrome = (system: string, rest = "Chrome/147.0.0.0 Safari/537.36") =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) ${rest}`;

describe("declared", () => {
  test.each([
    chrome("compatible; Googlebot/2.1; +http://www.google.com/bot.html"),
    chrome("X11; Linux x86_64", "HeadlessChrome/147.0.0.0 Safari/537.36"),
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "curl/8.9.1",
  ])("a browser that says so is a bot: %s", (userAgent) => {
    expect(botRuleOf(by(userAgent))).toBe("declared");
  });

  test.each([
    ["a desktop", chrome("Windows NT 10.0; Win64; x64")],
    ["a phone whose maker is called Cubot", chrome("Linux; Android 9; CUBOT X19")],
    ["a Pixel", chrome("Linux; Android 16; Pixel 10", "Chrome/147.0.0.0 Mobile Safari/537.36")],
    ["Google's app", apple("GSA/350.0.700 Mobile/15E148 Safari/604.1")],
    ["Facebook's app", apple("Mobile/15E148 [FBAN/FBIOS;FBAV/480.0.0.28.109;FBDV/iPhone16,1]")],
    ["Instagram", apple("Mobile/15E148 Instagram 350.0.0.20.97 (iPhone16,1; iOS 19_1; de_DE)")],
    ["Pinterest", chrome("Linux; Android 16; wv", "Chrome/147.0.0.0 [Pinterest/Android]")],
    ["a browser without a name", ""],
    ["an event without one", null],
  ])("%s is a person's", (_, userAgent) => {
    expect(botRuleOf(by(userAgent))).toBeNull();
  });

  test("one event that says so is enough", () => {
    expect(botRuleOf([...by(null), ...by("curl/8.9.1"), ...by(null)])).toBe("declared");
  });

  test("a name that is asked for again has the same answer", () => {
    const NAMES = ["curl/8.9.1", chrome("Windows NT 10.0; Win64; x64")];
    const namesBot = rememberNames();
    const answers = [...NAMES, ...NAMES].map(namesBot);

    expect(answers).toEqual([true, false, true, false]);
  });
});

describe("hurried", () => {
  const TEN_SECONDS = 10 * SECOND;

  test("twenty pages in ten seconds are a bot's", () => {
    expect(botRuleOf(views(20, TEN_SECONDS / 19))).toBe("hurried");
  });

  test("wherever in the visit they are", () => {
    const slow = views(30, MINUTE);
    const fast = views(20, 100).map((event, i) => ({
      ...event,
      occurredAt: after(40 * MINUTE + i * 100),
    }));

    expect(botRuleOf([...slow, ...fast])).toBe("hurried");
  });

  test("somebody slower by a moment is a person", () => {
    expect(botRuleOf(views(20, TEN_SECONDS / 19 + 1))).toBeNull();
    expect(botRuleOf(views(200, TEN_SECONDS / 19 + 1))).toBeNull();
  });

  test("fifteen tabs opened at once are a person's", () => {
    expect(botRuleOf(views(15, 0))).toBeNull();
    expect(botRuleOf(views(19, 0))).toBeNull();
  });

  test("what a page reports beside its view is no page view", () => {
    const clicks = views(100, 10).map((event) => ({ ...event, name: "product_viewed" }));

    expect(botRuleOf([...views(10, 10), ...clicks])).toBeNull();
  });
});

describe("tireless", () => {
  test("more than twelve hours are a bot's, twelve are a person's", () => {
    const until = (last: number) => [
      ...views(25, 29 * MINUTE),
      timelineEvent({ occurredAt: after(last) }),
    ];

    expect(botRuleOf(until(12 * HOUR + 1))).toBe("tireless");
    expect(botRuleOf(until(12 * HOUR))).toBeNull();
  });

  test("more than a thousand pages are a bot's, a thousand are a person's", () => {
    expect(botRuleOf(views(1_001, 2 * SECOND))).toBe("tireless");
    expect(botRuleOf(views(1_000, 2 * SECOND))).toBeNull();
  });

  test("a browser that comes all day, with breaks, is a person's at every visit", () => {
    const day = views(24, 31 * MINUTE).map((event) => timelineEvent(event));

    expect(fold(day).sessions.map(({ botRule }) => botRule)).toEqual(Array(24).fill(null));
  });
});

test("the verdict is the whole session's and marks its page views, those before it was plain too", () => {
  const crawl = views(20, 100).map((event) => timelineEvent(event));
  const later = timelineEvent({ occurredAt: after(2 * HOUR) });

  const { sessions, pageViews } = fold([...crawl, later]);

  expect(sessions.map(({ botRule }) => botRule)).toEqual(["hurried", null]);
  expect(pageViews.map(({ isBot }) => isBot)).toEqual([...Array<boolean>(20).fill(true), false]);
});

test("nobody who lets half a second pass before each page is taken for a bot", () => {
  const pauses = fc.array(fc.integer({ min: 530, max: 20 * MINUTE }), { maxLength: 60 });

  fc.assert(
    fc.property(pauses, (gaps) => {
      let at = 0;
      const visit = gaps.map((gap) => timelineEvent({ occurredAt: after((at += gap)) }));
      const isShort = at - (gaps[0] ?? 0) <= 12 * HOUR;

      expect(botRuleOf(visit)).toBe(isShort ? null : "tireless");
    }),
  );
});
