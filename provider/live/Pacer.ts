/**
 * A client-side rate limit: between two turns lie at least `1 / perSecond` seconds, measured from the turn that was really taken, so
 * that a busy process does not catch up in a burst.
 *
 * @param perSecond turns a second; 0 = no limit
 */
export const pacer = (
  perSecond: number,
  now: () => number,
  sleep: (ms: number) => Promise<void>
): (() => Promise<void>) => {
  if (perSecond === 0) return () => Promise.resolve()
  const interval = 1000 / perSecond
  let last = Number.NEGATIVE_INFINITY
  let queue: Promise<void> = Promise.resolve()
  const turn = async (): Promise<void> => {
    for (let left = last + interval - now(); left > 0; left = last + interval - now()) await sleep(Math.ceil(left))
    last = now()
  }
  return () => {
    queue = queue.then(turn)
    return queue
  }
}
