import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import type { ProviderError } from '../../provider/Errors'
import * as Http from '../../provider/Http'
import { operation } from '../../provider/Operations'
import type { Credentials } from '../../provider/Settings'
import { version } from '../../provider/version'
import { errorOf, nthId, testEnv, valueOf } from '../support/TestEnv'
import { type Answer, type Sent, answers, headers, ok } from './support/Scripted'
import { path, url } from './support/Thing'

const login = 'https://login.example.net'
const tokenUrl = `${login}/tenant-1/oauth2/v2.0/token`

const withSecret: Credentials = {
  _tag: 'Client',
  tokenUrl,
  clientId: 'client-1',
  scope: 'api://application-1/.default',
  proof: { _tag: 'Secret', clientSecret: 's3cr&t+ value' }
}
const withFile: Credentials = { ...withSecret, proof: { _tag: 'AssertionFile', file: '/var/run/token' } }

const token = (value: string, seconds: unknown = 3599): Answer =>
  ok({ token_type: 'Bearer', expires_in: seconds, access_token: value })

const get = operation('read', [])(Http.send({ method: 'GET', path, answer: t.UnknownRecord }))
const patch = operation('update', [])(Http.send({ method: 'PATCH', path, body: { a: 1 }, answer: t.UnknownRecord }))

const tokenHeaders = {
  accept: 'application/json',
  'content-type': 'application/x-www-form-urlencoded',
  'user-agent': `pulumi-audiocodes-live/${version}`
}
const tokenRequest = (proof: string): Sent => ({
  method: 'POST',
  url: '/tenant-1/oauth2/v2.0/token',
  headers: tokenHeaders,
  body: `grant_type=client_credentials&client_id=client-1&scope=api%3A%2F%2Fapplication-1%2F.default&${proof}`
})
const secretRequest = tokenRequest('client_secret=s3cr%26t%2B+value')
const assertionRequest = (assertion: string): Sent =>
  tokenRequest(
    `client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=${assertion}`
  )

/** The nth call of a test environment, made with this token. */
const gotten = (value: string, n: number): Sent => ({
  method: 'GET',
  url: `/tenantui${path}`,
  headers: headers(false, value, nthId(n))
})

/** Requests to the identity provider and to the platform, in the order in which they were sent. */
const scripted = (tokens: ReadonlyArray<Answer>, calls: ReadonlyArray<readonly [string, Answer]>): Array<Sent> =>
  answers(
    calls,
    undefined,
    answers(
      tokens.map((answer) => ['POST', answer]),
      login
    )
  )

const unauthorised = (
  words: ReadonlyArray<string>,
  at: { readonly method: string; readonly url: string; readonly status?: number }
): ProviderError => ({
  _tag: 'Unauthorised',
  exchange: { ...at, correlationId: nthId(1), serverIds: [] },
  words,
  correlationId: nthId(1)
})

