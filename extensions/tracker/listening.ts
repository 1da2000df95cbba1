import type { CustomData } from "~/events/custom-events";

type Known = {
  [
    Full in keyof CustomData as Full extends `pixelnova:${infer Name}` ? Name : never
  ]: CustomData[Full];
};
export type Free = Record<string, string | number>;
/** Publishes a custom event by the part of its name after `pixelnova:`. */
export type Publish = <Name extends string>(
  name: Name,
  fields: Name extends keyof Known ? Known[Name] : Free,
) => void;

type Events = WindowEventMap & DocumentEventMap;
/** Listens to the whole page until measuring ends; nothing that `hear` throws gets out. What happens to
 * the window or the document has no element: nobody asks for its target. */
export type On = <Type extends keyof Events>(
  types: readonly Type[],
  hear: (event: Events[Type], target: Element) => void,
) => void;

/** One kind of measuring. What it still has to tell when measuring has ended is told nobody. */
export type Measure = (on: On, publish: Publish) => void;

/** Whatever goes wrong in here, the store must not notice. */
export const quietly =
  <Input>(work: (input: Input) => void) =>
  (input: Input): void => {
    try {
      work(input);
    } catch {
      // an event less must never disturb a shopper
    }
  };

/** Milliseconds since the page was opened. */
export const now = (): number => performance.now();

/** Nobody looks at a page, or points at a product, for longer; milliseconds. */
export const LONGEST = 1_800_000;
