import * as E from 'fp-ts/Either'
import type { Env, Fetch, TransportFault } from '../Env'

/**
 * The end of a run that a person asks for (Ctrl-C). The engine starts nothing more, asks its plugins to stop, and waits for what they are doing;
 * so nothing here may wait for long, and nothing that was sent may be forgotten.
 */

/** Whether a stop was asked for, and what follows from it. */
export interface Cancellation {
  readonly request: () => void
  readonly requested: () => boolean
  /** Requests that still have a little time, and then are given up. */
  readonly around: (fetch: Fetch) => Fetch
  /** Capabilities whose pauses end when the run does. */
  readonly stoppable: (env: Env) => Env
}

/** How long things may take from then on, ms. */
export interface Patience {
  /** An answer to what was on its way: it tells of a thing that the platform has made. */
  readonly answer: number
  /** All that follows from it: a look at what a lost answer has left. */
  readonly looks: number
}

const usual: Patience = { answer: 5000, looks: 8000 }

const unanswered = (seconds: number): TransportFault => ({
  _tag: 'TransportFault',
  sent: true,
  passing: false,
  cause: `the run was cancelled, and no answer came within ${seconds} s`
})

const notSent: TransportFault = {
  _tag: 'TransportFault',
  sent: false,
  passing: false,
  cause: 'the run was cancelled, so it was not sent'
}

/** After a stop no loop may spin, whatever it waits for. Milliseconds. */
const shortest = 100

export const cancellation = (now: () => number, patience: Patience = usual): Cancellation => {
  let at: number | undefined
  const waiting = new Set<() => void>()

  /** What a promise gives, or something else when the run is cancelled and that much time has passed since. */
  const within = <A>(promise: Promise<A>, delay: number, otherwise: () => A): Promise<A> =>
    new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined
      const stop = (): void => {
        timer = setTimeout(() => {
          resolve(otherwise())
        }, delay)
      }
      if (at === undefined) waiting.add(stop)
      else stop()
      promise.then(resolve, reject).finally(() => {
        waiting.delete(stop)
        clearTimeout(timer)
      })
    })

  const around =
    (fetch: Fetch): Fetch =>
    (request) =>
    async () => {
      const delay = at === undefined ? patience.answer : at + patience.looks - now()
      return delay <= 0
        ? E.left(notSent)
        : within(fetch(request)(), delay, () => E.left(unanswered(Math.ceil(delay / 1000))))
    }

  return {
    request: () => {
      if (at !== undefined) return
      at = now()
      for (const stop of waiting) stop()
      waiting.clear()
    },
    requested: () => at !== undefined,
    around,
    stoppable: (env) => ({
      ...env,
      cancelled: () => at !== undefined,
      sleep: (ms) => within(env.sleep(ms), Math.min(ms, shortest), () => undefined),
      // Who waits for his turn is told that there is nothing to be sent any more.
      pacer: { ...env.pacer, turn: (until) => within(env.pacer.turn(until), 0, () => true) }
    })
  }
}
