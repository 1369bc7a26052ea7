import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import type * as t from 'io-ts'
import { decode, isUuid } from './Decode'
import type { AuditEnd, AuditSubject, Env, NoToken, Program, RawAnswer, TransportFault } from './Env'
import { type Exchange, type ProviderError, deadline, exchangeOf, refused } from './Errors'
import * as Problems from './Problems'
import * as Retry from './Retry'
import { redactJson, redactText } from './Secrets'

/** A request in the terms of the API. */
export interface Request<A> {
  readonly method: Retry.Method
  /** Below the base URL, e.g. `/api/v2/task/tsk_1`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly answer: t.Decoder<unknown, A>
  /** What the audit log says of a write. */
  readonly audit?: AuditSubject
}

const idHeaders = ['x-request-id', 'request-id', 'x-ms-request-id', 'x-trace-id', 'traceid']

const serverIdsOf = ({ headers, status, body }: RawAnswer, scrub: (text: string) => string): ReadonlyArray<string> => [
  ...new Set(
    [...idHeaders.flatMap((name) => headers[name] ?? []), ...(status < 400 ? [] : Problems.traceIds(body))].map(scrub)
  )
]

const limitOf = (env: Env, method: Retry.Method): number =>
  1000 * (method === 'POST' || method === 'PATCH' ? env.settings.programTimeout : env.settings.requestTimeout)

/** A part of a path as it was before it was encoded. */
const plainPart = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/**
 * A path for messages and for the wire log. Its last part may be an id of the platform's own making, which may be anything that it was
 * sent; a uuid is none of that.
 */
const shownPath = (path: string, scrub: (text: string) => string): string =>
  path.replace(/[^/]+$/, (last) => {
    const scrubbed = scrub(plainPart(last))
    return isUuid(last) || scrubbed === plainPart(last) ? last : scrubbed
  })

/** A creation is not begun again without the time to see how it ends: nobody would know of the connection. */
export const timeToSee = ({ settings }: Env, method: Retry.Method): number =>
  method === 'POST' ? 1000 * Math.min(settings.programTimeout, settings.operationTimeout / 2) : 0

const urlOf = (env: Env, request: Request<unknown>): string => {
  const query = new URLSearchParams(request.query).toString()
  return `${env.settings.baseUrl}${request.path}${query === '' ? '' : `?${query}`}`
}

/** The ids of writes are kept in the state; a few tell enough. */
const remember = (kept: Array<string>, ids: ReadonlyArray<string>): void => {
  for (const id of ids) if (!kept.includes(id) && kept.length < 8) kept.push(id)
}

type Attempted = E.Either<TransportFault | NoToken, RawAnswer>

/** The wire log keeps the structure of both bodies; the secrets in it are replaced. */
const record = (env: Env, request: Request<unknown>, attempt: number, began: number, result: Attempted): void => {
  if (env.trace === undefined) return
  const { scrub, correlationId } = env.operation
  env.trace({
    time: new Date(began).toISOString(),
    correlationId,
    method: request.method,
    path: shownPath(request.path, scrub),
    ...(request.query === undefined ? {} : { query: redactJson(request.query, scrub) }),
    attempt,
    ms: env.now() - began,
    ...(request.body === undefined ? {} : { request: redactJson(request.body, scrub) }),
    ...(E.isRight(result)
      ? { status: result.right.status, response: redactText(result.right.body, scrub) }
      : { fault: result.left._tag === 'NoToken' ? 'no token' : result.left.cause })
  })
}

