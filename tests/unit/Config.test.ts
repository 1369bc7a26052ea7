import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { parseUrl, settingsFrom } from '../../provider/Config'
import { configError } from '../../provider/Errors'
import { type SettingKey, type Settings, settingKeys, settingSpecs } from '../../provider/Settings'
import { check } from '../support/property'
import { canary, defaults, singsOf } from './support'

type Given = Readonly<Partial<Record<string, string>>>

const settings = (stack: Given, environment: Given = {}) => settingsFrom({ stack, environment })
const instanceSettings = (stack: Given) => settingsFrom({ stack, environment: {}, instance: 'eu' })
const left = (text: string) => E.left(configError(text))

const baseUrl = 'https://live.example.net/tenantui'
const token = { baseUrl, accessToken: 'made-up-token' }
const client = { baseUrl, tenantId: 'tenant', clientId: 'app', clientSecret: 'made-up', scope: 'api://x/.default' }

const clientCredentials = {
  _tag: 'Client',
  tokenUrl: 'https://login.microsoftonline.com/tenant/oauth2/v2.0/token',
  clientId: 'app',
  scope: 'api://x/.default',
  proof: { _tag: 'Secret', clientSecret: 'made-up' }
} as const

/** `requestTimeout` is read from `AUDIOCODES_LIVE_REQUEST_TIMEOUT`. */
const variable = (key: string): string => `AUDIOCODES_LIVE_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`

const asEnvironment = (given: Given): Given =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [variable(key), value]))

/** Those of the contract's keys that the environment decides. */
const credentialKeys = [
  'accessToken',
  'tenantId',
  'clientId',
  'clientSecret',
  'clientAssertionFile',
  'scope',
  'tokenUrl'
]

