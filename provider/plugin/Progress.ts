import type { Env, Fetch } from '../Env'

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

/** Requests that write take their time, for the platform programs an SBC before it answers. */
const writing =
  (fetch: Fetch, progress: Env['progress']): Fetch =>
  (request) =>
  async () => {
    if (request.method === 'GET') return fetch(request)()
    const end = progress(`waiting for the answer to ${request.method}`)
    try {
      return await fetch(request)()
    } finally {
      end()
    }
  }

/** The capabilities with progress that is shown. */
export const withProgress = (env: Env, progress: Env['progress']): Env => ({
  ...env,
  progress,
  fetch: writing(env.fetch, progress)
})
