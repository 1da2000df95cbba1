import { readFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { isMetric } from "~/analytics/report";
import { REPORTS } from "~/analytics/reports.server";
import { metricsDocument } from "../dev/metrics/document";

const DOCUMENT = "docs/metrics.md";

test("docs/metrics.md tells of every metric as its definition does", async () => {
  const options = await resolveConfig(DOCUMENT);

  const written = await format(metricsDocument(), { ...options, filepath: DOCUMENT });

  expect(await readFile(DOCUMENT, "utf8")).toBe(written); // else: npm run metrics
});

test("a metric's name means one thing, whichever report shows it", () => {
  const meanings = new Map<string, string>();
  for (const { report } of REPORTS.values())
    for (const column of Object.values(report.columns).filter(isMetric)) {
      const { name, formula } = column;
      expect(meanings.get(name) ?? formula, `${name} of ${report.path}`).toBe(formula);
      meanings.set(name, formula);
    }
});
