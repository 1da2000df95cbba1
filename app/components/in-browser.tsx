import { Suspense, useSyncExternalStore, type ReactNode } from "react";

/** A chart measures itself, which only a browser can; its place is kept until then. */
export function InBrowser({ children }: { children: ReactNode }) {
  const isBrowser = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  return isBrowser ? <Suspense>{children}</Suspense> : null;
}
