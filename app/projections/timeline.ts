import { botRuleOf, rememberNames } from "./bots";
import { inTimeOrder, splitByInactivity, type TimelineEvent, type Visit } from "./visit";

/** Raised when the fold changes: a rule for bots, isbot's list of names, a threshold, a column, a table.
 * Shops that were folded by an earlier version are then folded anew. */
export const FOLD_VERSION = 2;

/** Splits one client's events, in whatever order they come, into its visits.
 * @param earlier how many visits the client has had before the first event
 * @param namesBot tells whether a browser calls itself a bot; share one among the timelines of a fold */
export const foldTimeline = (
  events: readonly TimelineEvent[],
  earlier = 0,
  namesBot = rememberNames(),
): Visit[] =>
  splitByInactivity(inTimeOrder(events)).map((visit, index) => ({
    events: visit,
    botRule: botRuleOf(visit, namesBot),
    number: earlier + index + 1,
  }));
