import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import * as E from 'fp-ts/Either'
import { type Page, countingOf } from '../../cli/doctor/Paging'
import { expiryFinding, usDate } from '../../cli/doctor/Expiry'
import { expiryOf, otherAddress } from '../../cli/doctor/Way'
import { diagnosing, worldOf } from '../../cli/doctor/World'
import type { Fetch } from '../../provider/Env'
import * as Http from '../../provider/Http'
import { AnyAnswer } from '../../provider/Answers'
import {
  CLIENT_SECRET,
  HEADQUARTERS_GUID,
  STATIC_TOKEN,
  type Switches,
  customerGuids,
  manyLeads,
  tenants
} from '../../simulator'
import { testSettings } from '../support/TestEnv'
import { command } from './Command'
import { clientOf, doctor, givenBy, tokenOf, withoutProxies } from './Doctor'
import { simulatorOf } from './Fresh'

const { contoso } = customerGuids

/** A platform whose clock is off by some seconds. */
const clockOff =
  (seconds: number) =>
  (fetch: Fetch): Fetch =>
  (request) =>
  async () => {
    const result = await fetch(request)()
    if (E.isLeft(result)) return result
    const date = new Date(Date.parse(result.right.headers.date ?? '') + 1000 * seconds).toUTCString()
    return E.right({ ...result.right, headers: { ...result.right.headers, date } })
  }

const jwt = (claims: object): string =>
  ['{}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.')