describe('Config: sources', () => {
  it('fills in the defaults of the contract', () => {
    assert.deepStrictEqual(settings(token), E.right(defaults))
  })

  /** Every key with two values that are not its default. A new key makes this incomplete, which does not compile. */
  const values: Readonly<Record<SettingKey, readonly [stack: string, environment: string]>> = {
    baseUrl: ['https://stack.example.net/tenantui', 'https://environment.example.net/tenantui'],
    accessToken: ['stack-token', 'environment-token'],
    tenantId: ['stack-tenant', 'environment-tenant'],
    clientId: ['stack-app', 'environment-app'],
    clientSecret: ['stack-secret', 'environment-secret'],
    clientAssertionFile: ['/stack', '/environment'],
    scope: ['api://stack/.default', 'api://environment/.default'],
    tokenUrl: ['https://stack.example.net/token', 'https://environment.example.net/token'],
    requestTimeout: ['1', '2'],
    programTimeout: ['1', '2'],
    operationTimeout: ['1', '2'],
    pollInterval: ['1', '2'],
    maxRetries: ['1', '2'],
    requestsPerSecond: ['1', '2'],
    writesPerSbc: ['3', '2'],
    readOnly: ['true', 'false'],
    clearWith: ['null', 'empty'],
    siteIdPlacement: ['query', 'body'],
    modifyBody: ['scriptParameters', 'fields'],
    licenseBody: ['licenseType', 'upgradeToLicense'],
    siteLocationShape: ['object', 'array'],
    sbcDevicesPath: ['/stack', '/environment'],
    preflight: ['off', 'fail'],
    movedFrom: ['https://stack.example.net', 'https://environment.example.net'],
    trace: ['/stack', '/environment'],
    audit: ['/stack', '/environment'],
    report: ['/stack', '/environment']
  }

  /** A configuration that is complete with this key beside it. */
  const around = (key: SettingKey): Given =>
    key === 'accessToken' || !credentialKeys.includes(key)
      ? token
      : key === 'clientAssertionFile'
        ? { ...client, clientSecret: undefined }
        : client

  for (const key of settingKeys) {
    const [stack, environment] = values[key]
    const wins = credentialKeys.includes(key) ? environment : stack
    it(`${key}: ${wins === stack ? 'the stack config' : 'the environment'} wins, and either alone is taken`, () => {
      const base = around(key)
      const both = settings({ ...base, [key]: stack }, { [variable(key)]: environment })
      assert.ok(E.isRight(both))
      assert.deepStrictEqual(both, settings({ ...base, [key]: wins }))
      assert.notDeepStrictEqual(both, settings({ ...base, [key]: wins === stack ? environment : stack }))
      const rest = { ...base, [key]: undefined }
      assert.deepStrictEqual(settings(rest, { [variable(key)]: stack }), settings({ ...rest, [key]: stack }))
    })
  }

  it('reads every key from the stack config, in its own type', () => {
    const expected: Settings = {
      baseUrl: 'https://stack.example.net/tenantui',
      credentials: { _tag: 'Token', accessToken: 'stack-token' },
      requestTimeout: 1,
      programTimeout: 1,
      operationTimeout: 1,
      pollInterval: 1,
      maxRetries: 1,
      requestsPerSecond: 1,
      writesPerSbc: 3,
      readOnly: true,
      clearWith: 'null',
      siteIdPlacement: 'query',
      modifyBody: 'scriptParameters',
      licenseBody: 'licenseType',
      siteLocationShape: 'object',
      sbcDevicesPath: '/stack',
      preflight: 'off',
      movedFrom: ['https://stack.example.net'],
      trace: '/stack',
      audit: '/stack',
      report: '/stack'
    }
    const keys = settingKeys.filter((key) => !credentialKeys.includes(key))
    const stack = { ...Object.fromEntries(keys.map((key) => [key, values[key][0]])), accessToken: 'stack-token' }
    assert.deepStrictEqual(settings(stack), E.right(expected))
    assert.deepStrictEqual(settings({}, asEnvironment(stack)), E.right(expected))
  })

  it('does not judge a value that another one goes before', () => {
    const good = 'https://id.example.net/token'
    const taken = { ...defaults, credentials: { ...clientCredentials, tokenUrl: good } }
    assert.deepStrictEqual(
      settings({ ...client, tokenUrl: 'x' }, { AUDIOCODES_LIVE_TOKEN_URL: good, AUDIOCODES_LIVE_MAX_RETRIES: '5' }),
      E.right(taken)
    )
    assert.deepStrictEqual(
      settings({ ...token, maxRetries: '5' }, { AUDIOCODES_LIVE_MAX_RETRIES: 'x' }),
      E.right(defaults)
    )
    assert.ok(E.isLeft(settings({ ...client, tokenUrl: good }, { AUDIOCODES_LIVE_TOKEN_URL: 'x' })))
    assert.ok(E.isLeft(settings({ ...token, maxRetries: 'x' }, { AUDIOCODES_LIVE_MAX_RETRIES: '5' })))
  })

  it('takes a blank value for an absent one, and cuts blanks off the others', () => {
    assert.deepStrictEqual(
      settings({ ...token, requestTimeout: '', tenantId: '  ', maxRetries: ' 5 ' }, { AUDIOCODES_LIVE_CLIENT_ID: ' ' }),
      E.right(defaults)
    )
  })

  it('names the variables and the secrets as the contract does', () => {
    assert.deepStrictEqual(
      settingKeys.map((key) => settingSpecs[key].env),
      settingKeys.map(variable)
    )
    assert.deepStrictEqual(
      settingKeys.filter((key) => settingSpecs[key].secret),
      ['accessToken', 'clientSecret']
    )
    assert.deepStrictEqual(
      settingKeys.filter((key) => settingSpecs[key].credential),
      credentialKeys
    )
  })
})

