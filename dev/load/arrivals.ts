import { chance } from "../chance";
import type { LoadSpec } from "./spec";

/** When each request of an open run is due, in milliseconds from its start: as independent visitors come,
 * at gaps of chance. Undefined for a run that sends as fast as it is answered. */
export function arrivals({ perSecond, seconds, seed }: LoadSpec): Float64Array | undefined {
  if (!perSecond) return undefined;
  const luck = chance(`${seed} arrivals`);
  const moments = new Float64Array(Math.round(perSecond * seconds));
  let moment = 0;
  for (let index = 0; index < moments.length; index++) {
    moments[index] = moment;
    moment += (-Math.log(1 - luck.next()) * 1_000) / perSecond;
  }
  return moments;
}
