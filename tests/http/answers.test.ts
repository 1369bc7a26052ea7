import * as assert from 'node:assert'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import * as Http from '../../provider/Http'
import { operation } from '../../provider/Operations'
import type { Method } from '../../provider/Retry'
import { nthId, testEnv, valueOf } from '../support/TestEnv'
import { type Answer, answers, ok } from './support/Scripted'
import { call, exchange, failure, sentFor } from './support/Thing'

const methods: ReadonlyArray<Method> = ['GET', 'POST', 'PATCH', 'DELETE']

const page = '<!doctype html><html><head><title>Sign in</title></head><body>hunter2</body></html>'

describe('http: a success that is not as documented', () => {
  const rows: ReadonlyArray<readonly [name: string, answer: Answer, fault: string]> = [
    ['an empty body', { status: 200 }, 'expected JSON, got an empty body'],
    ['204', { status: 204 }, 'expected JSON, got an empty body'],
    ['blanks', { status: 200, body: ' \n' }, 'expected JSON, got an empty body'],
    ['a page', { status: 200, body: page }, 'expected JSON, got HTML or XML'],
    ['half a JSON text', { status: 200, body: '{ "value": 1' }, 'expected JSON, got something else'],
    ['no JSON', { status: 200, body: 'hunter2' }, 'expected JSON, got something else'],
    ['a bare number', { status: 200, body: '1' }, 'expected Thing'],
    ['a bare text', { status: 200, body: '"hunter2"' }, 'expected Thing'],
    ['null', { status: 200, body: 'null' }, 'expected Thing'],
    ['a list', ok([{ value: 1 }]), 'expected Thing'],
    ['a field of the wrong type', ok({ value: 'hunter2' }), 'value: expected number'],
    ['a field that is missing', ok({ other: 1 }), 'value: expected number']
  ]
  for (const method of methods) {
    for (const [name, answer, fault] of rows) {
      it(`${method}: ${name} is a breach of contract, not repeated, and told without the value`, async () => {
        const { ended, sent } = await call(method, [answer])
        const status = 'status' in answer ? answer.status : undefined
        const expected = failure({ _tag: 'Contract', exchange: exchange(method, status), faults: [fault] })
        assert.deepStrictEqual([ended, sent], [expected, [sentFor(method)]])
      })
    }
  }
  it('201 with the documented body is a success', async () => {
    const { ended } = await call('POST', [{ status: 201, body: { value: 2, more: true } }])
    assert.deepStrictEqual(ended, { value: { value: 2, more: true } })
  })
})

describe('http: redirects', () => {
  for (const method of methods) {
    for (const status of [301, 302, 303, 307, 308]) {
      it(`${status} to ${method} is not followed`, async () => {
        const { ended, sent } = await call(method, [
          { status, body: page, headers: { location: 'https://live.example.net/login' } }
        ])
        const expected = failure({ _tag: 'Rejected', exchange: exchange(method, status), words: ['Sign in'] })
        assert.deepStrictEqual([ended, sent], [expected, [sentFor(method)]])
      })
    }
  }
})