describe('audiocodes-live doctor', () => {
  withoutProxies()
  const simulator = simulatorOf()

  it('says of a fresh simulator that all is well, with reads alone, and changes nothing', async () => {
    const before = simulator().state()
    const { findings, code } = await doctor(givenBy(clientOf(simulator())))
    const shown = findings.map(({ outcome, check, found }) => `${outcome} ${check}: ${found}`)
    assert.deepStrictEqual(
      shown.map((line) =>
        line.replaceAll(simulator().origin, '<origin>').replaceAll(`:${simulator().port}`, ':<port>')
      ),
      [
        'ok configuration: 8 keys are set, the others have their defaults',
        'ok proxy: 127.0.0.1:<port> without a proxy (HTTP_PROXY is not set)',
        'ok reachability: 127.0.0.1:<port> answers (a request without a token: status 404)',
        'ok token: <origin>/aaaaaaaa-0000-4000-8000-000000000001/oauth2/v2.0/token gives a token, which is valid for 3599 s and renewed before',
        'ok base URL: <origin>/tenantui answers (GET /api/v3/customer)',
        'ok clock: this machine is in step with 127.0.0.1:<port>',
        'ok getServices: 4 entries',
        'ok getCustomers: 4 entries',
        'ok getService: contoso has 1 connection',
        'ok getSipConnection: "headquarters" on SBC 3',
        'ok getOnlinePstnGateways: 2 entries',
        'ok getScriptTemplates: 11 entries',
        'ok getCallingProfiles: 2 entries',
        'ok getSbcDevices: 3 entries, put together from calling profiles and services',
        'skipped getLeads: reading leads may make the platform fetch their addresses from Microsoft; --leads reads them',
        'ok getNumbers: 0 entries',
        'skipped getTask: no task is pending for the connection, so there is none to ask for',
        'ok secret expiry: 1 secret of app registrations, all valid for 30 days or more',
        'ok lists of services: V3 and V2',
        'ok names of fields: PascalCase in V3, PascalCase in V2, camelCase in Get SIP Connections',
        'ok connections in the V3 details: told',
        'ok deployment states: the number 3 in Get, a word in the service details',
        'ok configuration type: the number 0 in Get, a word in the service details',
        'ok name of the CAC profile: cacProfile in Get',
        'ok main line: in the variables as CarierMailLine',
        'ok carrier password: Get shows it in clear',
        'ok script variables: by their own names',
        'skipped pending tasks: not decided: none is pending',
        'ok relatedScripts: told for 9 of 11',
        'ok variables of scripts: not told',
        'ok pages of script templates: counted from 0',
        'ok pages of gateways: counted from 0',
        'skipped pages of numbers: not decided: there are too few entries, or they cannot be read',
        'skipped siteIdPlacement, modifyBody, clearWith: not decided by reading'
      ]
    )
    assert.strictEqual(code, 0)
    assert.deepStrictEqual(simulator().state(), before)
    const methods = simulator()
      .requests()
      .map(({ method, path: url }) => (url.endsWith('/token') ? 'token' : method))
    assert.deepStrictEqual([...new Set(methods)].sort(), ['GET', 'token'])
    assert.ok(methods.length < 50, `${methods.length} requests`)
    assert.doesNotMatch(JSON.stringify(findings), /made-up|simulator-client-secret/)
  })

  it('could not write if it wanted to', async () => {
    const logs = { readOnly: false, trace: 'trace.jsonl', audit: 'audit.jsonl', maxRetries: 7 }
    const settings = diagnosing(testSettings({ baseUrl: simulator().url, ...logs }))
    const { readOnly, trace, audit, maxRetries } = settings
    assert.deepStrictEqual([readOnly, trace, audit, maxRetries], [true, undefined, undefined, 2])
    const { read } = worldOf(settings, () => undefined)
    const end = await read(Http.send({ method: 'PATCH', path: '/api/v2/customer', body: {}, answer: AnyAnswer }))
    assert.ok(E.isLeft(end) && end.left._tag === 'Refused')
    assert.deepStrictEqual(simulator().requests(), [])
  })

  describe('configuration', () => {
    it('tells which key comes from where, and never a secret', async () => {
      const environment = { ...clientOf(simulator()), AUDIOCODES_LIVE_MAX_RETRIES: '1' }
      const stack = { baseUrl: simulator().url, maxRetries: '2', clientId: 'another', accessToken: 'old-token' }
      const { of } = await doctor(givenBy(environment, stack))
      const { details, outcome } = of('configuration')
      assert.deepStrictEqual(
        [
          outcome,
          ...details.map((line) => line.replace(simulator().url, '<url>').replace(/^(tokenUrl: )\S+/, '$1<url>'))
        ],
        [
          'ok',
          'baseUrl: <url> (stack config, and not from environment: AUDIOCODES_LIVE_BASE_URL)',
          'accessToken: given (stack config) and not used, since other credentials are',
          'tenantId: aaaaaaaa-0000-4000-8000-000000000001 (environment: AUDIOCODES_LIVE_TENANT_ID)',
          'clientId: bbbbbbbb-0000-4000-8000-000000000001 (environment: AUDIOCODES_LIVE_CLIENT_ID, and not from stack config)',
          'clientSecret: (secret, not shown) (environment: AUDIOCODES_LIVE_CLIENT_SECRET)',
          'scope: api://cccccccc-0000-4000-8000-000000000001/.default (environment: AUDIOCODES_LIVE_SCOPE)',
          'tokenUrl: <url> (environment: AUDIOCODES_LIVE_TOKEN_URL)',
          'pollInterval: 0.01 (environment: AUDIOCODES_LIVE_POLL_INTERVAL)',
          'maxRetries: 2 (stack config, and not from environment: AUDIOCODES_LIVE_MAX_RETRIES)',
          'requestsPerSecond: 0 (environment: AUDIOCODES_LIVE_REQUESTS_PER_SECOND)'
        ]
      )
    })

    it('warns of names that are no setting', async () => {
      const from = givenBy({ ...tokenOf(simulator()), AUDIOCODES_LIVE_TENANT: 'x' })
      const { brief, code } = await doctor({ ...from, unknown: ['baseURL'] })
      assert.deepStrictEqual(
        [...brief('configuration'), code],
        ['warning: there is no setting audiocodes-live:baseURL, AUDIOCODES_LIVE_TENANT', 0]
      )
    })

    it('stops where it is not complete, and says how to complete it', async () => {
      const { of, findings, code } = await doctor(givenBy({ AUDIOCODES_LIVE_ACCESS_TOKEN: 'x' }))
      assert.deepStrictEqual(
        [of('configuration').outcome, of('configuration').found, of('configuration').next, code],
        [
          'failed',
          'Missing configuration audiocodes-live:baseUrl (environment: AUDIOCODES_LIVE_BASE_URL): the address of the platform',
          'set it with "pulumi config set audiocodes-live:baseUrl https://<host>/tenantui" or in the environment variable AUDIOCODES_LIVE_BASE_URL',
          1
        ]
      )
      assert.deepStrictEqual(
        findings.slice(1).map(({ outcome }) => outcome),
        Array(5).fill('skipped')
      )
    })
  })

  describe('token', () => {
    it("has the identity provider's own code and a hint, and nothing is asked of the platform without one", async () => {
      const secret = 'made-up-wrong-secret'
      const from = givenBy({ ...clientOf(simulator()), AUDIOCODES_LIVE_CLIENT_SECRET: secret })
      const { of, brief, code, findings } = await doctor(from)
      assert.match(of('token').found, /^no token from .*\/token \(status 401\): AADSTS7000215: Invalid client secret/)
      assert.deepStrictEqual(
        [of('token').outcome, of('token').details.filter((line) => line.startsWith('(')), code],
        ['failed', ['(the client secret is wrong: give the value of the secret, not its id)'], 1]
      )
      assert.deepStrictEqual(brief('base URL', 'calls that read', 'undocumented points'), [
        'skipped: there is no token',
        'skipped: there is no token',
        'skipped: there is no token'
      ])
      assert.ok(!JSON.stringify(findings).includes(secret))
      assert.deepStrictEqual(
        simulator()
          .requests()
          .map(({ path: url }) => url),
        ['/tenantui', new URL(simulator().tokenUrl).pathname]
      )
    })

    it('warns of a lifetime that is too short', async () => {
      simulator().setSwitches({ tokenSeconds: 60 })
      const { of } = await doctor(givenBy(clientOf(simulator())))
      assert.match(of('token').found, /valid for 60 s only$/)
      assert.strictEqual(of('token').outcome, 'warning')
    })

    for (const [what, inSeconds, outcome, text] of [
      ['has expired', -10, 'failed', /^the ready token has expired at 20/],
      ['expires soon', 300, 'warning', /^the ready token expires in 5 min$/],
      ['is valid', 7200, 'ok', /^a ready token is given; it is valid for 120 min more$/]
    ] as const) {
      it(`tells that a ready token ${what}`, async () => {
        const token = jwt({ exp: Math.round(Date.now() / 1000) + inSeconds })
        const { of, findings } = await doctor(givenBy({ ...tokenOf(simulator()), AUDIOCODES_LIVE_ACCESS_TOKEN: token }))
        assert.strictEqual(of('token').outcome, outcome)
        assert.match(of('token').found, text)
        assert.ok(!JSON.stringify(findings).includes(token))
      })
    }

    it('reads the expiry of a JWT and of nothing else', () => {
      assert.deepStrictEqual([jwt({ exp: 5 }), jwt({ exp: '5' }), jwt({}), 'a.b.c', 'opaque', ''].map(expiryOf), [
        5000,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined
      ])
    })
  })

  describe('the way', () => {
    it('names the address that answers when /tenantui is missing', async () => {
      const { of, code } = await doctor(
        givenBy({ ...tokenOf(simulator()), AUDIOCODES_LIVE_BASE_URL: simulator().origin })
      )
      const { outcome, found, next } = of('base URL')
      assert.deepStrictEqual(
        [outcome, next, code],
        ['failed', `set the address that answers: pulumi config set audiocodes-live:baseUrl ${simulator().url}`, 1]
      )
      assert.match(found, /does not answer, and .*\/tenantui does: .* was not found \(404\)/)
    })

    it('knows the other address of each', () => {
      assert.deepStrictEqual(
        ['https://a.example/tenantui', 'https://a.example', 'https://a.example/x/TenantUI'].map(otherAddress),
        ['https://a.example', 'https://a.example/tenantui', 'https://a.example/x']
      )
    })

    it('says what answers in place of the API', async () => {
      simulator().addFault({ match: { path: 'api' }, times: 'always', fault: { kind: 'html', status: 200 } })
      const { of } = await doctor(givenBy(tokenOf(simulator())))
      assert.deepStrictEqual(
        [of('base URL').outcome, of('base URL').found],
        ['failed', 'the answer to GET is not as documented: expected JSON, got HTML or XML']
      )
    })

    it('says that a token is refused', async () => {
      const { of, code } = await doctor(givenBy({ ...tokenOf(simulator()), AUDIOCODES_LIVE_ACCESS_TOKEN: 'another' }))
      assert.match(of('base URL').found, /^authorisation was refused by .* with status 401$/)
      assert.strictEqual(code, 1)
    })

    it('goes on with what does not need the platform when it cannot be reached', async () => {
      const { brief, code, of } = await doctor(
        givenBy({ ...tokenOf(simulator()), AUDIOCODES_LIVE_BASE_URL: 'http://127.0.0.1:1/tenantui' })
      )
      assert.deepStrictEqual(
        [...brief('reachability', 'base URL', 'clock'), of('token').outcome, code],
        [
          'failed: http://127.0.0.1:1/tenantui cannot be reached: connection refused',
          'skipped: the platform cannot be reached',
          'skipped: no answer had a Date header',
          'ok',
          1
        ]
      )
    })

    for (const [seconds, outcome, text] of [
      [90, 'warning', /^this machine is (89|9[01]) s behind 127\.0\.0\.1/],
      [-90, 'warning', /^this machine is (89|9[01]) s ahead of 127\.0\.0\.1/],
      [30, 'ok', /^this machine is (29|3[01]) s behind/]
    ] as const) {
      it(`compares the clocks: ${seconds} s`, async () => {
        const { of, code } = await doctor(givenBy(tokenOf(simulator())), { through: clockOff(seconds) })
        assert.deepStrictEqual([of('clock').outcome, code], [outcome, 0])
        assert.match(of('clock').found, text)
      })
    }

    it('names the proxy without its password, and NO_PROXY where that is why there is none', async () => {
      const environment = {
        HTTPS_PROXY: 'http://user:made-up-proxy-password@proxy.example:3128',
        NO_PROXY: 'b.example'
      }
      Object.assign(process.env, environment)
      try {
        const at = (host: string) =>
          doctor(
            givenBy({ ...environment, ...tokenOf(simulator()), AUDIOCODES_LIVE_BASE_URL: `https://${host}/tenantui` }),
            {
              through: () => () => () =>
                Promise.resolve(E.left({ _tag: 'TransportFault', sent: false, passing: false, cause: 'not tried' }))
            }
          )
        const [through, straight] = [await at('a.example'), await at('b.example')]
        assert.deepStrictEqual(
          [through.of('proxy').found, through.of('proxy').details, straight.of('proxy').found],
          [
            'a.example through the proxy http://proxy.example:3128',
            ['NO_PROXY: b.example'],
            'b.example without a proxy, since NO_PROXY covers it'
          ]
        )
        assert.doesNotMatch(JSON.stringify(through.findings), /made-up-proxy-password/)
      } finally {
        for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name)
      }
    })
  })

  describe('the calls that read', () => {
    const failing = (part: string, status: number): void => {
      simulator().addFault({ match: { path: part }, times: 'always', fault: { kind: 'status', status } })
    }

    it('do without V3, and without Operator Connect', async () => {
      failing('/api/v3/', 404)
      failing('/api/v2/oc/', 404)
      const { of, brief, code } = await doctor(givenBy(tokenOf(simulator())), { options: { customer: contoso } })
      assert.deepStrictEqual(
        ['getServices', 'getCustomers', 'getService', 'getSipConnection', 'getCallingProfiles', 'getNumbers'].map(
          (check) => `${check} ${of(check).outcome}`
        ),
        [
          'getServices warning',
          'getCustomers ok',
          'getService ok',
          'getSipConnection ok',
          'getCallingProfiles warning',
          'getNumbers skipped'
        ]
      )
      assert.deepStrictEqual(brief('lists of services'), ['ok: V2'])
      assert.strictEqual(code, 0)
    })

    it('name the path of what is not as documented, and that is a failure', async () => {
      simulator().addFault({
        match: { path: 'scripttemplates' },
        times: 'always',
        fault: { kind: 'status', status: 200, body: [{ id: '12', name: 'x' }] }
      })
      const { of, code } = await doctor(givenBy(tokenOf(simulator())))
      const { outcome, found, next } = of('getScriptTemplates')
      assert.deepStrictEqual(
        [outcome, found, next, code],
        [
          'failed',
          'the answer to GET is not as documented: [0].id: expected integer',
          'report the line above to the maintainers of pulumi-audiocodes-live; it holds no values',
          1
        ]
      )
    })

    it('say which right is missing, and fail only where it is needed', async () => {
      failing('callingprofile', 403)
      const first = await doctor(givenBy(tokenOf(simulator())))
      assert.deepStrictEqual(
        [first.of('getCallingProfiles').outcome, first.of('getCallingProfiles').next, first.code],
        ['warning', 'let the app registration have the right that this call needs, and run again', 0]
      )
      failing('sitelocation', 403)
      const second = await doctor(givenBy(tokenOf(simulator())))
      assert.deepStrictEqual([second.of('getSipConnection').outcome, second.code], ['failed', 1])
    })

    it('look at the customer that is named, by guid or short name', async () => {
      for (const customer of ['acme', customerGuids.acme]) {
        const { brief } = await doctor(givenBy(tokenOf(simulator())), { options: { customer } })
        assert.deepStrictEqual(brief('getService', 'getSipConnection'), [
          'ok: acme has 0 connections',
          'skipped: there is no connection to look at; name a customer that has one with --customer'
        ])
      }
      const { brief, code } = await doctor(givenBy(tokenOf(simulator())), { options: { customer: 'acne' } })
      assert.deepStrictEqual(
        [...brief('customer'), code],
        ['failed: there is no service with the short name "acne"; there are acme, contoso, initech, umbrella', 1]
      )
    })

    it('read the leads when that is wanted', async () => {
      simulator().setLists({ leads: manyLeads(25) })
      const { brief } = await doctor(givenBy(tokenOf(simulator())), { options: { leads: true } })
      assert.deepStrictEqual(brief('getLeads', 'pages of leads'), ['ok: 25 entries', 'ok: counted from 1'])
    })

    it('find SBC devices where the path is configured', async () => {
      simulator().setSwitches({ sbcDevicesPath: '/api/v2/sbcdevices' })
      const environment = { ...tokenOf(simulator()), AUDIOCODES_LIVE_SBC_DEVICES_PATH: '/api/v2/sbcdevices' }
      const { brief } = await doctor(givenBy(environment))
      assert.deepStrictEqual(brief('getSbcDevices'), ['ok: 3 entries, from Get SBC Devices'])
    })
  })

  describe('the expiry of secrets', () => {
    const now = Date.UTC(2030, 0, 1)

    it('is read from US-style dates', () => {
      assert.deepStrictEqual(
        [
          '1/31/2030 9:00:00 AM',
          '12/1/2030 12:05:00 AM',
          '1/1/2030',
          '1/1/2030 1:00 PM',
          '31/1/2030 9:00:00 AM',
          'soon'
        ].map((text) => {
          const time = usDate(text)
          return time === undefined ? undefined : new Date(time).toISOString()
        }),
        [
          '2030-01-31T09:00:00.000Z',
          '2030-12-01T00:05:00.000Z',
          '2030-01-01T00:00:00.000Z',
          '2030-01-01T13:00:00.000Z',
          undefined,
          undefined
        ]
      )
    })

    it('warns a month before, after, and of what it does not understand', () => {
      const told = [
        { name: 'a', text: '12/31/2029 9:00:00 AM' },
        { name: 'b', text: '1/11/2030 12:00:00 AM' },
        { name: 'c', text: '2/1/2031 9:00:00 AM' },
        { name: 'd', text: 'in May' }
      ]
      const { outcome, found, details } = expiryFinding(told, 20, 30, now)
      assert.deepStrictEqual(
        [outcome, found, ...details],
        [
          'warning',
          '3 of 4 secrets of app registrations need attention',
          'a: expired on 12/31/2029 9:00:00 AM',
          'b: expires in 10 days, on 1/11/2030 12:00:00 AM',
          'd: in May (a date in a form that is not known here)',
          '20 of 30 services were looked at; --customer names another one'
        ]
      )
    })

    it('is read from the service details', async () => {
      simulator().editCustomer(contoso, { clientSecretExpirationDate: '1/31/2020 9:00:00 AM' })
      const { of, code } = await doctor(givenBy(tokenOf(simulator())))
      assert.deepStrictEqual(
        [of('secret expiry').outcome, of('secret expiry').details, code],
        ['warning', ['contoso: expired on 1/31/2020 9:00:00 AM'], 0]
      )
    })
  })

  describe('the readings of what is not documented', () => {
    const table: ReadonlyArray<readonly [Partial<Switches>, string, string]> = [
      [{ states: 'strings' }, 'deployment states', 'ok: a word in Get, a word in the service details'],
      [{ states: 'integers' }, 'deployment states', 'ok: the number 3 in Get, the number 3 in the service details'],
      [
        { readConfigurationType: 'number' },
        'configuration type',
        'ok: the number 1 in Get, a word in the service details'
      ],
      [{ readConfigurationType: 'string' }, 'configuration type', 'ok: a word in Get, a word in the service details'],
      [{ mainLine: 'field' }, 'main line', 'ok: in the field carrierMainLine'],
      [{ mainLine: 'both' }, 'main line', 'ok: in the field carrierMainLine, and the variables as CarierMailLine'],
      [{ passwordEcho: 'masked' }, 'carrier password', 'ok: Get shows it masked'],
      [{ passwordEcho: 'absent' }, 'carrier password', 'ok: Get does not show it, or the connection has none'],
      [{ variableNames: 'positional' }, 'script variables', 'ok: by their position (CustomVar.Variable<N>)'],
      [{ scriptDetails: 'shown' }, 'variables of scripts', 'ok: told for 3 of 11'],
      [
        { pageNames: 'spaced' },
        'pages of script templates',
        'warning: counted from 0, with the parameters "Page Number" and "Page Size"'
      ],
      [{ pageNames: 'both' }, 'pages of script templates', 'ok: counted from 0'],
      [{ paging: 'whole' }, 'pages of script templates', 'warning: page number and size are ignored'],
      [{ paging: 'first' }, 'pages of script templates', 'warning: page number and size are ignored']
    ]
    for (const [switches, check, expected] of table) {
      it(JSON.stringify(switches), async () => {
        simulator().setSwitches(switches)
        const { brief } = await doctor(givenBy(tokenOf(simulator())))
        assert.deepStrictEqual(brief(check), [expected])
      })
    }

    it('leads in pages from 0', async () => {
      simulator().setSwitches({ leadPaging: 'older' })
      const { brief } = await doctor(givenBy(tokenOf(simulator())), { options: { leads: true } })
      assert.deepStrictEqual(brief('pages of leads'), ['ok: counted from 0'])
    })

    it('numbers in pages from 1, in an envelope', async () => {
      const { brief } = await doctor(givenBy(tokenOf(simulator())), { options: { customer: 'initech' } })
      assert.ok(
        simulator()
          .state()
          .numbers.filter(({ tenantId }) => tenantId === tenants.initech).length > 2
      )
      assert.deepStrictEqual(brief('pages of numbers'), ['ok: counted from 1, in an envelope'])
    })

    it('pending tasks', async () => {
      simulator().setSwitches({ pendingTaskShape: 'object' })
      simulator().addFault({
        match: { path: HEADQUARTERS_GUID },
        times: 'always',
        fault: { kind: 'task', taskId: 'tsk_77' }
      })
      const { brief } = await doctor(givenBy(tokenOf(simulator())))
      assert.deepStrictEqual(brief('pending tasks'), ['ok: a list of ids'])
    })

    it('tell the base of a list only where two pages decide it', () => {
      const of = (...entries: ReadonlyArray<string>): Page => ({ _tag: 'Entries', entries, isEnvelope: false })
      const no: Page = { _tag: 'Refused', status: 400 }
      const nothing: Page = { _tag: 'Nothing' }
      assert.deepStrictEqual(
        (
          [
            [of('a', 'b'), of('c')],
            [of('a', 'b'), of()],
            [no, of('a', 'b')],
            [of(), of('a', 'b')],
            [of('a', 'b'), no],
            [of('a', 'b'), of('a', 'b')],
            [of('a', 'b', 'c'), of('a', 'b', 'c')],
            [of(), of()],
            [no, no],
            [no, of()],
            [nothing, of('a')],
            [of('a'), nothing]
          ] as const
        ).map(([zero, one]) => countingOf(zero, one)),
        [
          'from 0',
          'from 0',
          'from 1',
          'from 1',
          'from 0',
          'not decided',
          'ignored',
          'not decided',
          'not decided',
          'not decided',
          'not decided',
          'not decided'
        ]
      )
    })
  })

  describe('as a command', () => {
    let folder: string
    before(() => {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), 'doctor-'))
    })
    after(() => {
      fs.rmSync(folder, { recursive: true })
    })
    const surroundings = (env: Readonly<Record<string, string>>) => ({
      cwd: folder,
      env: { PATH: folder, AUDIOCODES_LIVE_REQUESTS_PER_SECOND: '0', ...env }
    })

    it('prints a list, writes no file, and ends with 0', async () => {
      const trace = { AUDIOCODES_LIVE_TRACE: 'trace.jsonl', AUDIOCODES_LIVE_AUDIT: 'audit.jsonl' }
      const { code, stdout, stderr } = await command(['doctor'], surroundings({ ...tokenOf(simulator()), ...trace }))
      const lines = stdout.split('\n')
      assert.deepStrictEqual(
        [code, stderr, fs.readdirSync(folder), lines[0], lines.at(-2)],
        [0, '', [], 'Configuration, and the way to the platform', '34 checks: 29 ok, 5 skipped.']
      )
      assert.ok(
        lines.includes('           no stack config was read, only the environment: There is no "pulumi" on PATH')
      )
      assert.ok(!stdout.includes(STATIC_TOKEN))
    })

    it('prints JSON, and ends with 1 when a check failed', async () => {
      const env = { ...clientOf(simulator()), AUDIOCODES_LIVE_CLIENT_SECRET: `${CLIENT_SECRET}x` }
      const { code, stdout } = await command(['doctor', '--json'], surroundings(env))
      const { counts, checks } = JSON.parse(stdout) as { counts: unknown; checks: ReadonlyArray<{ check: string }> }
      assert.deepStrictEqual([code, counts], [1, { ok: 4, warning: 0, failed: 1, skipped: 4 }])
      assert.deepStrictEqual(
        checks.slice(0, 3).map(({ check }) => check),
        ['configuration', 'proxy', 'reachability']
      )
      assert.ok(!stdout.includes(CLIENT_SECRET))
    })

    it('reads the configuration of the stack that is named', async () => {
      const config = {
        'audiocodes-live:baseUrl': { value: simulator().url },
        'audiocodes-live:accessToken': { value: STATIC_TOKEN, secret: true },
        'audiocodes-live:readonly': { value: 'true' },
        'other:key': { value: 'x' }
      }
      const pulumi = path.join(folder, 'pulumi')
      fs.writeFileSync(pulumi, `#!/bin/sh\n[ "$*" = "$EXPECTED" ] && printf '%s' '${JSON.stringify(config)}'\n`, {
        mode: 0o755
      })
      try {
        const EXPECTED = 'config --json --show-secrets --stack dev --non-interactive --color never'
        const { code, stdout } = await command(['doctor', '--stack', 'dev', '--json'], surroundings({ EXPECTED }))
        const { checks } = JSON.parse(stdout) as { checks: ReadonlyArray<Readonly<Record<string, unknown>>> }
        assert.deepStrictEqual(
          [code, checks[0]],
          [
            0,
            {
              group: 'way',
              check: 'configuration',
              outcome: 'warning',
              found: 'there is no setting audiocodes-live:readonly',
              details: [
                `baseUrl: ${simulator().url} (stack config)`,
                'accessToken: (secret, not shown) (stack config)',
                'requestsPerSecond: 0 (environment: AUDIOCODES_LIVE_REQUESTS_PER_SECOND)'
              ],
              next: 'correct the name, or remove it: it has no effect'
            }
          ]
        )
      } finally {
        fs.rmSync(pulumi)
      }
    })

    it('wants a stack that is named to be there', async () => {
      const { code, stderr } = await command(['doctor', '--stack', 'dev'], surroundings(tokenOf(simulator())))
      assert.strictEqual(code, 1)
      assert.match(stderr, /^There is no "pulumi" on PATH/)
    })
  })
})