describe('Config: credentials', () => {
  const contradictory = (one: string, other: string) =>
    left(
      `Contradictory configuration: audiocodes-live:${one} (environment: ${variable(one)}) excludes ` +
        `audiocodes-live:${other} (environment: ${variable(other)}); remove one of them.`
    )
  const withClient = (change: object) => E.right({ ...defaults, credentials: { ...clientCredentials, ...change } })
  const withToken = (accessToken: string) => E.right({ ...defaults, credentials: { _tag: 'Token', accessToken } })
  const file = (name: string) => ({ proof: { _tag: 'AssertionFile', file: name } })
  const secret = (clientSecret: string) => ({ proof: { _tag: 'Secret', clientSecret } })
  const { clientSecret, ...names } = client
  const tokenOnly = { accessToken: 'env-token' }

  const rows: ReadonlyArray<readonly [name: string, stack: Given, environment: Given, expected: unknown]> = [
    ['a token', token, {}, withToken('made-up-token')],
    ['a client secret', client, {}, withClient({})],
    ['a federated token file', { ...names, clientAssertionFile: '/run/token' }, {}, withClient(file('/run/token'))],
    [
      'a token URL',
      { ...client, tokenUrl: 'https://id.example.net/t' },
      {},
      withClient({ tokenUrl: 'https://id.example.net/t' })
    ],
    [
      'a token URL in place of the tenant',
      { ...client, tenantId: undefined, tokenUrl: 'https://id.example.net/t/' },
      {},
      withClient({ tokenUrl: 'https://id.example.net/t/' })
    ],
    [
      'a tenant whose characters mean something in a URL',
      { ...client, tenantId: 'a b/c?d' },
      {},
      withClient({ tokenUrl: 'https://login.microsoftonline.com/a%20b%2Fc%3Fd/oauth2/v2.0/token' })
    ],
    [
      'client credentials from both sources together',
      { ...names, clientId: undefined },
      { clientId: 'app', clientSecret },
      withClient({})
    ],
    ['a token URL beside a token', { ...token, tokenUrl: 'https://id.example.net/t' }, {}, withToken('made-up-token')],

    ['a token of the environment over the client credentials of the stack', client, tokenOnly, withToken('env-token')],
    ['client credentials of the environment over the token of the stack', token, client, withClient({})],
    [
      'a file of the environment over the secret of the stack',
      client,
      { clientAssertionFile: '/env' },
      withClient(file('/env'))
    ],
    [
      'a secret of the environment over the file of the stack',
      { ...names, clientAssertionFile: '/f' },
      { clientSecret: 'env' },
      withClient(secret('env'))
    ],
    [
      'a token of the environment over a contradiction in the stack',
      { ...client, ...token },
      tokenOnly,
      withToken('env-token')
    ],

    ...(['tenantId', 'clientId', 'clientSecret', 'scope'] as const).flatMap((key): typeof rows => [
      [`a token and ${key} in the stack`, { ...token, [key]: 'x' }, {}, contradictory('accessToken', key)],
      [
        `a token and ${key} in the environment`,
        { baseUrl },
        { accessToken: 'x', [key]: 'x' },
        contradictory('accessToken', key)
      ]
    ]),
    [
      'a token and a file',
      { ...token, clientAssertionFile: '/f' },
      {},
      contradictory('accessToken', 'clientAssertionFile')
    ],
    [
      'a secret and a file in the stack',
      { ...client, clientAssertionFile: '/f' },
      {},
      contradictory('clientSecret', 'clientAssertionFile')
    ],
    [
      'a secret and a file in the environment',
      client,
      { clientSecret: 'x', clientAssertionFile: '/f' },
      contradictory('clientSecret', 'clientAssertionFile')
    ]
  ]
  for (const [name, stack, environment, expected] of rows) {
    it(name, () => {
      assert.deepStrictEqual(settings(stack, asEnvironment(environment)), expected)
    })
  }
})

