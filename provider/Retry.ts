import * as O from 'fp-ts/Option'

/** How one attempt of a request ended, as far as a further attempt depends on it. Times are in milliseconds. */
export type Outcome =
  /** No connection was made, so nothing was sent. */
  | { readonly _tag: 'Unreachable' }
  /** Sent, and then a timeout or a broken connection. */
  | { readonly _tag: 'Lost' }
  | { readonly _tag: 'Status'; readonly status: number; readonly retryAfter: O.Option<number> }

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export interface Attempt {
  readonly method: Method
  /** Number of attempts that have been made, from 1. */
  readonly made: number
  readonly maxRetries: number
  readonly outcome: Outcome
  /** Chance, from 0 (inclusive) to 1 (exclusive). */
  readonly random: number
}

/** Longest computed pause. What the server asks for may be longer. */
export const capMs = 30_000
const baseMs = 500

/** Exponential back-off with full jitter. */
const backOff = (made: number, random: number): number => Math.round(random * Math.min(capMs, baseMs * 2 ** (made - 1)))

type Verdict = 'no' | 'counted' | 'untilDeadline'

/** A repeat is safe for a method that has the same effect once or twice, or where the request was not carried out. */
const verdict = (method: Method, outcome: Outcome): Verdict => {
  const idempotent = method === 'GET' || method === 'DELETE'
  switch (outcome._tag) {
    case 'Unreachable':
      return 'counted'
    case 'Lost':
      return idempotent ? 'counted' : 'no'
    case 'Status':
      switch (outcome.status) {
        case 429:
          return 'counted'
        case 503:
          return idempotent || O.isSome(outcome.retryAfter) ? 'counted' : 'no'
        case 408:
        case 425:
        case 500:
        case 502:
        case 504:
          return idempotent ? 'counted' : 'no'
        case 423:
          return 'untilDeadline'
        case 409:
          // A conflicting Add may mean that the name is taken; only a look at the platform can tell.
          return method === 'POST' ? 'no' : 'untilDeadline'
        default:
          return 'no'
      }
  }
}

/**
 * Whether a request is sent again, and after how many milliseconds: the one place where this is decided.
 *
 * `GET` and `DELETE` are repeated after connection errors, 408, 425, 429, 500, 502, 503 and 504. `POST` and `PATCH` only where
 * nothing was carried out: no connection, 429, and 503 with `Retry-After`. 409 and 423 mean that something else is being done
 * there, and are waited for until the deadline of the operation (the caller's business). `Retry-After` wins over the
 * computed pause; chance is added to it, so that a fleet that was stopped together does not return together.
 *
 * @example
 * import * as assert from 'node:assert'
 * import * as O from 'fp-ts/Option'
 * import { next } from '../provider/Retry'
 *
 * const lost = { _tag: 'Lost' } as const
 * assert.deepStrictEqual(next({ method: 'POST', made: 1, maxRetries: 5, outcome: lost, random: 0.5 }), O.none)
 * assert.deepStrictEqual(next({ method: 'GET', made: 2, maxRetries: 5, outcome: lost, random: 0.5 }), O.some(500))
 */
export const next = ({ method, made, maxRetries, outcome, random }: Attempt): O.Option<number> => {
  const decided = verdict(method, outcome)
  if (decided === 'no' || (decided === 'counted' && made > maxRetries)) return O.none
  const asked = outcome._tag === 'Status' ? outcome.retryAfter : O.none
  return O.some(O.isSome(asked) ? asked.value + Math.round(random * baseMs) : backOff(made, random))
}

/**
 * `Retry-After` (RFC 9110, section 10.2.3) in milliseconds from `now`: a number of seconds or an HTTP date. A date in the
 * past is 0; anything else is none.
 */
export const retryAfter = (header: string | undefined, now: number): O.Option<number> => {
  const value = header?.trim() ?? ''
  if (/^\d+$/.test(value)) return O.some(Number(value) * 1000)
  // JavaScript takes many a text for a date; an HTTP date begins with the day of the week.
  const date = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? O.none : O.some(Math.max(0, date - now))
}
