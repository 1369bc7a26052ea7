import type { Pacer } from '../Env'

/**
 * A client-side rate limit: between two turns lie at least `1 / perSecond` seconds, measured from the turn that was really taken, so
 * that a busy process does not catch up in a burst.
 *
 * @param perSecond turns a second; 0 = no limit
 */
export const pacer = (perSecond: number, now: () => number, sleep: (ms: number) => Promise<void>): Pacer => {
  const interval = perSecond === 0 ? 0 : 1000 / perSecond
  let last = Number.NEGATIVE_INFINITY
  let held = Number.NEGATIVE_INFINITY
  let queue: Promise<void> = Promise.resolve()
  const left = (): number => Math.max(last + interval, held) - now()
  const next = async (): Promise<void> => {
    for (let wait = left(); wait > 0; wait = left()) await sleep(Math.ceil(wait))
    last = now()
  }
  return {
    turn: () => {
      queue = queue.then(next)
      return queue
    },
    holdUntil: (time) => {
      held = Math.max(held, time)
    }
  }
}