describe('Config: what is missing', () => {
  const rows: ReadonlyArray<readonly [name: string, given: Given, key: string, why: string, example: string]> = [
    ['nothing is given', {}, 'baseUrl', 'the address of the platform', 'https://<host>/tenantui'],
    ['no credentials', { baseUrl }, 'accessToken', 'no credentials are given', '<token>'],
    [
      'no client id',
      { ...client, clientId: undefined },
      'clientId',
      'it is needed together with tenantId',
      '<application id>'
    ],
    [
      'a scope alone',
      { baseUrl, scope: 'api://x/.default' },
      'clientId',
      'it is needed together with scope',
      '<application id>'
    ],
    [
      'no scope',
      { ...client, scope: undefined },
      'scope',
      'client credentials need it and it has no default',
      'api://<application id>/.default'
    ],
    [
      'no tenant',
      { ...client, tenantId: undefined },
      'tenantId',
      'the token endpoint is derived from it',
      '<tenant id>'
    ],
    [
      'no secret',
      { ...client, clientSecret: undefined },
      'clientSecret',
      'client credentials need it, or clientAssertionFile in its place',
      '<secret>'
    ]
  ]
  for (const [name, given, key, why, example] of rows) {
    const flag = key === 'accessToken' || key === 'clientSecret' ? '--secret ' : ''
    it(`${name}: ${key}, with both places to set it`, () => {
      const expected = left(
        `Missing configuration audiocodes-live:${key} (environment: ${variable(key)}): ${why}; set it with ` +
          `"pulumi config set ${flag}audiocodes-live:${key} ${example}" or in the environment variable ${variable(key)}.`
      )
      assert.deepStrictEqual(settings(given), expected)
      assert.deepStrictEqual(settings({}, asEnvironment(given)), expected)
    })
    it(`${name}, at an explicit instance: ${key}, with the property to give`, () => {
      assert.deepStrictEqual(
        instanceSettings(given),
        left(
          `Missing configuration ${key} of the provider instance "eu": ${why}; ` +
            `give it to new live.Provider("eu", { ${key}: … }).`
        )
      )
    })
  }

  it('a contradiction and a fault of an explicit instance name the instance', () => {
    assert.deepStrictEqual(
      [instanceSettings({ ...token, clientId: 'x' }), instanceSettings({ ...token, maxRetries: 'x' })],
      [
        left(
          'Contradictory configuration: accessToken of the provider instance "eu" excludes clientId of the provider ' +
            'instance "eu"; remove one of them.'
        ),
        left(
          'Invalid configuration maxRetries of the provider instance "eu": expected a whole number of tries from 0 to 100.'
        )
      ]
    )
  })
})

