/** The app's number, in its gid and in what it reserves. */
export const APP_ID = 1;
const RESERVED = `app--${APP_ID}`;

/** The app's reserved namespace or type in full: `$app` is `app--1`, `$app:block` is `app--1--block`;
 * others stay. Without one, metafields are in the reserved one. dev:apps/build/custom-data/ownership */
export function ownNamespace(given: string | null | undefined): string {
  if (!given || given === "$app") return RESERVED;
  return given.startsWith("$app:") ? `${RESERVED}--${given.slice("$app:".length)}` : given;
}
