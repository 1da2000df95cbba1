/** Work that takes long, in steps: whoever runs it may do something else in between. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** So many listings make a step of some milliseconds. */
export const PAUSE_EVERY = 256;

/** Takes all steps at once. */
export function runSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