describe('auth: client credentials', () => {
  it('with a secret: the token request as a whole, and then the call with the token', async () => {
    const sent = scripted([token('t1')], [['GET', ok({})]])
    await valueOf(get, testEnv({ credentials: withSecret }).env)
    assert.deepStrictEqual(sent, [secretRequest, gotten('t1', 1)])
  })

  it('with a file: its text without blanks around it', async () => {
    const sent = scripted([token('t1')], [['GET', ok({})]])
    const { env } = testEnv({ credentials: withFile }, { files: { '/var/run/token': () => ' eyJ.a.b\n' } })
    await valueOf(get, env)
    assert.deepStrictEqual(sent, [assertionRequest('eyJ.a.b'), gotten('t1', 1)])
  })

  it('with a file: it is read again for every token request', async () => {
    const sent = scripted(
      [token('t1', 100), token('t2')],
      [
        ['GET', ok({})],
        ['GET', ok({})]
      ]
    )
    let reads = 0
    const { env, clock } = testEnv(
      { credentials: withFile },
      { files: { '/var/run/token': () => `assertion-${++reads}` } }
    )
    await valueOf(get, env)
    clock.advance(100_000)
    await valueOf(get, env)
    assert.deepStrictEqual(sent, [
      assertionRequest('assertion-1'),
      gotten('t1', 1),
      assertionRequest('assertion-2'),
      gotten('t2', 2)
    ])
  })

  it('with a file that is not there: nothing is sent, and the error names the setting', async () => {
    const sent = scripted([], [])
    const error = await errorOf(get, testEnv({ credentials: withFile }).env)
    assert.deepStrictEqual(
      { error, sent },
      {
        error: unauthorised(['the file with the federated token (clientAssertionFile) cannot be read: ENOENT'], {
          method: 'POST',
          url: tokenUrl
        }),
        sent: []
      }
    )
  })

  it('one token request serves 20 calls side by side', async () => {
    const sent = scripted(
      [token('t1')],
      Array.from({ length: 20 }, () => ['GET', ok({})] as const)
    )
    const { env } = testEnv({ credentials: withSecret })
    await Promise.all(Array.from({ length: 20 }, () => valueOf(get, env)))
    assert.deepStrictEqual(
      { first: sent[0], then: sent.slice(1).map((each) => each.headers['authorization']) },
      { first: secretRequest, then: Array.from({ length: 20 }, () => 'Bearer t1') }
    )
  })

  it('a token request that fails is not kept: the next call asks again', async () => {
    const sent = scripted([{ status: 400, body: '' }, token('t1')], [['GET', ok({})]])
    const { env } = testEnv({ credentials: withSecret })
    await errorOf(get, env)
    await valueOf(get, env)
    assert.deepStrictEqual(sent, [secretRequest, secretRequest, gotten('t1', 2)])
  })

  it('the token is renewed a minute before it expires, and not before', async () => {
    const calls = Array.from({ length: 3 }, () => ['GET', ok({})] as const)
    const sent = scripted([token('t1', 3600), token('t2', 3600)], calls)
    const { env, clock } = testEnv({ credentials: withSecret })
    await valueOf(get, env)
    clock.advance(3_540_000 - 1)
    await valueOf(get, env)
    clock.advance(1)
    await valueOf(get, env)
    assert.deepStrictEqual(sent, [secretRequest, gotten('t1', 1), gotten('t1', 2), secretRequest, gotten('t2', 3)])
  })

  it('a short-lived token is used for nine tenths of its life', async () => {
    const calls = Array.from({ length: 3 }, () => ['GET', ok({})] as const)
    // expires_in as a text is seen at older endpoints.
    const sent = scripted([token('t1', '100'), token('t2', 100)], calls)
    const { env, clock } = testEnv({ credentials: withSecret })
    await valueOf(get, env)
    clock.advance(90_000 - 1)
    await valueOf(get, env)
    clock.advance(1)
    await valueOf(get, env)
    assert.deepStrictEqual(sent, [secretRequest, gotten('t1', 1), gotten('t1', 2), secretRequest, gotten('t2', 3)])
  })

  it('a token without a lifetime, which the standard allows, is used for some minutes', async () => {
    const calls = Array.from({ length: 3 }, () => ['GET', ok({})] as const)
    const sent = scripted([ok({ access_token: 't1' }), token('t2')], calls)
    const { env, clock } = testEnv({ credentials: withSecret })
    await valueOf(get, env)
    clock.advance(270_000 - 1)
    await valueOf(get, env)
    clock.advance(1)
    await valueOf(get, env)
    assert.deepStrictEqual(sent, [secretRequest, gotten('t1', 1), gotten('t1', 2), secretRequest, gotten('t2', 3)])
  })

  it('401: one new token and one more try, of a PATCH too', async () => {
    const sent = scripted(
      [token('t1'), token('t2')],
      [
        ['PATCH', { status: 401 }],
        ['PATCH', ok({ done: true })]
      ]
    )
    const { env, sleeps } = testEnv({ credentials: withSecret })
    const value = await valueOf(patch, env)
    const patched = (value_: string): Sent => ({
      method: 'PATCH',
      url: `/tenantui${path}`,
      headers: headers(true, value_),
      body: { a: 1 }
    })
    assert.deepStrictEqual(
      { value, sleeps, sent },
      { value: { done: true }, sleeps: [], sent: [secretRequest, patched('t1'), secretRequest, patched('t2')] }
    )
  })

  it('401 again: no third token, and the words of the platform', async () => {
    const sent = scripted(
      [token('t1'), token('t2')],
      [
        ['GET', { status: 401 }],
        ['GET', { status: 401, body: '"The role is missing"' }]
      ]
    )
    const { env, sleeps } = testEnv({ credentials: withSecret })
    const error = await errorOf(get, env)
    assert.deepStrictEqual(
      { error, sleeps, sent },
      {
        error: unauthorised(['The role is missing'], { method: 'GET', url, status: 401 }),
        sleeps: [],
        sent: [secretRequest, gotten('t1', 1), secretRequest, gotten('t2', 1)]
      }
    )
  })

  it('401 to 20 calls side by side: one new token for all', async () => {
    const sent = scripted(
      [token('t1'), token('t2')],
      [
        ...Array.from({ length: 20 }, () => ['GET', { status: 401 }] as const),
        ...Array.from({ length: 20 }, () => ['GET', ok({})] as const)
      ]
    )
    const { env } = testEnv({ credentials: withSecret })
    await Promise.all(Array.from({ length: 20 }, () => valueOf(get, env)))
    const used = (value: string) => sent.filter((each) => each.headers['authorization'] === `Bearer ${value}`).length
    assert.deepStrictEqual(
      { tokens: sent.filter((each) => each.method === 'POST'), t1: used('t1'), t2: used('t2') },
      { tokens: [secretRequest, secretRequest], t1: 20, t2: 20 }
    )
  })

  it('401, and then no token: the words of the identity provider', async () => {
    scripted(
      [token('t1'), { status: 400, body: { error: 'invalid_scope', error_description: 'AADSTS500011: Unknown.' } }],
      [['GET', { status: 401, body: '"expired"' }]]
    )
    const error = await errorOf(get, testEnv({ credentials: withSecret }).env)
    assert.deepStrictEqual(
      error,
      unauthorised(
        [
          'AADSTS500011: Unknown.',
          'code invalid_scope',
          '(the scope names no application that is known in the tenant)'
        ],
        { method: 'POST', url: tokenUrl, status: 400 }
      )
    )
  })

  it('401 to a call that was under way while another one renewed the token: that new token, and no third', async () => {
    const asked: Array<string> = []
    let release: () => void = () => undefined
    const late = new Promise<void>((resolve) => (release = resolve))
    let tokens = 0
    const json = (status: number, body: unknown) => E.right({ status, headers: {}, body: JSON.stringify(body) })
    const { env } = testEnv(
      { credentials: withSecret },
      {
        fetch:
          ({ url: to, headers: { authorization = '' } }) =>
          async () => {
            asked.push(to === tokenUrl ? 'token' : authorization)
            if (to === tokenUrl) return json(200, { access_token: `t${++tokens}`, expires_in: 3599 })
            if (asked.filter((each) => each === 'Bearer t1').length === 2 && authorization === 'Bearer t1') await late
            return authorization === 'Bearer t1' ? json(401, {}) : json(200, {})
          }
      }
    )
    const first = valueOf(get, env)
    const second = valueOf(get, env)
    await first
    release()
    await second
    assert.deepStrictEqual(asked, ['token', 'Bearer t1', 'Bearer t1', 'token', 'Bearer t2', 'Bearer t2'])
  })

  it('401, and then no token: the next call does not try the refused one again', async () => {
    const sent = scripted(
      [token('t1'), { status: 400 }, token('t2')],
      [
        ['GET', { status: 401 }],
        ['GET', ok({})]
      ]
    )
    const { env } = testEnv({ credentials: withSecret })
    await errorOf(get, env)
    await valueOf(get, env)
    assert.deepStrictEqual(sent, [secretRequest, gotten('t1', 1), secretRequest, secretRequest, gotten('t2', 2)])
  })
})

