import { isbot } from "isbot";
import { HOUR, SECOND } from "~/platform/time";

/** Nobody opens so many pages in so short a time, not even many tabs at once. */
const HURRIED = { pageViews: 20, within: 10 * SECOND };
/** Nobody goes on for so long without a pause that would end the visit, or sees so many pages. */
const TIRELESS = { longerThan: 12 * HOUR, pageViews: 1_000 };

/** What the rules look at in an event. */
export type VisitEvent = {
  name: string;
  occurredAt: Date;
  context: { userAgent?: string | null } | null;
};
type Visit = readonly VisitEvent[];
type NamesBot = (userAgent: string) => boolean;

/** The browser calls itself a bot. */
const isDeclared = (visit: Visit, namesBot: NamesBot): boolean =>
  visit.some(({ context }) => context?.userAgent && namesBot(context.userAgent));

/** Somewhere in the visit, pages follow each other too fast. */
const isHurried = (visit: Visit): boolean => {
  const views = pageViewTimes(visit);
  return views
    .slice(HURRIED.pageViews - 1)
    .some((last, first) => last - (views[first] ?? -Infinity) <= HURRIED.within);
};

const isTireless = (visit: Visit): boolean => {
  const lasted = timeOf(visit.at(-1)) - timeOf(visit[0]);
  return lasted > TIRELESS.longerThan || pageViewTimes(visit).length > TIRELESS.pageViews;
};

/** The first that holds is the visit's verdict. Each is explained in docs/bots.md. */
const BOT_RULES = [
  { name: "declared", holds: isDeclared },
  { name: "hurried", holds: isHurried },
  { name: "tireless", holds: isTireless },
] as const;

export type BotRule = (typeof BOT_RULES)[number]["name"];

/** Decides whether one visit was a bot's.
 * @param visit all events of one session, in time order
 * @returns the rule by which it was; null for a person's */
export const botRuleOf = (visit: Visit, namesBot: NamesBot = isbot): BotRule | null =>
  BOT_RULES.find(({ holds }) => holds(visit, namesBot))?.name ?? null;

/** Asks isbot once for each name of a browser. To be dropped after a fold, since browsers may call
 * themselves anything. */
export function rememberNames(): NamesBot {
  const known = new Map<string, boolean>();
  return (userAgent) => {
    const answer = known.get(userAgent) ?? isbot(userAgent);
    known.set(userAgent, answer);
    return answer;
  };
}

const pageViewTimes = (visit: Visit): number[] =>
  visit.filter(({ name }) => name === "page_viewed").map(timeOf);

const timeOf = (event: VisitEvent | undefined): number => event?.occurredAt.getTime() ?? NaN;
