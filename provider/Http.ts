import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import { type Attempted, type Request, type Result, attempt, exchangeBefore, read, unsent } from './Attempt'
import type { Env, Program } from './Env'
import { type Exchange, type ProviderError, cancelled, deadline, refused } from './Errors'
import * as Retry from './Retry'

export type { Request } from './Attempt'

/** A creation is not begun again without the time to see how it ends: nobody would know of the connection. */
export const timeToSee = ({ settings }: Env, method: Retry.Method): number =>
  method === 'POST' ? 1000 * Math.min(settings.programTimeout, settings.operationTimeout / 2) : 0

const outcomeOf = (result: Result, now: number): O.Option<Retry.Outcome> => {
  if (E.isLeft(result)) {
    const fault = result.left
    if (!fault.passing) return O.none
    return O.some(fault._tag === 'TransportFault' && fault.sent ? { _tag: 'Lost' } : { _tag: 'Unreachable' })
  }
  const { status, headers } = result.right
  return status < 300
    ? O.none
    : O.some({ _tag: 'Status', status, retryAfter: Retry.retryAfter(headers['retry-after'], now) })
}

/** Who has sent a write may still look at what came of it; nothing else is begun any more. */
const isCancelled = (env: Env, { method }: Exchange): boolean =>
  env.cancelled() && !(method === 'GET' && env.operation.effect.mayBe)

/** Why nothing more may be sent. */
const stopped = (env: Env, exchange: Exchange): E.Either<ProviderError, number> => {
  const { method, url } = exchange
  if (!env.engineIsAlive()) return E.left(refused('The Pulumi engine is gone, so nothing more is sent'))
  if (isCancelled(env, exchange)) return E.left(cancelled('nothing more is sent'))
  const left = env.operation.deadline - env.now()
  return left > 0
    ? E.right(left)
    : E.left(
        deadline(`${method} ${url}`, env.settings.operationTimeout, 'the operation ran out of time before the request')
      )
}

const heldTooLong = ({ now, operation }: Env, { method, url }: Exchange): ProviderError =>
  deadline(
    `${method} ${url}`,
    Math.round((now() - operation.startedAt) / 1000),
    'the platform throttles, and asks to be left alone for longer than the operation may take'
  )

const readOnlyRefusal = (method: Retry.Method): ProviderError =>
  refused(
    `${method} is refused: the configuration says readOnly, so that nothing is changed`,
    'run without audiocodes-live:readOnly (AUDIOCODES_LIVE_READ_ONLY) to apply changes'
  )

/** The pause before a request is sent again, if it is. */
const pauseBefore = (env: Env, { method }: Request<unknown>, made: number, result: Result): O.Option<number> =>
  pipe(
    outcomeOf(result, env.now()),
    O.chain((outcome) =>
      Retry.next({ method, made, maxRetries: env.settings.maxRetries, outcome, random: env.random() })
    )
  )

/** Throttling is meant for all that comes from here, not only for this request. */
const holdAll = ({ pacer, now }: Env, result: Result): void => {
  if (E.isLeft(result) || result.right.status !== 429) return
  const asked = Retry.retryAfter(result.right.headers['retry-after'], now())
  if (O.isSome(asked)) pacer.holdUntil(now() + asked.value)
}

const isBusy = ({ status }: Exchange): boolean => status === 409 || status === 423

/** The end of a request for whose next attempt there is no time. */
const outOfTime = <A>(env: Env, { exchange, end }: Attempted<A>): E.Either<ProviderError, A> =>
  isBusy(exchange) && E.isLeft(end) && 'words' in end.left
    ? E.left(
        deadline(
          `the end of what makes the platform answer ${exchange.status} to ${exchange.method}`,
          env.settings.operationTimeout,
          [...(env.operation.effect.mayBe ? [] : ['nothing was changed']), ...end.left.words].join('; ')
        )
      )
    : end

/**
 * Sends a request, repeats it as `Retry.next` decides, and decodes the answer: the one function that speaks with the platform. After a
 * 401 it is sent once more, with another token, if there is one.
 *
 * Its errors: `Refused` (read-only, or the engine is gone), `Unreachable`, `Lost` (the end is not known), `Unauthorised`, `NotFound`,
 * `Conflict` (409 to a `POST`), `Rejected` (any other status), `Contract` (an answer that is not as documented), `Deadline`.
 */
export const send =
  <A>(request: Request<A>): Program<A> =>
  (env) =>
  async () => {
    const { method } = request
    const before = exchangeBefore(env, request)
    if (env.settings.readOnly && method !== 'GET') return unsent(env, request, 1, readOnlyRefusal(method))
    let told = false
    let renewed = false
    let made = 1
    for (let number = 1; ; number++) {
      if (!(await env.pacer.turn(env.operation.deadline))) return unsent(env, request, number, heldTooLong(env, before))
      const mayAsk = stopped(env, before)
      if (E.isLeft(mayAsk)) return unsent(env, request, number, mayAsk.left)
      const token = await env.tokens.token()
      // The token may have taken its time.
      const left = stopped(env, before)
      if (E.isLeft(left)) return unsent(env, request, number, left.left)
      const attempted = await attempt(env, request, { number, token, left: left.right })
      const { result, exchange, end } = attempted
      holdAll(env, result)

      if (!renewed && E.isRight(token) && exchange.status === 401) {
        renewed = true
        const other = await env.tokens.after(token.right)()
        // A token that could not be had just now is asked for again, as the first one is.
        if (E.isLeft(other) ? other.left.passing : other.right !== token.right) continue
        if (E.isLeft(other)) return read(env, request, exchange, other)
      }
      const pause = pauseBefore(env, request, made, result)
      if (O.isNone(pause)) return end
      if (isBusy(exchange) && !told) {
        told = true
        env.warn(`${method} ${exchange.url}: something else is being done there (${exchange.status}). Waiting for it.`)
      }
      if (env.now() + pause.value + timeToSee(env, method) >= env.operation.deadline) return outOfTime(env, attempted)
      made += 1
      await env.sleep(pause.value)
    }
  }