describe('auth: refusals of the identity provider', () => {
  const entra = (code: string, said: string, error: string) => ({
    error,
    error_description: `${code}: ${said} Trace ID: 1f Correlation ID: 2f Timestamp: 2030-01-01 00:00:00Z`,
    error_codes: [1],
    trace_id: '1f'
  })
  const rows: ReadonlyArray<readonly [name: string, status: number, body: unknown, words: ReadonlyArray<string>]> = [
    [
      'AADSTS700016',
      400,
      entra('AADSTS700016', 'The application was not found.', 'unauthorized_client'),
      [
        'AADSTS700016: The application was not found.',
        'code unauthorized_client',
        '(the application is not known in the tenant: it was not consented to, or tenantId and clientId do not belong together)'
      ]
    ],
    [
      'AADSTS7000215',
      401,
      entra('AADSTS7000215', 'Invalid client secret provided.', 'invalid_client'),
      [
        'AADSTS7000215: Invalid client secret provided.',
        'code invalid_client',
        '(the client secret is wrong: give the value of the secret, not its id)'
      ]
    ],
    [
      'AADSTS7000222',
      401,
      entra('AADSTS7000222', 'The keys are expired.', 'invalid_client'),
      ['AADSTS7000222: The keys are expired.', 'code invalid_client', '(the client secret has expired)']
    ],
    [
      'AADSTS70021',
      401,
      entra('AADSTS70021', 'No matching federated identity record found.', 'invalid_client'),
      [
        'AADSTS70021: No matching federated identity record found.',
        'code invalid_client',
        '(no federated credential of the application matches the token in the file)'
      ]
    ],
    ['a code without a hint', 400, entra('AADSTS90002', 'No tenant.', 'x'), ['AADSTS90002: No tenant.', 'code x']],
    ['nothing', 403, undefined, []],
    [
      'a body that repeats the secret',
      400,
      '"client_secret s3cr&t+ value is wrong, as is s3cr%26t%2B+value"',
      ['client_secret [secret] is wrong, as is [secret]']
    ]
  ]
  for (const [name, status, body, words] of rows) {
    it(`${name}: not repeated, and told with its code`, async () => {
      const sent = scripted([{ status, body }], [])
      const error = await errorOf(get, testEnv({ credentials: withSecret }).env)
      assert.deepStrictEqual(
        { error, sent },
        { error: unauthorised(words, { method: 'POST', url: tokenUrl, status }), sent: [secretRequest] }
      )
    })
  }

  for (const [name, body, fault] of [
    ['a page', '<html></html>', 'the answer is no token: expected JSON, got HTML or XML'],
    ['no token in it', '{"expires_in":1}', 'the answer is no token: access_token: expected string']
  ] as const) {
    it(`200 with ${name}`, async () => {
      scripted([{ status: 200, body }], [])
      const error = await errorOf(get, testEnv({ credentials: withSecret }).env)
      assert.deepStrictEqual(error, unauthorised([fault], { method: 'POST', url: tokenUrl, status: 200 }))
    })
  }

  it('500 twice, then a token', async () => {
    const sent = scripted([{ status: 500 }, { status: 503 }, token('t1')], [['PATCH', ok({})]])
    const { env, sleeps } = testEnv({ credentials: withSecret })
    await valueOf(patch, env)
    assert.deepStrictEqual(
      { sleeps, sent: sent.map(({ method, url: asked }) => `${method} ${asked}`) },
      {
        sleeps: [250, 500],
        sent: [
          'POST /tenant-1/oauth2/v2.0/token',
          'POST /tenant-1/oauth2/v2.0/token',
          'POST /tenant-1/oauth2/v2.0/token',
          'PATCH /tenantui/api/v2/thing'
        ]
      }
    )
  })

  it('a connection that is reset, then a token', async () => {
    const sent = scripted([{ broken: 'ECONNRESET' }, token('t1')], [['GET', ok({})]])
    const { env, sleeps } = testEnv({ credentials: withSecret })
    await valueOf(get, env)
    assert.deepStrictEqual({ sleeps, sent }, { sleeps: [250], sent: [secretRequest, secretRequest, gotten('t1', 1)] })
  })

  it('500 to the end: Unauthorised with the address of the identity provider, and nothing sent to the platform', async () => {
    const sent = scripted([{ status: 500 }, { status: 500 }], [])
    const error = await errorOf(get, testEnv({ credentials: withSecret, maxRetries: 1 }).env)
    assert.deepStrictEqual(
      { error, sent },
      {
        error: unauthorised([], { method: 'POST', url: tokenUrl, status: 500 }),
        sent: [secretRequest, secretRequest]
      }
    )
  })

  it('no connection to the end', async () => {
    scripted([{ broken: 'ENOTFOUND' }], [])
    const error = await errorOf(get, testEnv({ credentials: withSecret, maxRetries: 0 }).env)
    assert.deepStrictEqual(
      error,
      unauthorised(['the token endpoint gives no answer: the host name is not known'], {
        method: 'POST',
        url: tokenUrl
      })
    )
  })
})

describe('auth: a ready token', () => {
  it('401: no second try', async () => {
    const sent = answers([['GET', { status: 401, headers: { 'www-authenticate': 'Bearer' } }]])
    const error = await errorOf(get, testEnv().env)
    assert.deepStrictEqual(
      { error, sent },
      { error: unauthorised([], { method: 'GET', url, status: 401 }), sent: [gotten('test-access-token', 1)] }
    )
  })
  it('it is one of the secrets, as are the client secret, the assertion and the token that came for them', async () => {
    scripted(
      [token('t1'), token('t2')],
      [
        ['GET', ok({})],
        ['GET', ok({})]
      ]
    )
    const ready = testEnv()
    const secret = testEnv({ credentials: withSecret })
    const file = testEnv({ credentials: withFile }, { files: { '/var/run/token': () => 'assertion-1' } })
    await valueOf(get, secret.env)
    await valueOf(get, file.env)
    assert.deepStrictEqual(
      [ready, secret, file].map(({ env }) => env.tokens.secrets()),
      [['test-access-token'], ['s3cr&t+ value', 't1'], ['assertion-1', 't2']]
    )
  })
})
