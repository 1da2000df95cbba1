import { isMetric, type Column, type Report } from "~/analytics/report";
import { REPORTS } from "~/analytics/reports.server";

/** docs/metrics.md: every number of the analytics pages, from the descriptions that the pages and the API
 * use themselves. */
export const metricsDocument = (): string =>
  [INTRODUCTION, ...[...REPORTS.values()].map(({ report }) => sectionOf(report))].join("\n\n") +
  "\n";

const INTRODUCTION = `# The metrics

Made by \`npm run metrics\` from the definitions in \`app/analytics\`: the pages, their files and the API show the same ones.
A day is the shop's own, by its time zone. Where only a share of visitors was sampled, counts are estimates for all of them:
each row stands for 1 ÷ its sample rate. Money is in minor units of the shop's currency and comes from verified orders alone.
A rate of nothing is not known: it is null, and shown as a dash.`;

const sectionOf = ({ path, title, meaning, columns }: Report): string =>
  [
    ...[`## ${title}: \`${path}\``, "", meaning, ""],
    ...["| column | name | what it tells | unit | worked out as | leaves out | source |"],
    ...["| --- | --- | --- | --- | --- | --- | --- |"],
    ...Object.entries(columns).map(([field, column]) => rowOf(field, column)),
  ].join("\n");

function rowOf(field: string, column: Column): string {
  const about = isMetric(column)
    ? [column.unit, column.formula, column.leavesOut, column.source]
    : ["", "", "", ""];
  return `| ${[`\`${field}\``, column.name, column.meaning, ...about].map(inCell).join(" | ")} |`;
}

const inCell = (text: string): string => text.replaceAll("|", "\\|");
