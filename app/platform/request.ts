/** The id that a proxy in front of us has given a request: a UUID, with or without hyphens. Anything
 * else is not taken over, since it goes into log lines and the log. */
export const requestIdOf = (header: string | string[] | undefined): string | null =>
  typeof header === "string" &&
  /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(header)
    ? header
    : null;

/** Where a request says that it was sent from: a site's host, `sandbox` for a page without a site of its
 * own, such as a sandboxed frame, `none` for what no page sent. Anybody can claim any. */
export function originOf(header: string | undefined): string {
  if (header === undefined) return "none";
  if (header === "null") return "sandbox";
  const [, host] = /^https?:\/\/([a-z0-9.:[\]-]{1,100})$/i.exec(header) ?? [];
  return host?.toLowerCase() ?? "other";
}
