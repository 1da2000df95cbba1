import type { Platform } from "../platform";
import { sendDue } from "../webhooks/announce";

/** Lets time pass at the stand-in: prices change, products arrive, access tokens and bulk results
 * expire, failed webhooks are sent again. Id tokens stay on the machine's time, since the app judges
 * them by its own clock, and so do browsers.
 * @param ms how much; it cannot be turned back
 * @throws {RangeError} for less than nothing */
export function advance(platform: Platform, ms: number): void {
  if (!(ms >= 0)) throw new RangeError(`the clock only goes forward, got ${ms} ms`);
  platform.memory.state.clockAhead += ms;
  platform.memory.save();
  catchUp(platform);
  sendDue(platform);
}

/** Lets happen in every shop what is due by now. */
export function catchUp({ shops, commerceOf }: Platform): void {
  for (const { domain } of shops) commerceOf(domain).catchUp();
}
