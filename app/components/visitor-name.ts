/** What a visitor is called: "Customer 123", or "Browser 5f2b8c1e" for one of nobody's. */
export function visitorName(visitorId: string): string {
  const place = visitorId.indexOf(":");
  const [kind, id] = [visitorId.slice(0, place), visitorId.slice(place + 1)];
  return kind === "customer" ? `Customer ${id}` : browserName(id);
}

/** The beginning of a browser's id tells it from a shop's others. */
export const browserName = (clientId: string): string => `Browser ${clientId.slice(0, 8)}`;

/** The page about a visitor. */
export const visitorAddress = (visitorId: string): string =>
  `/app/visitors/${encodeURIComponent(visitorId)}`;
