import { LONGEST, now, quietly, type Measure } from "./listening";

/** Visible time, scroll depth and first interaction. They are told after 10 seconds, 30, 90 …, before a
 * link is followed and when the page is left, if there is a second or more to tell of. */
export const measurePage: Measure = (on, publish) => {
  let [seen, told, due, deepest] = [0, 0, 10_000, innerHeight];
  let shownAt: number | undefined;
  let appearedAt: number | undefined;
  let firstInteractionMs: number | undefined;
  let timer: ReturnType<typeof setTimeout>;

  const visible = () => Math.min(LONGEST, Math.round(seen + now() - (shownAt ?? now())));
  const report = () => {
    const visibleMs = visible();
    if (visibleMs - told < 1_000) return;
    told = visibleMs;
    const scrolled = deepest / document.documentElement.scrollHeight;
    const scrollPercent = Math.round(100 * Math.min(1, scrolled));
    publish("page_engaged", { visibleMs, scrollPercent, firstInteractionMs });
  };
  const wait = () => {
    while (due <= visible()) due *= 3;
    timer = setTimeout(beat, due - visible());
  };
  const beat = quietly(() => {
    report();
    if (told < LONGEST) wait();
  });
  const turn = (type?: string) => {
    clearTimeout(timer);
    if (type !== "pagehide" && document.visibilityState === "visible") {
      shownAt ??= now();
      appearedAt ??= shownAt;
      return wait();
    }
    report();
    seen = visible();
    shownAt = undefined;
  };

  on(["visibilitychange", "pagehide", "pageshow"], ({ type }) => turn(type));
  on(["pointerdown", "keydown", "wheel"], ({ timeStamp }) => {
    firstInteractionMs ??= Math.max(0, Math.round(timeStamp - (appearedAt ?? 0)));
  });
  on(["scroll"], () => {
    deepest = Math.max(deepest, scrollY + innerHeight);
  });
  on(["click"], (_event, target) => {
    if (target.closest("a[href]")) report();
  });
  turn();
};
