import { useLocation, useNavigation, useSearchParams } from "@remix-run/react";
import type { Period } from "~/analytics/period";

/** Everything that is looked at stands in the address, so that a view can be shared and kept.
 * @returns a function that changes some of it; null takes a parameter away */
export function useViewAddress() {
  const [search, setSearch] = useSearchParams();
  const { pathname } = useLocation();
  const { location: next } = useNavigation();
  const change = (changes: Record<string, string | null>) =>
    setSearch(
      (shown) => {
        // A choice that is still on its way is kept by the next one.
        const before = next?.pathname === pathname ? new URLSearchParams(next.search) : shown;
        before.delete("cursor"); // the place in a list is that of the view before
        for (const [name, value] of Object.entries(changes))
          if (value === null) before.delete(name);
          else before.set(name, value);
        return before;
      },
      { preventScrollReset: true },
    );
  return { search, change };
}

/** An address of another page with the same view. */
export function withView(path: string, search: URLSearchParams, more: Record<string, string> = {}) {
  const kept = [...search].filter(([name]) => VIEW_NAMES.has(name));
  const address = new URLSearchParams({ ...Object.fromEntries(kept), ...more });
  return address.size > 0 ? `${path}?${address}` : path;
}

/** What a file is asked for so that it is of the period that a page shows where its address names none. */
export const periodAsked = ({ preset }: { preset: Period["preset"] }): Record<string, string> =>
  preset === "custom" ? {} : { period: preset };

const VIEW_NAMES = new Set([
  ...["period", "from", "to", "unit", "compare"],
  ...["channel", "source", "campaign", "device", "browser", "country", "landing", "visitor"],
]);