describe('Config: values', () => {
  const invalid = (key: string, expected: string) =>
    left(`Invalid configuration audiocodes-live:${key} (environment: ${variable(key)}): expected ${expected}.`)

  const numbers: ReadonlyArray<
    readonly [key: string, good: ReadonlyArray<string>, bad: ReadonlyArray<string>, expected: string]
  > = [
    ['requestTimeout', ['0.05', '2.5', '3600'], ['0', '0.04', '3600.1'], 'a number of seconds from 0.05 to 3600'],
    ['programTimeout', ['0.05', '2.5', '7200'], ['0', '0.04', '7200.1'], 'a number of seconds from 0.05 to 7200'],
    ['operationTimeout', ['0.1', '2.5', '86400'], ['0', '0.09', '86401'], 'a number of seconds from 0.1 to 86400'],
    ['pollInterval', ['0.01', '2.5', '600'], ['0', '0.009', '601'], 'a number of seconds from 0.01 to 600'],
    ['maxRetries', ['0', '100'], ['-1', '101', '1.5'], 'a whole number of tries from 0 to 100'],
    ['requestsPerSecond', ['0', '0.5', '10000'], ['-1', '10001'], 'a number of requests from 0 to 10000'],
    ['writesPerSbc', ['0', '1000'], ['-1', '1001', '1.5'], 'a whole number of writes from 0 to 1000']
  ]
  for (const [key, good, bad, expected] of numbers) {
    it(`${key}: ${expected}`, () => {
      for (const value of good) {
        assert.deepStrictEqual(settings({ ...token, [key]: value }), E.right({ ...defaults, [key]: Number(value) }))
      }
      for (const value of [...bad, 'NaN', 'Infinity', '5 s', '1,5', 'five']) {
        assert.deepStrictEqual(settings({ ...token, [key]: value }), invalid(key, expected), value)
      }
    })
  }

  it('accessToken: what can stand in a header', () => {
    const expected = 'a token of printable ASCII characters without blanks and line ends'
    for (const value of ['made up', 'made\nup', 'made-üp', 'made\u0007up']) {
      assert.deepStrictEqual(settings({ baseUrl, accessToken: value }), invalid('accessToken', expected), value)
    }
  })

  const choices: ReadonlyArray<readonly [key: string, choices: ReadonlyArray<string>]> = [
    ['clearWith', ['empty', 'null']],
    ['siteIdPlacement', ['path', 'query', 'body']],
    ['modifyBody', ['fields', 'scriptParameters']],
    ['licenseBody', ['upgradeToLicense', 'licenseType']],
    ['siteLocationShape', ['array', 'object']]
  ]
  for (const [key, words] of choices) {
    it(`${key}: ${words.join(', ')}`, () => {
      for (const word of words)
        assert.deepStrictEqual(settings({ ...token, [key]: word }), E.right({ ...defaults, [key]: word }))
      for (const word of ['Fields', 'toString', `${words.join()}`]) {
        assert.deepStrictEqual(settings({ ...token, [key]: word }), invalid(key, `one of ${words.join(', ')}`))
      }
    })
  }

  it('readOnly: true or false', () => {
    for (const word of ['true', 'false']) {
      assert.deepStrictEqual(
        settings({ ...token, readOnly: word }),
        E.right({ ...defaults, readOnly: word === 'true' })
      )
    }
    for (const word of ['TRUE', '1', 'yes', '0']) {
      assert.deepStrictEqual(settings({ ...token, readOnly: word }), invalid('readOnly', 'true or false'))
    }
  })

  const https = 'https; plain http is accepted for loopback addresses only, since it would carry the token in clear'
  const urls: ReadonlyArray<readonly [value: string, expected: E.Either<string, string>]> = [
    ['https://live.example.net/tenantui', E.right('https://live.example.net/tenantui')],
    ['https://live.example.net/tenantui///', E.right('https://live.example.net/tenantui')],
    ['https://live.example.net/', E.right('https://live.example.net')],
    ['https://live.example.net', E.right('https://live.example.net')],
    ['https://LIVE.example.net:8443/TenantUi', E.right('https://live.example.net:8443/TenantUi')],
    ['https://live.example.net:443/x', E.right('https://live.example.net/x')],
    ['http://localhost/tenantui', E.right('http://localhost/tenantui')],
    ['http://LocalHost:8787', E.right('http://localhost:8787')],
    ['http://127.0.0.1:8787/tenantui', E.right('http://127.0.0.1:8787/tenantui')],
    ['http://127.255.0.9', E.right('http://127.255.0.9')],
    ['http://[::1]:8787', E.right('http://[::1]:8787')],
    ['https://10.0.0.1', E.right('https://10.0.0.1')],
    ['http://live.example.net', E.left(https)],
    ['http://localhost.example.net', E.left(https)],
    ['http://127.0.0.1.example.net', E.left(https)],
    ['http://notlocalhost', E.left(https)],
    ['http://128.0.0.1', E.left(https)],
    ['http://10.0.0.1', E.left(https)],
    ['http://0.0.0.0', E.left(https)],
    ['http://[::2]', E.left(https)],
    ['ftp://live.example.net', E.left('an https URL')],
    ['file:///tenantui', E.left('an https URL')],
    ['live.example.net/tenantui', E.left('a URL such as https://live.example.net/tenantui')],
    ['https://', E.left('a URL such as https://live.example.net/tenantui')],
    ['https://user@live.example.net', E.left('a URL without user name and password')],
    ['https://user:word@live.example.net', E.left('a URL without user name and password')],
    ['https://live.example.net/?a=b', E.left('a URL without query and fragment')],
    ['https://live.example.net/#a', E.left('a URL without query and fragment')]
  ]
  for (const [value, expected] of urls) {
    it(`the address ${value}: ${E.isRight(expected) ? expected.right : `expected ${expected.left}`}`, () => {
      const said = E.isRight(expected) ? expected : E.left(`expected ${expected.left}`)
      const settled = <A>(key: string, change: (url: string) => A) =>
        E.isRight(expected) ? E.right(change(expected.right)) : invalid(key, expected.left)
      // A token endpoint is not ours to change: a slash at its end may mean something there.
      const tokenUrl = () => ({ ...defaults, credentials: { ...clientCredentials, tokenUrl: value } })
      assert.deepStrictEqual(
        {
          alone: parseUrl(value),
          baseUrl: settings({ ...token, baseUrl: value }),
          movedFrom: settings({ ...token, movedFrom: `https://old.example.net/, ${value}` }),
          tokenUrl: settings({ ...client, tokenUrl: value })
        },
        {
          alone: said,
          baseUrl: settled('baseUrl', (url) => ({ ...defaults, baseUrl: url })),
          movedFrom: settled('movedFrom', (url) => ({ ...defaults, movedFrom: ['https://old.example.net', url] })),
          tokenUrl: settled('tokenUrl', tokenUrl)
        }
      )
    })
  }

  it('texts are taken as they are', () => {
    const texts = { sbcDevicesPath: '/api/v2/devices', trace: 'wire.log', audit: '/var/log/audit', report: 'change.md' }
    assert.deepStrictEqual(settings({ ...token, ...texts }), E.right({ ...defaults, ...texts }))
  })
})

