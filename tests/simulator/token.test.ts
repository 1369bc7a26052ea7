import * as assert from 'node:assert'
import { CLIENT_ID, CLIENT_SECRET, initialState, SCOPE, step, TENANT_ID } from '../../simulator'
import type { State, Switches } from '../../simulator'
import { request, seen } from './support'

const form = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET, scope: SCOPE }
const assertion = {
  client_secret: '',
  client_assertion: 'a.b.c',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
}

const ask = (state: State, fields: object, now = 0, type = 'application/x-www-form-urlencoded') => {
  const [next, answer] = step(state, {
    method: 'POST',
    url: `/${TENANT_ID}/oauth2/v2.0/token`,
    headers: { 'content-type': type },
    body: new URLSearchParams({ ...form, ...fields }).toString(),
    now
  })
  return { next, ...seen(answer) }
}

const tokenFor = (switches: Partial<Switches> = {}, now = 0): [State, string] => {
  const { next, body } = ask(initialState(switches), {}, now)
  return [next, (body as { access_token: string }).access_token]
}

const use = (state: State, authorization: string | undefined, now: number) => {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
  const [, answer] = step(state, request('GET', 'v2/customer', undefined, { headers, now }))
  return { status: answer.status, said: answer.headers['www-authenticate'], content: answer.content.kind }
}

describe('simulator: token', () => {
  it('is handed out for the client secret', () => {
    const { status, body } = ask(initialState(), {})
    const { access_token } = body as { access_token: unknown }
    assert.deepStrictEqual(
      { status, body },
      { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token } }
    )
    assert.match(String(access_token), /^simulated-[0-9a-f]{64}$/)
  })

  it('is handed out for a client id in any case', () => {
    assert.strictEqual(ask(initialState(), { client_id: CLIENT_ID.toUpperCase() }).status, 200)
  })

  it('is handed out for a client assertion', () => {
    assert.strictEqual(ask(initialState(), assertion).status, 200)
  })

  const refusals: readonly [string, object, number, string, number, string][] = [
    ['a wrong secret', { client_secret: 'x' }, 401, 'invalid_client', 7000215, 'Invalid client secret provided'],
    [
      'an unknown client',
      { client_id: 'x' },
      400,
      'unauthorized_client',
      700016,
      'The application was not found in the directory'
    ],
    [
      'another grant type',
      { grant_type: 'password' },
      400,
      'unsupported_grant_type',
      70003,
      'The app requested an unsupported grant type'
    ],
    [
      'no grant type',
      { grant_type: '' },
      400,
      'invalid_request',
      900144,
      "The request body must contain the following parameter: 'grant_type'"
    ],
    [
      'no client',
      { client_id: '' },
      400,
      'invalid_request',
      900144,
      "The request body must contain the following parameter: 'client_id'"
    ],
    [
      'no scope',
      { scope: '' },
      400,
      'invalid_request',
      900144,
      "The request body must contain the following parameter: 'scope'"
    ],
    [
      'a scope without /.default',
      { scope: 'api://x' },
      400,
      'invalid_scope',
      1002012,
      'The provided value for scope is not valid'
    ],
    [
      'a scope that is /.default alone',
      { scope: '/.default' },
      400,
      'invalid_scope',
      1002012,
      'The provided value for scope is not valid'
    ],
    [
      'no credential',
      { client_secret: '' },
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'"
    ],
    [
      'an assertion without its type',
      { ...assertion, client_assertion_type: '' },
      400,
      'invalid_request',
      900144,
      "The request body must contain the following parameter: 'client_assertion_type'"
    ]
  ]
  for (const [name, fields, status, error, code, text] of refusals) {
    it(`is refused for ${name}`, () => {
      const answer = ask(initialState(), fields)
      const body = answer.body as Record<string, string>
      assert.deepStrictEqual([answer.status, body['error'], body['error_codes']], [status, error, [code]])
      assert.strictEqual(body['error_description']?.startsWith(`AADSTS${code}: ${text}`), true)
      assert.deepStrictEqual(Object.keys(body), [
        'error',
        'error_description',
        'error_codes',
        'timestamp',
        'trace_id',
        'correlation_id'
      ])
      assert.match(String(body['error_description']), new RegExp(`Trace ID: ${String(body['trace_id'])}`))
    })
  }

  it('is refused for a body that is no form', () => {
    assert.strictEqual(ask(initialState(), {}, 0, 'application/json').status, 400)
  })

  it('serves until it expires, by the time of the request', () => {
    const [state, token] = tokenFor({ tokenSeconds: 60 }, 1000)
    const good = { status: 200, said: undefined, content: 'json' }
    assert.deepStrictEqual(use(state, `Bearer ${token}`, 60_999), good)
    assert.deepStrictEqual(use(state, `Bearer ${token}`, 61_000), {
      status: 401,
      said: 'Bearer error="invalid_token", error_description="The token is expired"',
      content: 'none'
    })
    assert.deepStrictEqual(use(state, 'Bearer simulator-token', 61_000), good)
  })

  it('is asked for, and must be a known one', () => {
    const unknown = {
      status: 401,
      said: 'Bearer error="invalid_token", error_description="The signature is invalid"',
      content: 'none'
    }
    const missing = { status: 401, said: 'Bearer', content: 'none' }
    assert.deepStrictEqual(use(initialState(), undefined, 0), missing)
    assert.deepStrictEqual(use(initialState(), 'Basic x', 0), missing)
    assert.deepStrictEqual(use(initialState(), 'Bearer x', 0), unknown)
  })

  it('that has expired takes up no room', () => {
    const [state] = tokenFor({ tokenSeconds: 1 }, 0)
    assert.deepStrictEqual([ask(state, {}, 999).next.tokens.size, ask(state, {}, 1000).next.tokens.size], [2, 1])
  })
})
