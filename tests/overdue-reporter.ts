import type { Reporter, TestModule, TestSpecification, Vitest } from "vitest/node";
import { MINUTE } from "~/platform/time";

/** Longer than any file takes on a busy machine. */
const LIMIT = 20 * MINUTE;

/** Ends a run in which nothing gets on any more: Vitest limits how long tests and hooks take, but neither code that
 * never yields nor the end of a file's fixtures. Says which files they were, and the run has failed. */
export default class OverdueReporter implements Reporter {
  private vitest?: Vitest;
  private left = 0;
  private readonly underWay = new Map<TestModule, number>();

  onInit(vitest: Vitest) {
    this.vitest = vitest;
    setInterval(() => this.look(), MINUTE).unref();
  }

  onTestRunStart(specifications: readonly TestSpecification[]) {
    this.left = specifications.length;
  }

  onTestModuleStart(module: TestModule) {
    this.underWay.set(module, Date.now());
  }

  onTestModuleEnd(module: TestModule) {
    this.underWay.delete(module);
    this.left--;
  }

  private look() {
    const overdue = [...this.underWay].filter(([, since]) => Date.now() - since > LIMIT);
    const workers = Math.min(this.left, this.vitest?.config.maxWorkers ?? 1);
    if (overdue.length === 0 || overdue.length < workers) return; // others still get on
    for (const [module] of overdue) {
      const open = [...module.children.allTests("pending")].map(({ fullName }) => fullName);
      process.stderr.write(
        `${module.relativeModuleId} did not end within ${LIMIT / MINUTE} minutes; ` +
          (open.length > 0
            ? `open tests: ${open.join("; ")}`
            : "all its tests had, its fixtures had not") +
          "\n",
      );
    }
    process.exitCode = 1;
    void this.vitest?.cancelCurrentRun("test-failure");
  }
}