describe('http: the own words of the platform', () => {
  const validation = {
    errors: { TenantId: ['already known', 'too long'], $: 'no JSON' },
    type: 'https://tools.ietf.org/html/rfc7231#section-6.5.1',
    title: 'One or more validation errors occurred.',
    status: 400,
    traceId: '00-aaaa-bbbb-00'
  }
  const problem = {
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    detail: 'The customer has a site location of this name already.',
    instance: '/tenantui/api/v2/customer',
    errorTicket: 'ticket-1',
    errorCode: 'DuplicateSiteName',
    traceId: 'trace-1'
  }
  const messages = {
    executionMessages: [
      { level: 'Information', message: 'Starting SBC Programming.' },
      { level: 'Error', message: 'The SBC is offline.' }
    ]
  }
  const rows: ReadonlyArray<
    readonly [name: string, body: unknown, words: ReadonlyArray<string>, serverIds: ReadonlyArray<string>]
  > = [
    ['execution messages', messages, ['Starting SBC Programming.', 'The SBC is offline.'], []],
    [
      'a validation problem',
      validation,
      ['TenantId: already known', 'TenantId: too long', '$: no JSON'],
      ['00-aaaa-bbbb-00']
    ],
    [
      'problem details',
      problem,
      ['Conflict', 'The customer has a site location of this name already.', 'code DuplicateSiteName'],
      ['trace-1', 'ticket-1']
    ],
    ['a bare JSON text', '"Customer with 1 not found"', ['Customer with 1 not found'], []],
    ['names in another case', { Title: 'No', DETAIL: 'Not now', TraceID: 't' }, ['No', 'Not now'], ['t']],
    ['a page: its title', page, ['Sign in'], []],
    ['a plain text', 'upstream is away', ['upstream is away'], []],
    ['nothing', undefined, [], []],
    ['an empty object', {}, [], []],
    ['a list', [1, 2], [], []]
  ]
  for (const [name, body, words, serverIds] of rows) {
    for (const method of methods) {
      it(`${name}, to ${method}`, async () => {
        const { ended } = await call(method, [{ status: 400, body }])
        assert.deepStrictEqual(ended, failure({ _tag: 'Rejected', exchange: exchange(method, 400, serverIds), words }))
      })
    }
  }
  it('a 404 is one of its own, with the words', async () => {
    const { ended } = await call('GET', [{ status: 404, body: '"Site location with 1 not found"' }])
    assert.deepStrictEqual(
      ended,
      failure({ _tag: 'NotFound', exchange: exchange('GET', 404), words: ['Site location with 1 not found'] })
    )
  })
  it('a 409 to POST is one of its own, with the words', async () => {
    const { ended } = await call('POST', [{ status: 409, body: problem }])
    assert.deepStrictEqual(
      ended,
      failure({
        _tag: 'Conflict',
        exchange: exchange('POST', 409, ['trace-1', 'ticket-1']),
        words: ['Conflict', 'The customer has a site location of this name already.', 'code DuplicateSiteName']
      })
    )
  })
  it('a 500 keeps them too', async () => {
    const { ended } = await call('PATCH', [{ status: 500, body: messages }])
    assert.deepStrictEqual(
      ended,
      failure({
        _tag: 'Lost',
        exchange: exchange('PATCH', 500),
        cause: 'status 500',
        words: ['Starting SBC Programming.', 'The SBC is offline.']
      })
    )
  })
  it('secrets in them are replaced: those of the operation, and the token', async () => {
    const body = '"user u-100 with hunter2 and Bearer test-access-token was refused"'
    const { ended } = await call('POST', [{ status: 400, body }], {}, { secrets: ['hunter2'] })
    assert.deepStrictEqual(
      ended,
      failure({
        _tag: 'Rejected',
        exchange: exchange('POST', 400),
        words: ['user u-100 with [secret] and Bearer [secret] was refused']
      })
    )
  })
})

describe('http: ids', () => {
  const idHeaders = {
    'x-request-id': 'a',
    'request-id': 'b',
    'x-ms-request-id': 'c',
    'x-trace-id': 'd',
    traceid: 'e'
  }
  it('the own ids of the platform come from headers and body, each once', async () => {
    const { ended } = await call('GET', [{ status: 400, body: { traceId: 'f', errorTicket: 'a' }, headers: idHeaders }])
    assert.deepStrictEqual(
      ended,
      failure({ _tag: 'Rejected', exchange: exchange('GET', 400, ['a', 'b', 'c', 'd', 'e', 'f']), words: [] })
    )
  })
  it('every try of a request has the same correlation id, as has every request of an operation, and the next one another', async () => {
    const sent = answers([
      ['GET', { status: 500 }],
      ['GET', ok({})],
      ['PATCH', ok({})],
      ['GET', { broken: 'ECONNRESET' }],
      ['GET', ok({})]
    ])
    const { env } = testEnv()
    const get = Http.send({ method: 'GET', path: '/api/v2/thing', answer: t.UnknownRecord })
    const patch = Http.send({ method: 'PATCH', path: '/api/v2/thing', body: {}, answer: t.UnknownRecord })
    await valueOf(
      operation(
        'update',
        []
      )(
        pipe(
          get,
          RTE.chain(() => patch)
        )
      ),
      env
    )
    await valueOf(operation('read', [])(get), env)
    assert.deepStrictEqual(
      sent.map(({ method, headers }) => [method, headers['x-correlation-id']]),
      [
        ['GET', nthId(1)],
        ['GET', nthId(1)],
        ['PATCH', nthId(1)],
        ['GET', nthId(2)],
        ['GET', nthId(2)]
      ]
    )
  })
  it('those of writes are kept for the outputs, eight at most; those of reads are not', async () => {
    answers([
      ['GET', { status: 200, body: {}, headers: { 'x-request-id': 'read' } }],
      ['PATCH', { status: 429, body: { traceId: 'w2' }, headers: { 'x-request-id': 'w1' } }],
      ['PATCH', { status: 200, body: {}, headers: { 'x-request-id': 'w1' } }],
      ...Array.from({ length: 8 }, (_, n): readonly [string, Answer] => [
        'PATCH',
        { status: 200, body: {}, headers: { 'x-request-id': `w${n + 3}` } }
      ])
    ])
    const { env } = testEnv()
    const kept: Array<string> = []
    const within = { ...env, operation: { ...env.operation, deadline: Infinity, serverIds: kept } }
    await valueOf(Http.send({ method: 'GET', path: '/api/v2/thing', answer: t.UnknownRecord }), within)
    for (let n = 0; n < 9; n++) {
      await valueOf(Http.send({ method: 'PATCH', path: '/api/v2/thing', body: {}, answer: t.UnknownRecord }), within)
    }
    assert.deepStrictEqual(kept, ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8'])
  })
})
