import { useNavigation, useRevalidator } from "@remix-run/react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { SECOND } from "~/platform/time";

const PAUSE = 2 * SECOND;

/** Asks for the page's data again and again while someone can see it, two seconds after the last
 * answer, so that requests never overlap. */
export function useLiveRefresh(): void {
  const { revalidate, state } = useRevalidator();
  const isSteady = useNavigation().state === "idle" && state === "idle";
  const isVisible = useSyncExternalStore(onVisibilityChange, isPageVisible, () => false);
  useEffect(() => {
    if (!isVisible || !isSteady) return;
    const timer = setTimeout(revalidate, PAUSE);
    return () => clearTimeout(timer);
  }, [isVisible, isSteady, revalidate]);
}

const isPageVisible = () => document.visibilityState === "visible";

function onVisibilityChange(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

/** Stands in for data that could not be fetched this time. */
export const NOT_REFRESHED = { refreshed: false } as const;
export type NotRefreshed = typeof NOT_REFRESHED;

/** For a client loader's `catch`: an outage is worth waiting for, a refusal is not. */
export function whenOut(error: unknown): NotRefreshed {
  if (error instanceof Response && error.status < 500) throw error;
  return NOT_REFRESHED;
}

const isNotRefreshed = (answer: object): answer is NotRefreshed => "refreshed" in answer;

/** Keeps the last data that came, so that an outage leaves its numbers standing.
 * @returns `data` is null when none has ever come */
export function useLastKnown<Data extends object>(answer: Data | NotRefreshed) {
  const fresh = isNotRefreshed(answer) ? null : answer;
  const [last, setLast] = useState<Data | null>(fresh);
  if (fresh !== null && fresh !== last) setLast(fresh);
  return { data: fresh ?? last, isOutdated: fresh === null };
}
