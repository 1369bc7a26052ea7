import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import type { ProviderError } from '../../../provider/Errors'
import * as Http from '../../../provider/Http'
import { operation } from '../../../provider/Operations'
import type { Method } from '../../../provider/Retry'
import type { Settings } from '../../../provider/Settings'
import { type Extras, type TestEnv, baseUrl, nthId, testEnv } from '../../support/TestEnv'
import { type Answer, type Sent, answers, headers } from './Scripted'

/** A made-up resource with made-up calls, for tests of what holds for every call. */

const Thing = t.type({ value: t.number }, 'Thing')

export const path = '/api/v2/thing'
export const url = `${baseUrl}${path}`

/** A body for the methods that have one. */
export const bodyOf = (method: Method): unknown =>
  method === 'POST' || method === 'PATCH' ? { name: 'branch-07' } : undefined

/** The one request that the thing's call is, however often it is sent. */
export const sentFor = (method: Method): Sent => {
  const body = bodyOf(method)
  return {
    method,
    url: `/tenantui${path}`,
    headers: headers(body !== undefined),
    ...(body === undefined ? {} : { body })
  }
}

/** What became of a call: its value, or its error. */
export type Ended = { readonly value: unknown } | { readonly error: ProviderError }

/**
 * The end of a call that failed. Every error carries the correlation id of its operation, and says whether something may have been changed:
 * by a write that was sent and did not get a clear no.
 */
export const failure = (error: ProviderError): Ended => {
  const unclear = error._tag === 'Lost' || error._tag === 'Contract'
  const mayHaveChanged = unclear && error.exchange.method !== 'GET' ? { mayHaveChanged: true } : {}
  return { error: { ...error, correlationId: nthId(1), ...mayHaveChanged } }
}

export interface Called extends TestEnv {
  readonly ended: Ended
  readonly sent: ReadonlyArray<Sent>
}

/** Calls the thing with scripted answers. */
export const call = async (
  method: Method,
  script: ReadonlyArray<Answer>,
  changes: Partial<Settings> = {},
  { secrets = [], ...extras }: Extras & { readonly secrets?: ReadonlyArray<string> } = {}
): Promise<Called> => {
  const sent = answers(script.map((answer) => [method, answer]))
  const world = testEnv(changes, extras)
  const body = bodyOf(method)
  const program = Http.send({ method, path, ...(body === undefined ? {} : { body }), answer: Thing })
  const result = await operation('lookup', secrets)(program)(world.env)()
  return { ...world, sent, ended: E.isRight(result) ? { value: result.right } : { error: result.left } }
}

/** What an error says of the exchange that it came from. */
export const exchange = (method: Method, status?: number, serverIds: ReadonlyArray<string> = []) => ({
  method,
  url,
  correlationId: nthId(1),
  serverIds,
  ...(status === undefined ? {} : { status })
})
