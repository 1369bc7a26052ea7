import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'
import { pipe } from 'fp-ts/function'
import { type Result, compare, failureOf, knownOf, resultOf } from '../../cli/drift/Compare'
import { reportJson, reportJunit, reportMarkdown, reportText } from '../../cli/drift/Outputs'
import { exitCodeOf, reportOf } from '../../cli/drift/Report'
import { progress } from '../../cli/report/Progress'
import { reveal } from '../../cli/state/Reveal'
import { type Resource, parseExport } from '../../cli/state/StackExport'
import { instanceOf, parseUrn } from '../../cli/state/Urn'
import type { Fetch } from '../../provider/Env'
import { withSecretMarks } from '../../provider/SecretMarks'
import { customerGuids } from '../../simulator'
import { testEnv } from '../support/TestEnv'
import { command } from './Command'
import { fixtureText } from './Fixtures'

const encrypted = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', ciphertext: 'v1:x' }
const inClear = (value: unknown) => ({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  plaintext: JSON.stringify(value)
})

const connections = () => parseExport(fixtureText('export'), 'export.json')
const named = (name: string): Resource => {
  const found = connections().managed.find(({ urn }) => parseUrn(urn).name === name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}

describe('the export of a stack', () => {
  it('tells the connections of the program, and what runs have left undone', () => {
    const type = 'pulumi-nodejs:dynamic/audiocodes-live:SipConnection'
    const urn = (name: string): string => `urn:pulumi:dev::harness::my:Site$${type}::${name}`
    const { managed, lookedAt, pending, stack, project } = parseExport(
      JSON.stringify({
        deployment: {
          resources: [
            { urn: urn('a'), type },
            { urn: urn('a'), type, delete: true },
            { urn: urn('seen'), type, external: true },
            { urn: 'urn:pulumi:dev::harness::other:index:Thing::x', type: 'other:index:Thing' }
          ],
          pending_operations: [{ type: 'creating', resource: { urn: urn('b::c'), type } }]
        }
      }),
      'x'
    )
    assert.deepStrictEqual(
      { managed: managed.length, lookedAt, pending, stack, project },
      {
        managed: 1,
        lookedAt: 1,
        pending: [
          { name: 'a', what: 'a former one waits for its deletion' },
          { name: 'b::c', what: 'was interrupted while creating' }
        ],
        stack: 'dev',
        project: 'harness'
      }
    )
  })

  it('names explicit provider instances alone', () => {
    const reference = (name: string): string => `urn:pulumi:dev::p::pulumi:providers:pulumi-nodejs::${name}::5f0`
    assert.deepStrictEqual(
      [reference('eu'), reference('default'), reference('default_1_2_3'), undefined].map(instanceOf),
      ['eu', undefined, undefined, undefined]
    )
  })

  it('has its secrets in clear, or they are left out and named', () => {
    assert.deepStrictEqual(
      reveal({
        a: inClear('x'),
        b: encrypted,
        c: { d: encrypted, e: inClear({ f: 1 }), 'g.h': encrypted },
        i: [1, inClear(2)],
        j: [1, encrypted],
        ...withSecretMarks({ k: 'y' }, { keys: ['k'], bags: [] })
      }),
      {
        properties: { a: 'x', c: { e: { f: 1 } }, i: [1, 2], k: 'y' },
        encrypted: ['b', 'c.d', 'c["g.h"]', 'j'],
        opened: ['a', 'c.e', 'i', 'k']
      }
    )
  })

  it('is read with what is encrypted taken for not managed', () => {
    const { properties, compared, notCompared, id } = knownOf(named('whole'))
    const { sbcScripts, carrierUserPassword, managedKeys } = properties
    assert.deepStrictEqual(
      {
        id,
        notCompared,
        sbcScripts,
        carrierUserPassword,
        managed: [managedKeys, compared].flatMap((keys) => (keys as string[]).filter((key) => /Password/.test(key)))
      },
      {
        id: '00000000-0000-4000-8000-000000000001',
        notCompared: ['carrierUserPassword', 'sbcScripts.customerVariables.RegistrarPassword'],
        sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'EMEA' } },
        carrierUserPassword: undefined,
        managed: []
      }
    )
  })
})

