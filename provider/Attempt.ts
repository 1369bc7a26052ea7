import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type * as t from 'io-ts'
import { decode, isUuid } from './Decode'
import type { AuditEnd, AuditSubject, Env, NoToken, RawAnswer, TransportFault } from './Env'
import { type Exchange, type ProviderError, exchangeOf } from './Errors'
import * as Problems from './Problems'
import * as Retry from './Retry'
import { redactJson, redactText } from './Secrets'

/** One attempt of a request: sent once, told to both logs, and its answer read. `Http.send` decides about the next one. */

/** A request in the terms of the API. */
export interface Request<A> {
  readonly method: Retry.Method
  /** Below the base URL, e.g. `/api/v2/task/tsk_1`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly answer: t.Decoder<unknown, A>
  /** What the empty body of a success stands for. Default: such an answer is not as documented. */
  readonly ifEmpty?: unknown
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

const urlOf = (env: Env, request: Request<unknown>): string => {
  const query = new URLSearchParams(request.query).toString()
  return `${env.settings.baseUrl}${request.path}${query === '' ? '' : `?${query}`}`
}

/** The ids of writes are kept in the state; a few tell enough. */
const remember = (kept: Array<string>, ids: ReadonlyArray<string>): void => {
  for (const id of ids) if (!kept.includes(id) && kept.length < 8) kept.push(id)
}

/** What came of it, before it is read. */
export type Result = E.Either<TransportFault | NoToken, RawAnswer>

/** The wire log keeps the structure of both bodies; the secrets in it are replaced. */
const record = (env: Env, request: Request<unknown>, attempt: number, began: number, result: Result): void => {
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

/** Whether the platform may have done what was asked. A 408 or 5xx says nothing of what was done before it. */
const mayBeCarriedOut = (result: Result, now: number): boolean => {
  if (E.isLeft(result)) return result.left._tag === 'TransportFault' && result.left.sent
  const { status, headers } = result.right
  return (
    status < 300 ||
    status === 408 ||
    (status >= 500 && !(status === 503 && O.isSome(Retry.retryAfter(headers['retry-after'], now))))
  )
}

/** The value of an answer, or the error that it is. */
export const read = <A>(
  env: Env,
  request: Request<A>,
  exchange: Exchange,
  result: Result
): E.Either<ProviderError, A> => {
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
    const json = body.trim() === '' && 'ifEmpty' in request ? E.right(request.ifEmpty) : Problems.parse(body)
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

/** The part of an exchange that is known before it. */
export const exchangeBefore = (env: Env, { method, path }: Request<unknown>): Exchange => ({
  method,
  url: `${env.settings.baseUrl}${shownPath(path, env.operation.scrub)}`,
  correlationId: env.operation.correlationId,
  serverIds: []
})

/** The end of a write that was not sent has its line in the audit log too. */
export const unsent = (
  env: Env,
  request: Request<unknown>,
  attempt: number,
  error: ProviderError
): E.Either<ProviderError, never> => {
  const end = E.left(error)
  auditing(env, request, attempt)({ result: resultOf(end), serverIds: [] })
  return end
}

/** What came of an attempt. */
export interface Attempted<A> {
  readonly result: Result
  readonly exchange: Exchange
  /** Its value, or the error that it is. */
  readonly end: E.Either<ProviderError, A>
}

/** What an attempt needs beside its request. */
export interface Attempt {
  /** From 1. */
  readonly number: number
  readonly token: E.Either<NoToken, string>
  /** Time that is left for it, ms. */
  readonly left: number
}

/** A write takes its time, for the platform programs an SBC before it answers. */
const awaited = ({ progress }: Env, method: Retry.Method): (() => void) =>
  method === 'GET' ? () => undefined : progress(`waiting for the answer to ${method}`)

/** Makes one attempt; without a token nothing is sent, and that is told. */
export const attempt = async <A>(
  env: Env,
  request: Request<A>,
  { number, token, left }: Attempt
): Promise<Attempted<A>> => {
  const { method, body } = request
  const endLine = auditing(env, request, number)
  const began = env.now()
  const answered = awaited(env, method)
  const result: Result = E.isLeft(token)
    ? token
    : await env.fetch({
        method,
        url: urlOf(env, request),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token.right}`,
          'x-correlation-id': env.operation.correlationId,
          ...(body === undefined ? {} : { 'content-type': 'application/json' })
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        timeout: Math.min(limitOf(env, method), left)
      })()
  answered()
  record(env, request, number, began, result)
  const serverIds = E.isRight(result) ? serverIdsOf(result.right, env.operation.scrub) : []
  if (method !== 'GET') {
    remember(env.operation.serverIds, serverIds)
    if (mayBeCarriedOut(result, env.now())) env.operation.effect.mayBe = true
  }
  const exchange = {
    ...exchangeBefore(env, request),
    serverIds,
    ...(E.isRight(result) ? { status: result.right.status } : {})
  }
  const end = read(env, request, exchange, result)
  endLine({ result: resultOf(end), serverIds })
  return { result, exchange, end }
}
