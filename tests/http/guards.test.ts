import * as assert from 'node:assert'
import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import * as Http from '../../provider/Http'
import { operation } from '../../provider/Operations'
import type { Method } from '../../provider/Retry'
import type { Credentials } from '../../provider/Settings'
import { errorOf, nthId, testEnv } from '../support/TestEnv'
import { answers, headers, ok } from './support/Scripted'
import { call, failure, path, sentFor, url } from './support/Thing'

const writes: ReadonlyArray<Method> = ['POST', 'PATCH', 'DELETE']

const tokenUrl = 'https://login.example.net/tenant/oauth2/v2.0/token'
const credentials: Credentials = {
  _tag: 'Client',
  tokenUrl,
  clientId: 'client',
  scope: 'api://application/.default',
  proof: { _tag: 'Secret', clientSecret: 'client-secret' }
}

describe('http: readOnly', () => {
  for (const method of writes) {
    it(`${method} is refused before anything is sent, a token request too`, async () => {
      const { ended, sent, trace } = await call(method, [], { readOnly: true, credentials })
      const expected = failure({
        _tag: 'Refused',
        text: `${method} is refused: the configuration says readOnly, so that nothing is changed`,
        next: 'run without audiocodes-live:readOnly (AUDIOCODES_LIVE_READ_ONLY) to apply changes'
      })
      assert.deepStrictEqual({ ended, sent, trace }, { ended: expected, sent: [], trace: [] })
    })
  }
  it('GET and the token request before it pass', async () => {
    const asked = answers([['POST', ok({ access_token: 'fresh', expires_in: 3599 })]], 'https://login.example.net')
    const { ended, sent } = await call('GET', [ok({ value: 1 })], { readOnly: true, credentials })
    assert.deepStrictEqual(
      { ended, asked: asked.map((each) => each.method), sent },
      {
        ended: { value: { value: 1 } },
        asked: ['POST'],
        sent: [{ ...sentFor('GET'), headers: headers(false, 'fresh') }]
      }
    )
  })
})

describe('http: the engine is gone', () => {
  const gone = failure({ _tag: 'Refused', text: 'The Pulumi engine is gone, so nothing more is sent' })
  for (const method of ['GET', ...writes] as const) {
    it(`${method} is not sent`, async () => {
      const { ended, sent } = await call(method, [], {}, { engineIsAlive: () => false })
      assert.deepStrictEqual({ ended, sent }, { ended: gone, sent: [] })
    })
  }
  it('a repeat is not sent when the engine goes during the pause', async () => {
    // A request asks before it gets its token, and after.
    let asked = 0
    const { ended, sent, sleeps } = await call('GET', [{ status: 500 }], {}, { engineIsAlive: () => ++asked <= 2 })
    assert.deepStrictEqual({ ended, sent, sleeps }, { ended: gone, sent: [sentFor('GET')], sleeps: [250] })
  })
})

describe('http: no time left', () => {
  it('a request is not sent after the deadline, and the message says what was awaited and how long', async () => {
    const sent = answers([['GET', ok({ value: 1 })]])
    // One request in ten minutes, and an operation of five.
    const { env, sleeps } = testEnv({ requestsPerSecond: 1 / 600, operationTimeout: 300 })
    const get = Http.send({ method: 'GET', path, answer: t.UnknownRecord })
    const twice = pipe(
      get,
      RTE.chain(() => get)
    )
    const error = await errorOf(operation('read', [])(twice), env)
    assert.deepStrictEqual(
      { error, sleeps, sent },
      {
        error: {
          _tag: 'Deadline',
          awaited: `GET ${url}`,
          seconds: 300,
          known: 'the operation ran out of time before the request',
          correlationId: nthId(1)
        },
        sleeps: [600_000],
        sent: [sentFor('GET')]
      }
    )
  })
})