describe('the comparison of a connection', () => {
  it('tells what differs, what is gone and what is the same', () => {
    const resource = named('bare')
    const bare = knownOf(resource)
    const found = (more: object) => O.some({ ...bare.properties, ...more })
    const base = {
      name: 'bare',
      siteGuid: '00000000-0000-4000-8000-000000000002',
      siteName: 'bare',
      sbcId: 3,
      notCompared: []
    }
    assert.deepStrictEqual(
      [
        resultOf(resource, bare, found({})),
        resultOf(resource, bare, found({ sbcId: 5 })),
        resultOf(resource, bare, O.none)
      ],
      [
        { ...base, outcome: 'same', fields: [] },
        { ...base, outcome: 'drift', fields: [{ path: 'sbcId', before: 3, after: 5 }] },
        { ...base, outcome: 'gone', fields: [] }
      ]
    )
  })

  it('never shows a secret, whatever its name', () => {
    const bare = named('bare')
    const resource = {
      ...bare,
      outputs: { ...bare.outputs, managedKeys: ['cacProfile'], cacProfile: inClear('canary-1') }
    }
    const found = O.some({ cacProfile: 'canary-2' })
    assert.deepStrictEqual(resultOf(resource, knownOf(resource), found).fields, [
      { path: 'cacProfile', before: '[secret]', after: '[secret]' }
    ])
  })

  it('refuses a state of a newer version, without a request', async () => {
    const { env } = testEnv({}, { fetch: () => () => Promise.reject(new Error('a request')) })
    const { outcome, error } = await compare(
      { ...named('bare'), outputs: { schemaVersion: 99 } },
      E.right(env),
      () => 0
    )
    assert.deepStrictEqual(
      [outcome, error?.headline],
      [
        'error',
        'Read of SIP connection (site 00000000-0000-4000-8000-000000000002) failed: The state was written by a newer version of pulumi-audiocodes-live (schemaVersion 99; this one knows 1)'
      ]
    )
  })
})

const result = (name: string, outcome: Result['outcome'], more: Partial<Result> = {}): Result => ({
  name,
  siteGuid: `guid-${name}`,
  outcome,
  fields: [],
  notCompared: [],
  ...more
})

const report = () => {
  const failed = failureOf(
    named('half'),
    knownOf(named('half')),
    {
      _tag: 'Unreachable',
      cause: 'connection <refused>',
      exchange: { method: 'GET', url: 'https://x', correlationId: 'c1', serverIds: [] }
    },
    0
  )
  return reportOf({ ...connections(), lookedAt: 2, pending: [{ name: 'p', what: 'was interrupted while updating' }] }, [
    result('same', 'same', { notCompared: ['carrierUserPassword'] }),
    result('b|d', 'drift', {
      fields: [
        { path: 'cacProfile', before: '10 sessions', after: 'a|b' },
        { path: 'carrierUserPassword', before: '[secret]', after: '[secret]' },
        { path: 'onlinePstnGateway', after: 'x' }
      ]
    }),
    result('gone', 'gone'),
    failed
  ])
}

const untold =
  'Not told by the platform, so never compared: customerGuid, enableCac, carrierRegistration, carrierPasswordDpi, phones, dialPlanPrefixes, proxySet.'

