// What the host of the lookups makes of a configuration, a run and a failure.

import * as assert from 'node:assert'
import { type Asked, lookUp } from '../../../provider/lookups/program'
import { answers, ok } from '../support/Scripted'

const baseUrl = 'https://live.example.net/tenantui'
const canary = 'canary-Token/1"ü'
const guid = '11111111-1111-4111-8111-111111111111'
const services = ok([{ UmpCustomerGuid: guid, CustomerShortName: 'acme' }])
const stack = { baseUrl, accessToken: canary.replace(/[^\x21-\x7e]/g, '_'), requestsPerSecond: '0', maxRetries: '0' }

const asked = (more: Partial<Asked> = {}): Asked => ({
  call: 'getServices',
  args: {},
  sources: { stack, environment: {} },
  run: {},
  isSecret: false,
  warn: () => undefined,
  ...more
})

/** What a person is told, without what differs from run to run. */
const told = async (more: Partial<Asked>): Promise<ReadonlyArray<string>> => {
  const answered = await lookUp(asked(more))
  if (!('failed' in answered)) throw new Error('it must fail')
  return answered.failed
    .replace(/[0-9a-f-]{36}(?=, \d{4})/, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z$/, '<time>')
    .split('\n')
}

describe('A lookup in a program', () => {
  it('gives every caller a value of its own', async () => {
    answers([['GET', services]])
    const run = {}
    const first = await lookUp(asked({ run }))
    assert.deepStrictEqual(first, { value: [{ customerGuid: guid, shortName: 'acme' }] })
    if ('value' in first) (first.value as Array<unknown>).pop()
    assert.deepStrictEqual(await lookUp(asked({ run })), { value: [{ customerGuid: guid, shortName: 'acme' }] })
  })

  it('shares reads within a run and a configuration, and with no other', async () => {
    const sent = answers(Array.from({ length: 3 }, () => ['GET', services] as const))
    const run = {}
    await lookUp(asked({ run }))
    await lookUp(asked({ run, call: 'customerGuid', args: { shortName: 'acme' } }))
    assert.strictEqual(sent.length, 1)
    await lookUp(asked({ run: {} }))
    assert.strictEqual(sent.length, 2)
    await lookUp(asked({ run, sources: { stack, environment: {}, instance: 'eu' } }))
    assert.strictEqual(sent.length, 2)
    await lookUp(asked({ run, sources: { stack: { ...stack, accessToken: 'another' }, environment: {} } }))
    assert.strictEqual(sent.length, 3)
    assert.deepStrictEqual(
      sent.map((request) => request.headers['authorization']),
      [stack.accessToken, stack.accessToken, 'another'].map((token) => `Bearer ${token}`)
    )
  })

  it('takes credentials from the environment first, as the provider does', async () => {
    const sent = answers([['GET', services]])
    await lookUp(asked({ sources: { stack, environment: { AUDIOCODES_LIVE_ACCESS_TOKEN: 'rotated' } } }))
    assert.deepStrictEqual(sent[0]?.headers['authorization'], 'Bearer rotated')
  })

  it('that finds no such name says what there is, and what to do', async () => {
    answers([['GET', services]])
    assert.deepStrictEqual(await told({ call: 'customerGuid', args: { shortName: 'acne' } }), [
      'Lookup customerGuid(shortName: "acne") failed: there is no service with the short name "acne"; there are acme',
      '    Applied: nothing is changed by reading.',
      '    Next: correct the short name (upper and lower case count).',
      '    correlation id <id>, <time>'
    ])
  })

  it('with wrong arguments sends nothing', async () => {
    const sent = answers([])
    assert.deepStrictEqual(await told({ call: 'getService', args: { customerGuid: 'acme' } }), [
      'Lookup getService(customerGuid: "acme") failed: customerGuid: expected a uuid such as 11111111-2222-3333-4444-555555555555',
      '    Applied: nothing is changed by reading.',
      '    Next: correct the arguments; nothing was sent.',
      '    <time>'
    ])
    assert.deepStrictEqual(sent, [])
  })

  it('without a configuration names the key, and the instance that lacks it', async () => {
    assert.deepStrictEqual(await told({ sources: { stack: {}, environment: {} } }), [
      'Missing configuration audiocodes-live:baseUrl (environment: AUDIOCODES_LIVE_BASE_URL): the address of the platform; set it with "pulumi config set audiocodes-live:baseUrl https://<host>/tenantui" or in the environment variable AUDIOCODES_LIVE_BASE_URL.',
      '    <time>'
    ])
    const [line] = await told({ sources: { stack: { baseUrl }, environment: {}, instance: 'eu' } })
    assert.strictEqual(
      line,
      'Missing configuration accessToken of the provider instance "eu": no credentials are given; give it to new live.Provider("eu", { accessToken: … }).'
    )
  })

  it('shows neither the token, nor arguments that are secret', async () => {
    const echo = JSON.stringify({ title: `no ${stack.accessToken}`, detail: `of ${guid}` })
    answers([['GET', { status: 403, body: echo }]])
    assert.deepStrictEqual(await told({ call: 'getSipConnection', args: { siteGuid: guid }, isSecret: true }), [
      'Lookup getSipConnection(siteGuid: "[secret]") failed: the platform rejected GET with status 403',
      '    Platform: no [secret]',
      '    Platform: of [secret]',
      '    Applied: nothing is changed by reading.',
      '    Next: let the app registration have the right that this call needs, and run again.',
      '    status 403, correlation id <id>, <time>'
    ])
    answers([['GET', services]])
    const [line] = await told({ call: 'customerGuid', args: { shortName: 'hidden-name' }, isSecret: true })
    assert.strictEqual(
      line,
      'Lookup customerGuid(shortName: "[secret]") failed: there is no service with the short name "[secret]"; there are acme'
    )
  })

  it('says where a platform is not reached, where it refuses the token, and where it does not have the call', async () => {
    const [url, lost] = [`${baseUrl}/api/v3/customer`, 'the connection was reset']
    const cases = [
      [
        { broken: 'ECONNREFUSED' },
        `${url} cannot be reached: connection refused`,
        'run the same command again; nothing depends on how far this came'
      ],
      [
        { broken: 'ECONNRESET' },
        `the end of GET is not known: ${lost}`,
        'run the same command again; nothing depends on how far this came'
      ],
      [
        { status: 401 },
        `authorisation was refused by ${url} with status 401`,
        'check the credentials; a new one is given in the environment (AUDIOCODES_LIVE_ACCESS_TOKEN, AUDIOCODES_LIVE_CLIENT_SECRET), which also refresh and destroy read, or with --run-program after "pulumi config set"'
      ],
      [
        { status: 404 },
        `GET ${url} was not found (404)`,
        'check audiocodes-live:baseUrl (it usually ends in /tenantui); where it is right, this platform does not have the call'
      ]
    ] as const
    for (const [answer, what, next] of cases) {
      answers([['GET', answer]])
      const [headline, , third] = await told({})
      assert.deepStrictEqual([headline, third], [`Lookup getServices() failed: ${what}`, `    Next: ${next}.`])
    }
  })
})
