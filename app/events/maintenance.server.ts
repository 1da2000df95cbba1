import { defineJob } from "~/platform/jobs.server";
import { forgetIntake } from "./ingest/intake.server";
import { dropOldPartitions, ensurePartitions } from "./log.server";

/** Makes room in the log for the weeks to come and forgets those past retention. */
export const logMaintenance = defineJob({
  name: "log-maintenance",
  cron: "41 2 * * *",
  async run({ db, log, config }) {
    const now = new Date();
    await ensurePartitions(db, now);
    const weeks = await dropOldPartitions(db, now, config.eventRetentionDays);
    await forgetIntake(db, now, config.eventRetentionDays);
    if (weeks > 0) log.info({ weeks }, "dropped weeks of the log that are past retention");
  },
});