describe('the report of a comparison', () => {
  const said = 'https://x cannot be reached: connection <refused>'
  const where = 'customer 11111111-1111-4111-8111-111111111111, site 00000000-0000-4000-8000-000000000004, SBC 3'
  const remarks = [
    'Not compared: 1 secret field of 1 connection, which the export holds encrypted; with --show-secrets they are compared.',
    untold,
    'Not compared: 2 connections that the program only looks at (get).',
    'Unfinished: half: the last create ended failed; the next "pulumi up" finishes it.',
    'Unfinished: p: was interrupted while updating; the next "pulumi up" finishes it.'
  ]
  const headline =
    'dev of harness: 4 SIP connections: 1 changed outside, 1 deleted outside, 1 not compared because of an error, 1 as in the code.'

  it('is a table for a terminal', () => {
    assert.deepStrictEqual(reportText(report()).split('\n'), [
      headline,
      '',
      'connection  field                code         live',
      '----------  -------------------  -----------  ---------------------------------------------------------------',
      `half                                          not compared: ${said}`,
      'gone                             exists       deleted outside',
      'b|d         cacProfile           10 sessions  a|b',
      'b|d         carrierUserPassword  secret       differs',
      'b|d         onlinePstnGateway    not set      x',
      '',
      `Read of SIP connection "half" (${where}) failed: ${said}`,
      '    correlation id c1, 1970-01-01T00:00:00.000Z',
      '',
      ...remarks,
      ''
    ])
  })

  it('is Markdown, cut where it must be', () => {
    const lines = reportMarkdown(report()).split('\n')
    assert.deepStrictEqual(lines.slice(0, 10), [
      '<!-- audiocodes-live drift -->',
      headline,
      '',
      '| connection | field | code | live |',
      '| --- | --- | --- | --- |',
      `| \`half\` |  |  | \`not compared: ${said}\` |`,
      '| `gone` |  | `exists` | `deleted outside` |',
      '| <code>b&#124;d</code> | `cacProfile` | `10 sessions` | <code>a&#124;b</code> |',
      '| <code>b&#124;d</code> | `carrierUserPassword` | `secret` | `differs` |',
      '| <code>b&#124;d</code> | `onlinePstnGateway` | `not set` | `x` |'
    ])
    const long = reportOf(
      connections(),
      Array.from({ length: 3000 }, (_, index) => result(`c${index}`, 'gone'))
    )
    const text = reportMarkdown(long)
    const left = Number(/… (\d+) more rows left out/.exec(text)?.[1])
    assert.deepStrictEqual(
      [Buffer.byteLength(text) <= 65_536, (text.match(/deleted outside` \|/g) ?? []).length + left],
      [true, 3000]
    )
  })

  it('is JUnit, a test case a connection', () => {
    const attributes = 'tests="4" failures="2" errors="1" skipped="0"'
    const shown = `Read of SIP connection &quot;half&quot; (${where}) failed: ${said.replace('<', '&lt;').replace('>', '&gt;')}`
    const escaped = (text: string): string => text.replaceAll('"', '&quot;')
    assert.deepStrictEqual(reportJunit(report()).split('\n'), [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites ${attributes}>`,
      `<testsuite name="audiocodes-live drift" ${attributes}>`,
      '<testcase classname="harness.dev" name="half">',
      `<error message="${shown}">${shown}`,
      '    correlation id c1, 1970-01-01T00:00:00.000Z</error>',
      '</testcase>',
      '<testcase classname="harness.dev" name="gone">',
      '<failure message="deleted outside">The connection does not exist on the platform any more.</failure>',
      '</testcase>',
      '<testcase classname="harness.dev" name="b|d">',
      '<failure message="3 differences from the code">cacProfile: code 10 sessions, live a|b',
      'carrierUserPassword: code secret, live differs',
      'onlinePstnGateway: code not set, live x</failure>',
      '</testcase>',
      '<testcase classname="harness.dev" name="same"/>',
      ...`<system-out>${[headline, ...remarks].map(escaped).join('\n')}</system-out>`.split('\n'),
      '</testsuite>',
      '</testsuites>',
      ''
    ])
  })

  it('is JSON', () => {
    assert.deepStrictEqual(JSON.parse(reportJson(report())), report())
  })

  it('decides the exit code: an error, then drift, then nothing', () => {
    const codes = (...outcomes: ReadonlyArray<Result['outcome']>): number =>
      exitCodeOf(
        reportOf(
          connections(),
          outcomes.map((outcome) => result('x', outcome))
        )
      )
    assert.deepStrictEqual(
      [codes(), codes('same'), codes('same', 'gone'), codes('drift', 'same'), codes('drift', 'error')],
      [0, 0, 2, 2, 1]
    )
  })
})

describe('the comparison of services and dial plans', () => {
  const { acme } = customerGuids
  const site = 'abcdabcd-2222-4222-8222-222222222222'
  const id = `${acme}/${site}/CustDialPlan`
  const [berlin, munich] = [
    { prefix: '+4930', tag: 'a.example.net' },
    { prefix: '+4989', tag: 'b.example.net' }
  ]
  const platform = 'https://live.example.net/tenantui'
  const kept = { platform, schemaVersion: 1 }
  const dialPlan = {
    customerGuid: acme,
    siteGuid: site.toUpperCase(),
    dialPlanName: 'CustDialPlan',
    rules: [berlin, munich],
    adopt: true,
    ...kept,
    managedKeys: ['customerGuid', 'siteGuid', 'dialPlanName', 'rules']
  }
  const service = {
    shortName: 'acme',
    msTenantId: 'a0a0a0a0-0001-4000-8000-000000000001',
    ovocCustomerType: 'IPGROUP_TYPE',
    license: 'HostedPro',
    applicationClientSecret: encrypted,
    ...kept,
    lastOperation: { kind: 'update', outcome: 'failed', correlationId: 'c' },
    managedKeys: ['shortName', 'msTenantId', 'ovocCustomerType', 'license', 'applicationClientSecret']
  }
  /** A state of these, in the dynamic host and in the plugin. */
  const state = () => {
    const resource = (type: string, name: string, id: string, outputs: object) => ({
      urn: `urn:pulumi:dev::harness::${type}::${name}`,
      type,
      id,
      inputs: { __provider: 'x', ...outputs },
      outputs: { __provider: 'x', ...outputs }
    })
    return parseExport(
      JSON.stringify({
        deployment: {
          resources: [
            resource('pulumi-nodejs:dynamic/audiocodes-live:HostedEssentialsService', 'acme', acme, service),
            resource(
              'audiocodes-live:index:DialPlan',
              'plan',
              id.toUpperCase().replace('CUSTDIALPLAN', 'CustDialPlan'),
              dialPlan
            ),
            resource('audiocodes-live:index:Customer', 'component', '', {}),
            ...(JSON.parse(fixtureText('export')) as { deployment: { resources: object[] } }).deployment.resources
          ]
        }
      }),
      'x'
    )
  }
  /** What these answers of the platform lead to. */
  const compared = async (answers: Readonly<Record<string, unknown>>, resources = state().managed.slice(0, 2)) => {
    const fetch: Fetch = ({ url }) =>
      TE.fromEither(
        pipe(
          Object.entries(answers).find(([path]) => url.includes(path)),
          O.fromNullable,
          O.map(([, answer]) => ({
            status: answer === undefined ? 404 : 200,
            headers: {},
            body: JSON.stringify(answer ?? 'not found')
          })),
          E.fromOption(() => {
            throw new Error(url)
          })
        )
      )
    const { env } = testEnv({}, { fetch })
    return reportOf(state(), await Promise.all(resources.map((each) => compare(each, E.right(env), () => 0))))
  }

  it('tells what differs in their own words, and what is told of neither', async () => {
    const report = await compared({
      '/dialplan/': {
        dialPlanId: 'CustDialPlan',
        ruleDTO: [
          { name: 'x', ...berlin, tag: 'c.example.net' },
          { name: 'x', ...munich, tag: 'B.example.net' },
          { name: 'x', prefix: '+1', tag: 'x.example.net' }
        ]
      },
      [`/v3/customer/${acme}`]: { UmpCustomerGuid: acme, CustomerShortName: 'acme', LicenseType: 1, SiteLocation: [] }
    })
    assert.deepStrictEqual(report.others, [
      {
        kind: 'hostedEssentialsService',
        name: 'acme',
        id: acme,
        outcome: 'drift',
        fields: [{ path: 'license', before: 'HostedPro', after: 'HostedEssentialsPlus' }],
        notCompared: [],
        unfinished: 'the last update ended failed'
      },
      {
        kind: 'dialPlan',
        name: 'plan',
        id,
        outcome: 'drift',
        fields: [{ path: 'rules', before: [berlin, munich], after: [{ ...berlin, tag: 'c.example.net' }, munich] }],
        notCompared: []
      }
    ])
    assert.deepStrictEqual(reportText(report).split('\n'), [
      'dev of harness: 1 Hosted Essentials service, 1 dial plan: 2 changed outside.',
      '',
      'resource                          field    code       live',
      '--------------------------------  -------  ---------  ------------------------------------------------------------',
      'acme (Hosted Essentials service)  license  HostedPro  HostedEssentialsPlus',
      'plan (dial plan)                  rules               removed +4930 -> a.example.net; added +4930 -> c.example.net',
      '',
      'Not told by the platform, so never compared: siteLocation, ovocCustomerType, channelId, lcCustomerId, scriptParameters, applicationClientSecret of a Hosted Essentials service; customerGuid, siteGuid, dialPlanName of a dial plan.',
      'Unfinished: acme (Hosted Essentials service): the last update ended failed; the next "pulumi up" finishes it.',
      ''
    ])
  })

  it('tells what is gone, and what cannot be read', async () => {
    const details = { UmpCustomerGuid: acme, CustomerShortName: 'acme', LicenseType: 2, SiteLocation: [] }
    const gone = await compared({ '/dialplan/': undefined, [`/v3/customer/${acme}`]: details })
    const other = { ...details, CustomerShortName: 'contoso' }
    const wrong = await compared({ '/dialplan/': { ruleDTO: 1 }, [`/v3/customer/${acme}`]: other })
    assert.deepStrictEqual(
      [gone, wrong].map(({ counts }) => counts),
      [
        { error: 0, gone: 1, drift: 0, same: 1 },
        { error: 2, gone: 0, drift: 0, same: 0 }
      ]
    )
    assert.deepStrictEqual(reportJunit(gone).split('\n').slice(3, 7), [
      '<testcase classname="harness.dev" name="plan (dial plan)">',
      '<failure message="deleted outside">The dial plan does not exist on the platform any more.</failure>',
      '</testcase>',
      '<testcase classname="harness.dev" name="acme (Hosted Essentials service)"/>'
    ])
    assert.deepStrictEqual(
      reportText(wrong)
        .split('\n')
        .filter((line) => /^(acme|plan) /.test(line))
        .map((line) => line.replace(/ +/g, ' ').slice(0, 108)),
      [
        `acme (Hosted Essentials service) not compared: The platform answered for service ${acme.slice(0, 27)}`,
        'plan (dial plan) not compared: the answer to GET is not as documented: ruleDTO: expected list of rules'
      ]
    )
  })

  it('stand beside connections, which keep their place in the report', () => {
    const { stack, project, managed, pending } = state()
    const report = reportOf(
      { ...state(), pending: [{ kind: 'dialPlan', name: 'p', what: 'was interrupted while updating' }] },
      [result('b', 'gone'), { kind: 'dialPlan', name: 'a', id: 'x', outcome: 'gone', fields: [], notCompared: [] }]
    )
    assert.deepStrictEqual(
      [stack, project, managed.map(({ kind }) => kind).slice(0, 3), pending, report.connections.length],
      ['dev', 'harness', ['hostedEssentialsService', 'dialPlan', 'sipConnection'], [], 1]
    )
    assert.deepStrictEqual(reportMarkdown(report).split('\n').slice(1, 7), [
      'dev of harness: 1 dial plan, 1 SIP connection: 2 deleted outside.',
      '',
      '| resource | field | code | live |',
      '| --- | --- | --- | --- |',
      '| `a (dial plan)` |  | `exists` | `deleted outside` |',
      '| `b` |  | `exists` | `deleted outside` |'
    ])
    assert.match(reportText(report), /^Unfinished: p \(dial plan\): was interrupted while updating; the next/m)
  })
})

describe('progress', () => {
  const drawn = (isTTY: boolean): string => {
    let text = ''
    const shown = progress('Reading', 2, { isTTY, write: (more) => (text += more) })
    shown.step()
    shown.note('a notice')
    shown.end()
    return text
  }

  it('is drawn over on a terminal, and only its notices are in a log', () => {
    assert.deepStrictEqual(
      [drawn(true), drawn(false)],
      ['\r\u001b[KReading 1/2\r\u001b[Ka notice\n\r\u001b[KReading 1/2\r\u001b[K', 'a notice\n']
    )
  })
})

describe('command: audiocodes-live drift', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'drift-'))
  after(() => fs.rmSync(folder, { recursive: true }))
  const run = (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}, input = '') =>
    command(['drift', ...args], { cwd: folder, env, input })

  const expected = 'is no output of "pulumi stack export"'
  const mistakes: readonly [readonly string[], string, string][] = [
    [['--json', 'a', '--junit', './a'], '', './a is named for two outputs: give each a file of its own.\n'],
    [['--json', '.'], '', '. is a folder: name a file.\n'],
    [
      ['--json', 'no/a'],
      '',
      `no/a cannot be written: there is no folder ${path.join(fs.realpathSync(folder), 'no')}.\n`
    ],
    [
      ['--stack', ''],
      '',
      "error: option '--stack <name>' argument '' is invalid. It is empty: name a stack, or leave the option out.\n"
    ],
    [['--state', 'nowhere'], '', 'nowhere cannot be read: there is no such file.\n'],
    [['--state', '-'], '{', `Standard input ${expected}: it is not one JSON document.\n`],
    [
      ['--state', '-'],
      '{"version":3,"checkpoint":{}}',
      `Standard input ${expected}: it is a file of the state backend itself; export it with "pulumi stack export".\n`
    ],
    [['--state', '-'], '{"steps":[]}', `Standard input ${expected}: it is that of "pulumi preview --json".\n`],
    [
      ['--state', '-'],
      '{"deployment":{"resources":[{"urn":1,"type":"x"}]}}',
      `Standard input ${expected}: deployment.resources[0].urn: expected string.\n`
    ]
  ]
  for (const [args, input, stderr] of mistakes) {
    it(`${args.join(' ')} ${input.slice(0, 30)}: one sentence, exit 1, no file`, async () => {
      assert.deepStrictEqual(await run(args, {}, input), { code: 1, stdout: '', stderr })
      assert.deepStrictEqual(fs.readdirSync(folder), [])
    })
  }

  it('does not take --show-secrets with a file', async () => {
    const { code, stderr } = await run(['--state', '-', '--show-secrets'])
    assert.deepStrictEqual(
      [code, /'--show-secrets' cannot be used with option '--state <file>'/.test(stderr)],
      [1, true]
    )
  })

  it('needs pulumi where no file is given', async () => {
    assert.deepStrictEqual(await run([], { PATH: folder }), {
      code: 1,
      stdout: '',
      stderr:
        'There is no "pulumi" on PATH: install it, or give the output of "pulumi stack export" with --state <file>.\n'
    })
  })

  it('has nothing to say of a state without connections', async () => {
    assert.deepStrictEqual(await run(['--state', '-'], {}, '{"deployment":null}'), {
      code: 0,
      stdout: 'The state holds no SIP connections.\n',
      stderr: ''
    })
  })
})
