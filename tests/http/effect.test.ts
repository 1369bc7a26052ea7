import * as assert from 'node:assert'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import * as Http from '../../provider/Http'
import { operation } from '../../provider/Operations'
import type { Method } from '../../provider/Retry'
import { errorOf, nthId, testEnv } from '../support/TestEnv'
import { type Answer, answers, ok } from './support/Scripted'
import { bodyOf, call, path, sentFor, url } from './support/Thing'

/** Whether an error says that something may have changed on the platform. */

const send = (method: Method) => {
  const body = bodyOf(method)
  return Http.send({ method, path, ...(body === undefined ? {} : { body }), answer: t.UnknownRecord })
}

/** How an operation with these requests, one after the other, fails. */
const failing = async (script: ReadonlyArray<readonly [Method, Answer]>) => {
  const sent = answers(script)
  const { env } = testEnv({ maxRetries: 0 })
  const [first, ...others] = [...new Set(script.map(([method]) => method))].map(send)
  assert.ok(first !== undefined)
  const all = others.reduce<typeof first>(
    (before, after) =>
      pipe(
        before,
        RTE.chain(() => after)
      ),
    first
  )
  const { _tag, correlationId, mayHaveChanged } = await errorOf(operation('update', [])(all), env)
  return { tag: _tag, correlationId, mayHaveChanged, sent: sent.map(({ method }) => method) }
}

const carriedOut: ReadonlyArray<readonly [name: string, answer: Answer, tag: string]> = [
  ['a success', ok({}), 'Rejected'],
  ['a success that is not understood', { status: 200 }, 'Contract'],
  ...[408, 500, 501, 502, 503, 504].map((status) => [String(status), { status }, 'Lost'] as const),
  ['a reset', { broken: 'ECONNRESET' }, 'Lost'],
  ['a time-out', { broken: 'ETIMEDOUT' }, 'Lost']
]

const notCarriedOut: ReadonlyArray<readonly [name: string, answer: Answer, tag: string]> = [
  ...[301, 400, 403, 422, 425, 429].map((status) => [String(status), { status }, 'Rejected'] as const),
  ['401', { status: 401 }, 'Unauthorised'],
  ['404', { status: 404 }, 'NotFound'],
  ['503 with Retry-After', { status: 503, headers: { 'retry-after': '2' } }, 'Rejected'],
  ['a refused connection', { broken: 'ECONNREFUSED' }, 'Unreachable'],
  ['an unknown host', { broken: 'ENOTFOUND' }, 'Unreachable']
]

describe('http: whether something may have changed', () => {
  for (const method of ['POST', 'PATCH', 'DELETE'] as const) {
    for (const [name, answer, tag] of carriedOut) {
      it(`${method}, ${name}: yes`, async () => {
        const succeeds = tag === 'Rejected'
        const ended = await failing([[method, answer], ...(succeeds ? ([['GET', { status: 403 }]] as const) : [])])
        assert.deepStrictEqual(ended, {
          tag,
          correlationId: nthId(1),
          mayHaveChanged: true,
          sent: [method, ...(succeeds ? ['GET'] : [])]
        })
      })
    }
    for (const [name, answer, tag] of notCarriedOut) {
      it(`${method}, ${name}: no`, async () => {
        assert.deepStrictEqual(await failing([[method, answer]]), {
          tag,
          correlationId: nthId(1),
          mayHaveChanged: undefined,
          sent: [method]
        })
      })
    }
  }

  for (const [name, answer, tag] of [...carriedOut.slice(1), ...notCarriedOut]) {
    it(`GET, ${name}: no`, async () => {
      assert.deepStrictEqual(await failing([['GET', answer]]), {
        tag,
        correlationId: nthId(1),
        mayHaveChanged: undefined,
        sent: ['GET']
      })
    })
  }

  it('a write of an earlier operation of the process does not count', async () => {
    answers([
      ['PATCH', ok({})],
      ['PATCH', { status: 400 }]
    ])
    const { env } = testEnv()
    await operation('update', [])(send('PATCH'))(env)()
    const { mayHaveChanged } = await errorOf(operation('update', [])(send('PATCH')), env)
    assert.strictEqual(mayHaveChanged, undefined)
  })

  it('DELETE, 500 and then 403: yes, since the first one may have been carried out', async () => {
    const { ended } = await call('DELETE', [{ status: 500 }, { status: 403 }])
    assert.deepStrictEqual('error' in ended && [ended.error._tag, ended.error.mayHaveChanged], ['Rejected', true])
  })
})

describe('http: something else is being done there', () => {
  for (const [method, status] of [
    ['GET', 409],
    ['PATCH', 409],
    ['DELETE', 409],
    ['POST', 423],
    ['PATCH', 423]
  ] as const) {
    it(`${status} to ${method}: one warning when the wait begins, and at the deadline the words of the platform`, async () => {
      // A creation is not sent once more when there is no time left to see how it ends.
      const length = method === 'POST' ? 5 : 6
      const script = Array.from({ length }, () => ({ status, body: '"SBC 3 is being programmed"' }))
      const { ended, warnings, sent } = await call(method, script, { operationTimeout: 10 })
      assert.deepStrictEqual(
        { ended, warnings, sent },
        {
          ended: {
            error: {
              _tag: 'Deadline',
              awaited: `the end of what makes the platform answer ${status} to ${method}`,
              seconds: 10,
              known: 'nothing was changed; SBC 3 is being programmed',
              correlationId: nthId(1)
            }
          },
          warnings: [`${method} ${url}: something else is being done there (${status}). Waiting for it.`],
          sent: script.map(() => sentFor(method))
        }
      )
    })
  }

  it('DELETE that may have been carried out before: the error does not say that nothing was changed', async () => {
    const busy = Array.from({ length: 5 }, () => ({ status: 409, body: '"It is being deleted"' }))
    const { ended } = await call('DELETE', [{ status: 500 }, ...busy], { operationTimeout: 10 })
    assert.deepStrictEqual(ended, {
      error: {
        _tag: 'Deadline',
        awaited: 'the end of what makes the platform answer 409 to DELETE',
        seconds: 10,
        known: 'It is being deleted',
        correlationId: nthId(1),
        mayHaveChanged: true
      }
    })
  })

  it('a wait that does not begin with the first try is told too', async () => {
    const { warnings } = await call('DELETE', [{ status: 500 }, { status: 409 }, { status: 409 }, ok({ value: 1 })])
    assert.deepStrictEqual(warnings, [`DELETE ${url}: something else is being done there (409). Waiting for it.`])
  })

  it('a wait that ends well is told too', async () => {
    const { warnings } = await call('PATCH', [{ status: 423 }, { status: 423 }, ok({ value: 1 })])
    assert.deepStrictEqual(warnings, [`PATCH ${url}: something else is being done there (423). Waiting for it.`])
  })

  it('409 to POST is not waited for here, and not told', async () => {
    const { warnings } = await call('POST', [{ status: 409 }])
    assert.deepStrictEqual(warnings, [])
  })
})
