import * as assert from 'node:assert'
import nock from 'nock'
import { version } from '../../../provider/version'
import { accessToken, baseUrl, nthId } from '../../support/TestEnv'

/**
 * Scripted answers. Importing this file keeps every test of the run off the network, but for simulators and plugins on this machine, and lets
 * none end with an answer that nobody asked for.
 */
before(() => {
  nock.enableNetConnect('127.0.0.1')
})

afterEach(function () {
  const left = nock.pendingMocks()
  nock.abortPendingRequests()
  nock.cleanAll()
  // A hook that fails ends the whole run, so a test that has failed already is left at that.
  if (this.currentTest?.state === 'passed') assert.deepStrictEqual(left, [], 'scripted answers that nobody asked for')
})

/** A request as it was sent, as a whole. */
export interface Sent {
  readonly method: string
  /** With the query. */
  readonly url: string
  /** Without those that node or node-fetch adds by itself. */
  readonly headers: Readonly<Record<string, string>>
  /** A JSON value, or the text of another body; absent without one. */
  readonly body?: unknown
}

/** What comes back: a status with a body (an object is sent as JSON), or the code of a broken connection. */
export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly broken: string }

/** The answer of a call that went well. */
export const ok = (body: unknown): Answer => ({ status: 200, body })

const addedBelow = new Set(['host', 'connection', 'accept-encoding', 'content-length'])

const headersOf = (headers: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !addedBelow.has(name))
      .map(([name, value]) => [name, String(value)])
  )

const textOf = (body: unknown): string =>
  body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)

/**
 * Answers the next requests to `origin`, one answer a request of that method, in this order.
 *
 * @param script answers by method, or by method and path (`GET /tenantui/x`) where the order is for chance to decide
 * @param sent where the requests are kept; one list may serve several origins
 * @returns the requests so far; it grows
 */
export const answers = (
  script: ReadonlyArray<readonly [call: string, answer: Answer]>,
  origin = new URL(baseUrl).origin,
  sent: Array<Sent> = []
): Array<Sent> => {
  for (const [call, answer] of script) {
    const [method = '', path] = call.split(' ')
    nock(origin)
      .intercept((url) => path === undefined || path === url, method)
      .reply(function (url, body, end) {
        sent.push({ method, url, headers: headersOf(this.req.headers), ...(body === '' ? {} : { body }) })
        if ('broken' in answer) {
          end(Object.assign(new Error('broken by the script'), { code: answer.broken }), [0])
          return
        }
        const json = typeof answer.body === 'object'
        end(null, [
          answer.status,
          textOf(answer.body),
          { ...(json ? { 'content-type': 'application/json' } : {}), ...answer.headers }
        ])
      })
  }
  return sent
}

/** The headers of a request of the first operation of a test environment. */
export const headers = (withBody: boolean, token = accessToken, id = nthId(1)): Readonly<Record<string, string>> => ({
  accept: 'application/json',
  authorization: `Bearer ${token}`,
  'user-agent': `pulumi-audiocodes-live/${version}`,
  'x-correlation-id': id,
  ...(withBody ? { 'content-type': 'application/json' } : {})
})
