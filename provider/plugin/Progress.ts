import type { Env } from '../Env'

/** What is waited for, on the line of the resource: `SBC programming, task tsk_1, 40 s`. */

/**
 * A line every period of a wait, counted from its beginning; a short wait has none.
 *
 * @param say shows a line
 * @param period ms
 */
export const reporting =
  (say: (text: string) => void, now: () => number, period: number): Env['progress'] =>
  (what, since = now()) => {
    const elapsed = (): number => now() - since
    let timer: NodeJS.Timeout
    const next = (): void => {
      timer = setTimeout(
        () => {
          say(`${what}, ${Math.round(elapsed() / 1000)} s`)
          next()
        },
        period - (elapsed() % period)
      )
      timer.unref()
    }
    next()
    return () => {
      clearTimeout(timer)
    }
  }
