import type { AppContext } from "~/context";
import { defineJob } from "~/platform/jobs.server";
import { DAY } from "~/platform/time";
import { TOLD_KEPT, UNCONFIRMED_KEPT } from "./subscription";

/** How long it is remembered that a delivery was accepted or given up. */
const ENDED_KEPT = 30 * DAY;

export const alertsUpkeep = defineJob({
  name: "alerts-upkeep",
  cron: "23 * * * *",
  run: (context) => forgetOldSubscriptions(context, new Date()),
});

/** Forgets addresses that nobody confirmed or whose alert is over, and deliveries of long ago. */
export async function forgetOldSubscriptions(
  { db }: Pick<AppContext, "db">,
  now: Date,
): Promise<void> {
  const before = (kept: number) => new Date(now.getTime() - kept);
  await db.$executeRaw`
    delete from alert_subscriptions
    where (confirmed_at is null and requested_at <= ${before(UNCONFIRMED_KEPT)}::timestamptz)
       or told_at <= ${before(TOLD_KEPT)}::timestamptz`;
  await db.$executeRaw`
    delete from alert_deliveries where ended_at <= ${before(ENDED_KEPT)}::timestamptz`;
}
