export const after = (delay: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delay));

/** What the work gives, or `otherwise` when it fails or has not ended after `limit` milliseconds. */
export const attempt = <Result>(
  work: () => Promise<Result>,
  otherwise: Result,
  limit: number,
): Promise<Result> =>
  new Promise((resolve) => {
    const giveUp = () => resolve(otherwise);
    setTimeout(giveUp, limit);
    Promise.resolve().then(work).then(resolve, giveUp);
  });