describe('Config: messages', () => {
  /** Any part of a configuration, out of good values and of values that are known again. */
  const given = (): fc.Arbitrary<Given> => {
    const good: Readonly<Partial<Record<SettingKey, string>>> = {
      ...client,
      ...token,
      clientAssertionFile: '/f',
      maxRetries: '1'
    }
    return fc.record(
      Object.fromEntries(
        settingKeys.map((key) => {
          const fine = good[key]
          return [key, fine === undefined ? canary() : fc.oneof(fc.constant(fine), fc.constant(fine), canary())]
        })
      ),
      { requiredKeys: [] }
    )
  }
  /** On one line, with its only end at the end. A dot within a name or an address is no end. */
  const isOneSentence = (text: string): boolean => /^[A-Z][^\n]*\.$/.test(text) && !/[.!?]["')]?\s/.test(text)

  it('are one sentence that names the key and its variable, for whatever is given, and hold no value', () => {
    check(
      fc.property(given(), given(), (stack, environment) => {
        const result = settings(stack, asEnvironment(environment))
        if (E.isRight(result)) return true
        const { text } = result.left
        const [, key = ''] = /audiocodes-live:(\w+)/.exec(text) ?? []
        return (
          isOneSentence(text) &&
          settingKeys.includes(key as SettingKey) &&
          text.includes(variable(key)) &&
          !singsOf(text)
        )
      }),
      500
    )
  })

  it('of an explicit instance name the instance and no source that it does not read', () => {
    check(
      fc.property(given(), (stack) => {
        const result = instanceSettings(stack)
        if (E.isRight(result)) return true
        const { text } = result.left
        return (
          isOneSentence(text) && text.includes('"eu"') && !/AUDIOCODES_LIVE|pulumi config/.test(text) && !singsOf(text)
        )
      }),
      300
    )
  })
})
