/** The page about a session. */
export const sessionAddress = (sessionId: string): string =>
  `/app/analytics/sessions/${encodeURIComponent(sessionId)}`;
