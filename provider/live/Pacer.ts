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
  const next = async (): Promise<void> => {
    // A clock that was set back must not stop everything.
    const left = (): number => Math.min(interval, last + interval - now())
    for (let wait = left(); wait > 0; wait = left()) await sleep(Math.ceil(wait))
    last = now()
  }
  return {
    turn: async (until = Number.POSITIVE_INFINITY) => {
      for (;;) {
        // Outside of the queue, so that who has less time does not wait behind who has more.
        for (let wait = held - now(); wait > 0; wait = held - now()) {
          if (held > until) return false
          await sleep(Math.ceil(wait))
        }
        queue = queue.then(next)
        await queue
        if (held <= now()) return true
      }
    },
    holdUntil: (time) => {
      held = Math.max(held, time)
    }
  }
}
