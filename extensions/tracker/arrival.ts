import { productOf } from "./element";
import type { Measure } from "./listening";

/** How the page was come to: by scanning a code, by a search with how many results. */
export const tellArrival: Measure = (_on, publish) => {
  const query = new URLSearchParams(location.search);
  const code = query.get("pixelnova_qr") || undefined;
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const isScan = code || query.get("utm_medium") === "qr";
  if (isScan && visit?.type === "navigate")
    publish("qr_scanned", { code, ...productOf(document.body) });
  const results = document.querySelector<HTMLElement>("[data-pixelnova-result-count]");
  if (results)
    publish("search_results_shown", { resultCount: Number(results.dataset.pixelnovaResultCount) });
};
