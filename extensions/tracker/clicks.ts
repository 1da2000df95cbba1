import { productOf, selectorOf } from "./element";
import { quietly, type Measure } from "./listening";
import { verdictOf, type Judged } from "./verdict";

const FIELD = "input,select,textarea,label";
const CONTROL = `a,button,summary,[role=button],[role=tab],${FIELD}`;
/** Made to be pressed again and again. */
const REPEATED =
  "[type=number],[type=range],[rel=next],[rel=prev],[data-pixelnova-repeat],video,audio," +
  "[class*=quantity],[class*=stepper],[class*=slider],[class*=carousel],[class*=swiper]," +
  "[class*=slick],[class*=pagination]";

/** A click that has had no answer for so long will have none; milliseconds. */
const ANSWERED_WITHIN = 1_500;
const SAME_SERIES_WITHIN = 1_000;

type Click = Judged & { element: Element; event: MouseEvent; fields: ReturnType<typeof placeOf> };

/** Every click with its place in its element, and what became of it. */
export const measureClicks: Measure = (on, publish) => {
  let series: Click[] = [];
  let timer: ReturnType<typeof setTimeout>;
  const answer = () => {
    for (const click of series.slice(-1)) click.isAnswered = true;
  };
  const observer = new MutationObserver(answer);
  const judge = quietly(() => {
    observer.disconnect();
    const clicks = series;
    series = [];
    const last = clicks.at(-1);
    if (!last || last.element.closest(REPEATED)) return;
    const verdict = verdictOf(clicks, looksAlive(last));
    if (verdict) publish(verdict, { ...last.fields, clickCount: clicks.length });
  });
  on(["click"], (event, target) => {
    const passedOn = target.closest("label")?.control;
    if (passedOn && passedOn !== target) return; // the field is clicked next
    const element = target.closest(CONTROL) ?? target;
    const last = series.at(-1);
    const { timeStamp } = event;
    if (last?.element !== element || timeStamp - last.timeStamp > SAME_SERIES_WITHIN) judge(null);
    const fields = placeOf(element, event);
    publish("element_clicked", fields);
    series.push({ element, event, fields, timeStamp });
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(document, everything);
    clearTimeout(timer);
    timer = setTimeout(judge, ANSWERED_WITHIN);
  });
  on(["scroll", "focusin", "submit", "input", "change", "toggle", "play"], answer);
  on(["popstate", "hashchange", "pagehide"], answer);
  on(["pagehide"], judge);
};

function placeOf(element: Element, { detail, clientX, clientY }: MouseEvent) {
  const { left, top, width, height } = element.getBoundingClientRect();
  /** By the keyboard an element is pressed in its middle. */
  const within = (position: number, size: number) =>
    detail && size ? Number(Math.min(1, Math.max(0, position / size)).toFixed(3)) : 0.5;
  return {
    element: selectorOf(element),
    relativeX: within(clientX - left, width),
    relativeY: within(clientY - top, height),
    viewportWidth: innerWidth,
    ...productOf(element),
  };
}

/** It is made to be pressed; whatever becomes of a link to somewhere else is not seen from here. */
const looksAlive = ({ element, event }: Click): boolean =>
  !element.matches(FIELD) &&
  (element.matches(CONTROL) || getComputedStyle(element).cursor === "pointer") &&
  (event.defaultPrevented || !element.closest("a[href]:not([href^='#'],[href^=javascript])"));
