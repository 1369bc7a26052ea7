import * as assert from 'node:assert'
import type { ProviderError } from '../../provider/Errors'
import type { Method } from '../../provider/Retry'
import type { Settings } from '../../provider/Settings'
import { startOfTime } from '../support/TestEnv'
import { type Answer, ok } from './support/Scripted'
import { type Ended, call, exchange, failure, sentFor } from './support/Thing'

const done = ok({ value: 1 })
const value: Ended = { value: { value: 1 } }
const status = (code: number, retryAfter?: string): Answer => ({
  status: code,
  ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } })
})
const reset: Answer = { broken: 'ECONNRESET' }
const unreachable: Answer = { broken: 'ECONNREFUSED' }

const lost = (method: Method, code: number): Ended =>
  failure({ _tag: 'Lost', exchange: exchange(method, code), cause: `status ${code}`, words: [] })
const rejected = (method: Method, code: number): Ended =>
  failure({ _tag: 'Rejected', exchange: exchange(method, code), words: [] })
const wasReset = (method: Method): Ended =>
  failure({ _tag: 'Lost', exchange: exchange(method), cause: 'the connection was reset', words: [] })

interface Row {
  readonly name: string
  readonly method: Method
  readonly script: ReadonlyArray<Answer>
  /** Pauses in ms; there is one request more than pauses, and no answer of the script is left over. */
  readonly sleeps: ReadonlyArray<number>
  readonly ended: Ended
  readonly settings?: Partial<Settings>
}

const passing = [408, 425, 429, 500, 502, 503, 504]

const rows: ReadonlyArray<Row> = [
  {
    name: 'GET 500 500 200: the pause doubles',
    method: 'GET',
    script: [status(500), status(500), done],
    sleeps: [250, 500],
    ended: value
  },
  ...(['GET', 'DELETE'] as const).flatMap((method): ReadonlyArray<Row> => [
    ...passing.map((code) => ({
      name: `${method} ${code} 200`,
      method,
      script: [status(code), done],
      sleeps: [250],
      ended: value
    })),
    { name: `${method} reset 200`, method, script: [reset, done], sleeps: [250], ended: value },
    { name: `${method} refused 200`, method, script: [unreachable, done], sleeps: [250], ended: value },
    ...[400, 403, 405, 410, 501].map((code) => ({
      name: `${method} ${code} is final`,
      method,
      script: [status(code)],
      sleeps: [],
      ended: code === 501 ? lost(method, code) : rejected(method, code)
    }))
  ]),
  {
    name: 'GET with maxRetries 2: three requests',
    method: 'GET',
    script: [status(500), reset, status(502)],
    sleeps: [250, 500],
    ended: lost('GET', 502),
    settings: { maxRetries: 2 }
  },
  {
    name: 'GET with maxRetries 0: one request',
    method: 'GET',
    script: [reset],
    sleeps: [],
    ended: wasReset('GET'),
    settings: { maxRetries: 0 }
  },
  {
    name: 'GET: the pause ends to grow at 30 s (15 s with a chance of 0.5)',
    method: 'GET',
    script: [...Array.from({ length: 9 }, () => status(500)), done],
    sleeps: [250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000],
    ended: value,
    settings: { maxRetries: 9 }
  },
  ...(['PATCH', 'POST'] as const).flatMap((method): ReadonlyArray<Row> => [
    {
      name: `${method} 429 with Retry-After 200`,
      method,
      script: [status(429, '7'), done],
      sleeps: [7250],
      ended: value
    },
    { name: `${method} 429 200`, method, script: [status(429), done], sleeps: [250], ended: value },
    {
      name: `${method} 429 with maxRetries 1: two requests`,
      method,
      script: [status(429), status(429)],
      sleeps: [250],
      ended: rejected(method, 429),
      settings: { maxRetries: 1 }
    },
    {
      name: `${method} 503 with Retry-After 200`,
      method,
      script: [status(503, '2'), done],
      sleeps: [2250],
      ended: value
    },
    {
      name: `${method} 503 with Retry-After, which is an end without effect`,
      method,
      script: [status(503, '2')],
      sleeps: [],
      ended: rejected(method, 503),
      settings: { maxRetries: 0 }
    },
    { name: `${method} 503 is not repeated`, method, script: [status(503)], sleeps: [], ended: lost(method, 503) },
    ...[408, 500, 502, 504].map((code) => ({
      name: `${method} ${code} is not repeated, and its end not known`,
      method,
      script: [status(code, '1')],
      sleeps: [],
      ended: lost(method, code)
    })),
    {
      name: `${method} 425 is not repeated`,
      method,
      script: [status(425)],
      sleeps: [],
      ended: rejected(method, 425)
    },
    { name: `${method} reset is not repeated`, method, script: [reset], sleeps: [], ended: wasReset(method) },
    { name: `${method} refused 200`, method, script: [unreachable, done], sleeps: [250], ended: value },
    {
      name: `${method} 423 200 waits, whatever maxRetries says`,
      method,
      script: [status(423), status(423), done],
      sleeps: [250, 500],
      ended: value,
      settings: { maxRetries: 0 }
    }
  ]),
  ...(['GET', 'PATCH', 'DELETE'] as const).map((method) => ({
    name: `409 to ${method} waits until the deadline, whatever maxRetries says`,
    method,
    script: Array.from({ length: 6 }, () => status(409)),
    sleeps: [250, 500, 1000, 2000, 4000],
    ended: failure({
      _tag: 'Deadline',
      awaited: `the end of what makes the platform answer 409 to ${method}`,
      seconds: 10,
      known: 'nothing was changed'
    }),
    settings: { maxRetries: 0, operationTimeout: 10 }
  })),
  {
    name: '409 to PATCH with Retry-After 200',
    method: 'PATCH',
    script: [status(409, '5'), done],
    sleeps: [5250],
    ended: value
  },
  {
    name: '409 to POST is for the caller to judge',
    method: 'POST',
    script: [status(409)],
    sleeps: [],
    ended: failure({ _tag: 'Conflict', exchange: exchange('POST', 409), words: [] })
  },
  {
    name: 'Retry-After as a date',
    method: 'GET',
    script: [status(503, new Date(startOfTime + 90_000).toUTCString()), done],
    sleeps: [90_250],
    ended: value
  },
  {
    name: 'Retry-After as a date in the past',
    method: 'PATCH',
    script: [status(429, new Date(startOfTime - 90_000).toUTCString()), done],
    sleeps: [250],
    ended: value
  },
  {
    name: 'Retry-After that is neither: the computed pause, and to POST no promise',
    method: 'POST',
    script: [status(503, 'soon')],
    sleeps: [],
    ended: lost('POST', 503)
  },
  ...(['GET', 'PATCH'] as const).map((method) => ({
    name: `${method} 429 with Retry-After beyond the deadline ends at once`,
    method,
    script: [status(429, '1800')],
    sleeps: [],
    ended: rejected(method, 429)
  })),
  {
    name: 'Retry-After just within the deadline is waited for',
    method: 'GET',
    script: [status(429, '1799'), done],
    sleeps: [1_799_250],
    ended: value
  }
]