const outcomeOf = (result: Attempted, now: number): O.Option<Retry.Outcome> => {
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

/** Whether the platform may have done what was asked. A 408 or 5xx says nothing of what was done before it. */
const mayBeCarriedOut = (result: Attempted, now: number): boolean => {
  if (E.isLeft(result)) return result.left._tag === 'TransportFault' && result.left.sent
  const { status, headers } = result.right
  return (
    status < 300 ||
    status === 408 ||
    (status >= 500 && !(status === 503 && O.isSome(Retry.retryAfter(headers['retry-after'], now))))
  )
}

/** The value of an answer, or the error that it is. */
const read = <A>(env: Env, request: Request<A>, exchange: Exchange, result: Attempted): E.Either<ProviderError, A> => {
  if (E.isLeft(result)) {
    const fault = result.left
    if (fault._tag === 'NoToken') {
      const { url, status, words } = fault.error
      const { correlationId } = exchange
      const asked: Exchange = {
        method: 'POST',
        url,
        correlationId,
        serverIds: [],
        ...(status === undefined ? {} : { status })
      }
      return E.left({ _tag: 'Unauthorised', exchange: asked, words: words.map(env.operation.scrub) })
    }
    return E.left(
      fault.sent
        ? { _tag: 'Lost', exchange, cause: fault.cause, words: [] }
        : { _tag: 'Unreachable', exchange, cause: fault.cause }
    )
  }
  const { status, body } = result.right
  if (status >= 200 && status < 300) {
    const json = Problems.parse(body)
    const decoded = E.isLeft(json) ? E.left([json.left]) : decode(request.answer, json.right)
    if (E.isRight(decoded)) return decoded
    // The path of a fault may hold names that the platform chose.
    const faults = decoded.left.map((fault) => fault.replace(/^.*(?=: )/s, env.operation.scrub))
    return E.left({ _tag: 'Contract', exchange, faults })
  }
  const words = Problems.words(body, env.operation.scrub)
  if (status === 401) return E.left({ _tag: 'Unauthorised', exchange, words })
  if (status === 404) return E.left({ _tag: 'NotFound', exchange, words })
  if (status === 409 && request.method === 'POST') return E.left({ _tag: 'Conflict', exchange, words })
  return E.left(
    mayBeCarriedOut(result, env.now())
      ? { _tag: 'Lost', exchange, cause: `status ${status}`, words }
      : { _tag: 'Rejected', exchange, words }
  )
}

/** How a write ended, in the words of the audit log. A success status with an `Error` among the messages is no success. */
const resultOf = (end: E.Either<ProviderError, unknown>): string => {
  if (E.isLeft(end)) {
    const status = exchangeOf(end.left)?.status
    return `${end.left._tag.toLowerCase()}${status === undefined ? '' : ` ${status}`}`
  }
  const { executionMessages = [] } = end.right as { readonly executionMessages?: ReadonlyArray<{ level?: string }> }
  return executionMessages.some(({ level }) => level === 'Error') ? 'answered with an error message' : 'answered'
}

/** Begins the line of a write in the audit log; a read has none. */
const auditing = ({ audit, operation }: Env, request: Request<unknown>, attempt: number): ((end: AuditEnd) => void) =>
  request.audit === undefined
    ? () => undefined
    : audit({ method: request.method, attempt, ...request.audit, correlationId: operation.correlationId })

/** Why nothing more may be sent. */
const stopped = (env: Env, { method, url }: Exchange): E.Either<ProviderError, number> => {
  if (!env.engineIsAlive()) return E.left(refused('The Pulumi engine is gone, so nothing more is sent'))
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
    const url = urlOf(env, request)
    const { correlationId } = env.operation
    const bare: Exchange = {
      method: request.method,
      url: `${env.settings.baseUrl}${shownPath(request.path, env.operation.scrub)}`,
      correlationId,
      serverIds: []
    }
    /** The end of a write that was not sent has its line too. */
    const unsent = (attempt: number, end: E.Either<ProviderError, never>): E.Either<ProviderError, never> => {
      auditing(env, request, attempt)({ result: resultOf(end), serverIds: [] })
      return end
    }
    if (env.settings.readOnly && request.method !== 'GET') return unsent(1, E.left(readOnlyRefusal(request.method)))
    let told = false
    let renewed = false
    let made = 1
    for (let attempt = 1; ; attempt++) {
      const held = !(await env.pacer.turn(env.operation.deadline))
      if (held) return unsent(attempt, E.left(heldTooLong(env, bare)))
      const before = stopped(env, bare)
      if (E.isLeft(before)) return unsent(attempt, before)
      const token = await env.tokens.token()
      // The token may have taken its time.
      const left = stopped(env, bare)
      if (E.isLeft(left)) return unsent(attempt, left)
      const endLine = auditing(env, request, attempt)
      const began = env.now()
      const result: Attempted = E.isLeft(token)
        ? token
        : await env.fetch({
            method: request.method,
            url,
            headers: {
              accept: 'application/json',
              authorization: `Bearer ${token.right}`,
              'x-correlation-id': correlationId,
              ...(request.body === undefined ? {} : { 'content-type': 'application/json' })
            },
            ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
            timeout: Math.min(limitOf(env, request.method), left.right)
          })()
      record(env, request, attempt, began, result)
      const serverIds = E.isRight(result) ? serverIdsOf(result.right, env.operation.scrub) : []
      if (request.method !== 'GET') {
        remember(env.operation.serverIds, serverIds)
        if (mayBeCarriedOut(result, env.now())) env.operation.effect.mayBe = true
      }
      const exchange = { ...bare, serverIds, ...(E.isRight(result) ? { status: result.right.status } : {}) }
      const end = read(env, request, exchange, result)
      endLine({ result: resultOf(end), serverIds })

      // Throttling is meant for all that comes from here, not only for this request.
      if (E.isRight(result) && exchange.status === 429) {
        const asked = Retry.retryAfter(result.right.headers['retry-after'], env.now())
        if (O.isSome(asked)) env.pacer.holdUntil(env.now() + asked.value)
      }
      if (!renewed && E.isRight(token) && exchange.status === 401) {
        renewed = true
        const other = await env.tokens.after(token.right)()
        // A token that could not be had just now is asked for again, as the first one is.
        if (E.isLeft(other) ? other.left.passing : other.right !== token.right) continue
        if (E.isLeft(other)) return read(env, request, exchange, other)
      }
      const again = pipe(
        outcomeOf(result, env.now()),
        O.chain((outcome) =>
          Retry.next({
            method: request.method,
            made,
            maxRetries: env.settings.maxRetries,
            outcome,
            random: env.random()
          })
        )
      )
      const busy = exchange.status === 409 || exchange.status === 423
      if (O.isSome(again) && busy && !told) {
        told = true
        env.warn(
          `${request.method} ${bare.url}: something else is being done there (${exchange.status}). Waiting for it.`
        )
      }
      if (O.isNone(again)) return end
      if (env.now() + again.value + timeToSee(env, request.method) >= env.operation.deadline) {
        return busy && E.isLeft(end) && 'words' in end.left
          ? E.left(
              deadline(
                `the end of what makes the platform answer ${exchange.status} to ${request.method}`,
                env.settings.operationTimeout,
                [...(env.operation.effect.mayBe ? [] : ['nothing was changed']), ...end.left.words].join('; ')
              )
            )
          : end
      }
      made += 1
      await env.sleep(again.value)
    }
  }
