/** The bucket of points of one app in one shop. dev:api/usage/limits */
export type Bucket = {
  status: () => ThrottleStatus;
  /** Takes points out; false, and none taken, when there are not as many. */
  take: (points: number) => boolean;
  putBack: (points: number) => void;
};
export type ThrottleStatus = {
  maximumAvailable: number;
  currentlyAvailable: number;
  /** Points a second. */
  restoreRate: number;
};

/** Of the standard plan. */
const MAXIMUM = 2000;
const RESTORE_RATE = 100;

/** A full bucket, which fills up again by the stand-in's clock. */
export function openBucket(now: () => Date): Bucket {
  let available = MAXIMUM;
  let at = now().getTime();
  const refill = () => {
    const seconds = Math.max(0, now().getTime() - at) / 1000;
    available = Math.min(MAXIMUM, available + seconds * RESTORE_RATE);
    at = now().getTime();
  };
  return {
    status() {
      refill();
      const currentlyAvailable = Math.floor(available);
      return { maximumAvailable: MAXIMUM, currentlyAvailable, restoreRate: RESTORE_RATE };
    },
    take(points) {
      refill();
      if (points > available) return false;
      available -= points;
      return true;
    },
    putBack(points) {
      available = Math.min(MAXIMUM, available + points);
    },
  };
}