describe('http: retry', () => {
  for (const { name, method, script, sleeps, ended, settings } of rows) {
    it(name, async () => {
      const seen = await call(method, script, settings)
      assert.deepStrictEqual(
        { ended: seen.ended, sleeps: seen.sleeps, sent: seen.sent },
        { ended, sleeps, sent: script.map(() => sentFor(method)) }
      )
    })
  }
})

describe('http: connections that fail', () => {
  const faults: ReadonlyArray<readonly [code: string, sent: boolean, passing: boolean, cause: string]> = [
    ['ECONNREFUSED', false, true, 'connection refused'],
    ['ENOTFOUND', false, true, 'the host name is not known'],
    ['EAI_AGAIN', false, true, 'the host name cannot be looked up at the moment'],
    ['EHOSTUNREACH', false, true, 'no route to the host'],
    ['ENETUNREACH', false, true, 'the network is unreachable'],
    ['CERT_HAS_EXPIRED', false, false, 'the certificate has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', false, false, 'the certificate is for another host'],
    ['ECONNRESET', true, true, 'the connection was reset'],
    ['EPIPE', true, true, 'the connection was closed'],
    ['ETIMEDOUT', true, true, 'the connection timed out'],
    ['EOTHER', true, true, 'the connection failed (EOTHER)']
  ]
  for (const [code, mayHaveArrived, repeated, cause] of faults) {
    it(`${code}: GET is ${repeated ? '' : 'not '}repeated, and the cause is told`, async () => {
      const { ended, sent } = await call(
        'GET',
        Array.from({ length: repeated ? 2 : 1 }, () => ({ broken: code })),
        {
          maxRetries: 1
        }
      )
      const error: ProviderError = mayHaveArrived
        ? { _tag: 'Lost', exchange: exchange('GET'), cause, words: [] }
        : { _tag: 'Unreachable', exchange: exchange('GET'), cause }
      assert.deepStrictEqual([ended, sent.length], [failure(error), repeated ? 2 : 1])
    })
    it(`${code}: PATCH is ${repeated && !mayHaveArrived ? '' : 'not '}repeated`, async () => {
      const twice = repeated && !mayHaveArrived
      const { sent } = await call(
        'PATCH',
        Array.from({ length: twice ? 2 : 1 }, () => ({ broken: code })),
        {
          maxRetries: 1
        }
      )
      assert.deepStrictEqual(
        sent,
        Array.from({ length: twice ? 2 : 1 }, () => sentFor('PATCH'))
      )
    })
  }
})
