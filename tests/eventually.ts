import { vi } from "vitest";

/** What a check gives once it throws no more: what another process, a browser or a server does takes as long as a
 * busy machine needs. Only a test that fails waits all of `timeout` milliseconds. */
export const eventually = <T>(check: () => T | Promise<T>, timeout = 60_000): Promise<T> =>
  vi.waitFor(check, { timeout });
