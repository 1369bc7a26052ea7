import * as assert from 'node:assert'
import { planComment } from '../../cli/plan/Comment'
import { judgementOf, sessionsOf } from '../../cli/plan/Danger'
import { planOf } from '../../cli/plan/Plan'
import { parsePreview } from '../../cli/plan/Preview'
import { planText } from '../../cli/plan/Text'
import { fieldChanges } from '../../cli/report/Fields'
import { unknowns } from '../support/unknowns'
import { command } from './Command'
import { fixtureText } from './Fixtures'

const type = 'pulumi-nodejs:dynamic/audiocodes-live:SipConnection'
const typeOf = (kind: string): string => `pulumi-nodejs:dynamic/audiocodes-live:${kind}`
const urn = (name: string, of = type): string => `urn:pulumi:dev::harness::${of}::${name}`

type Inputs = Readonly<Record<string, unknown>>

const step = (op: string, name: string, before?: Inputs, after?: Inputs, more: object = {}): object => ({
  op,
  urn: urn(name),
  ...(before === undefined ? {} : { oldState: { id: `id-${name}`, inputs: before } }),
  ...(after === undefined ? {} : { newState: { inputs: after } }),
  ...more
})

const plan = (...steps: ReadonlyArray<object>) => planOf(parsePreview(JSON.stringify({ steps }), 'preview.json'))

describe('the comment of a plan', () => {
  it('is this for the preview of the engine', () => {
    const text = planComment(planOf(parsePreview(fixtureText('preview'), 'preview.json')))
    const acme = '11111111-1111-4111-8111-111111111111'
    const created = (name: string): string =>
      `\`customerGuid\`: \`${acme}\`<br>\`sbcId\`: \`3\`<br>\`sbcScripts.cleanupScript\`: \`12002\`<br>\`sbcScripts.onboardingScript\`: \`12001\`<br>\`siteName\`: \`${name}\``
    assert.deepStrictEqual(text.split('\n'), [
      '<!-- audiocodes-live plan -->',
      '**dev of harness**: SIP connections: 2 create, 2 update, 1 replace, 1 delete, 1 forget; 4 may affect calls.',
      '',
      '#### May affect calls (4)',
      '',
      '| connection | SBC | operation | why | fields |',
      '| --- | --- | --- | --- | --- |',
      '| `gone` | 3 | delete | deleted | taken off the platform (site 00000000-0000-4000-8000-000000000004) |',
      `| \`away\` | 3 | replace | replaced: deleted and made again | \`customerGuid\`: \`${acme}\` → \`22222222-2222-4222-8222-222222222222\` |`,
      '| `mover` | 3 → 5 | update | moves to another SBC: the old one may keep its IP group and registration | `sbcId`: `3` → `5` |',
      '| `whole` | 3 | update | registration with the carrier<br>fewer calls at a time (CAC)<br>numbers removed, or not comparable<br>route of the calls (gateway, proxy set, configuration mode, M365 routing) ' +
        '| `cacProfile`: `10 sessions` → `5 sessions`<br>`carrierUserPassword`: changed<br>`dialPlanPrefixes`: removed `CustDialPlan 0`<br>`m365Scripts.cleanupScript`: `13002` → not set' +
        '<br>`m365Scripts.configureM365Routing`: `true` → not set<br>`m365Scripts.onboardingScript`: `13001` → not set<br>`phones`: removed `+4989555100`; added `+493055510`' +
        '<br>`sbcScripts.customerVariables.New`: not set → <code>a&#124;&#96;b</code><br>`sbcScripts.customerVariables.Region`: `EMEA` → `APAC`<br>`sbcScripts.customerVariables.RegistrarPassword`: changed |',
      '',
      '#### Other changes (3)',
      '',
      '| connection | SBC | operation | fields |',
      '| --- | --- | --- | --- |',
      `| \`fresh\` | 3 | create | ${created('fresh')} |`,
      '| `kept` | 3 | forget | stays on the platform and leaves the state (site 00000000-0000-4000-8000-000000000005) |',
      `| \`later\` | 3 | create | \`cacProfile\`: set<br>\`carrierUserName\`: known after apply<br>${created('later')} |`,
      '',
      '#### By SBC',
      '',
      '| SBC | create | update | replace | delete | forget |',
      '| --- | --- | --- | --- | --- | --- |',
      '| 3 | 2 | 1 | 1 | 1 | 1 |',
      '| 3 → 5 | - | 1 | - | - | - |',
      '| **all** | 2 | 2 | 1 | 1 | 1 |',
      '',
      'Resources that are no SIP connections: 1 create.',
      ''
    ])
  })

  it('has the dangerous rows first and stays below the limit of GitHub with 1,000 of them', () => {
    const phones = Array.from({ length: 100 }, (_, index) => `+4989555${index + 100}`)
    const steps = Array.from({ length: 1000 }, (_, index) =>
      index % 3 === 0
        ? step(
            'update',
            `c${index}`,
            { sbcId: 3, phones },
            { sbcId: 3, phones: phones.slice(1), siteName: 'ü|`'.repeat(9) }
          )
        : step('create', `c${index}`, undefined, { sbcId: index, siteName: `c${index}`, phones })
    )
    const whole = plan(...steps)
    const text = planComment(whole)
    const rows = text.split('\n').filter((line) => /^\| `c\d+`/.test(line))
    const left = [...text.matchAll(/… (\d+) more left out/g)].map(([, count]) => Number(count))
    assert.deepStrictEqual(
      [
        Buffer.byteLength(text) <= 65_536,
        rows.length + left.reduce((a, b) => a + b, 0),
        rows.filter((line) => line.includes('| update |')).length > 100,
        /^\| … 617 more SBCs \|/m.test(text),
        text.includes('| **all** | 666 | 334 | - | - |')
      ],
      [true, 1000, true, true, true]
    )
    assert.strictEqual(
      planText(whole)
        .split('\n')
        .filter((line) => /^ {2}(create|update) c\d/.test(line)).length,
      1000
    )
  })

  it('shows an amount of fields that can be read', () => {
    const customerVariables = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`v${index}`, 'x'.repeat(900)])
    )
    const text = planComment(plan(step('create', 'big', undefined, { sbcScripts: { customerVariables } })))
    assert.deepStrictEqual([text.includes('… and 480 more fields |'), text.length < 8000], [true, true])
  })
})

describe('a plan', () => {
  it('never has the value of a secret, marked or not', () => {
    const secret = (value: string): Inputs => ({
      sbcId: 3,
      carrierUserPassword: value,
      carrierPasswordDpi: value,
      sbcScripts: { customerVariables: { SipToken: value, Api_Key: value } }
    })
    const found = plan(
      step('update', 'a', secret('canary-1'), secret('canary-2')),
      step('create', 'b', undefined, secret('canary-3')),
      step('replace', 'c', secret('canary-4'), {})
    )
    const texts = [planComment(found), planText(found), JSON.stringify(found)]
    assert.deepStrictEqual(
      texts.map((text) => /canary/.test(text)),
      [false, false, false]
    )
    assert.deepStrictEqual(
      found.changes.map(({ fields }) => fields.filter(({ path }) => path !== 'sbcId').length),
      [4, 4, 4]
    )
  })

  it('tells of a changed secret by the detailed diff, and by the reasons where there is none', () => {
    const inputs = {
      carrierUserPassword: '[secret]',
      sbcScripts: { customerVariables: { Token: '[secret]', Key: '[secret]' } }
    }
    const paths = (more: object) =>
      plan(step('update', 'a', inputs, inputs, more)).changes[0]?.fields.map(({ path }) => path)
    const token = 'sbcScripts.customerVariables.Token'
    assert.deepStrictEqual(
      [
        paths({ diffReasons: ['sbcScripts'], detailedDiff: { [token]: { kind: 'update' } } }),
        paths({ diffReasons: ['sbcScripts'], detailedDiff: null }),
        paths({ diffReasons: ['carrierUserPassword'] }),
        paths({})
      ],
      [[token], ['sbcScripts.customerVariables.Key', token], ['carrierUserPassword'], []]
    )
  })

  it('counts per SBC and provider instance, and other resources by what happens to them', () => {
    const eu = 'urn:pulumi:dev::harness::pulumi:providers:pulumi-nodejs::eu::5f0'
    const byDefault = 'urn:pulumi:dev::harness::pulumi:providers:pulumi-nodejs::default_1_2_3::5f0'
    const { bySbc, others, totals } = plan(
      { op: 'create', urn: urn('dev', 'pulumi:pulumi:Stack') },
      { op: 'create', urn: urn('eu', 'pulumi:providers:pulumi-nodejs') },
      { op: 'create', urn: urn('x', 'other:index:Thing') },
      { op: 'delete', urn: urn('y', 'other:index:Thing') },
      { op: 'same', urn: urn('z', 'other:index:Thing') },
      step('create', 'a', undefined, { sbcId: 10 }, { provider: byDefault }),
      step('create', 'b', undefined, { sbcId: 9 }),
      step('create', 'c', undefined, { sbcId: 9 }, { provider: eu }),
      step('create', 'd', undefined, { sbcId: unknowns.number }),
      step('refresh', 'e', { sbcId: 9 }, { sbcId: 9 }),
      { ...step('update', 'f', { sbcId: 9 }, { sbcId: 9 }), urn: urn('f', `my:comp:Site$${type}`) }
    )
    const none = { create: 0, update: 0, replace: 0, delete: 0, forget: 0 }
    assert.deepStrictEqual(
      [bySbc, others, totals],
      [
        [
          { sbc: '9', counts: { ...none, create: 1, update: 1 } },
          { sbc: '9 (eu)', counts: { ...none, create: 1 } },
          { sbc: '10', counts: { ...none, create: 1 } },
          { sbc: 'known after apply', counts: { ...none, create: 1 } }
        ],
        { create: 1, delete: 1 },
        { ...none, create: 4, update: 1 }
      ]
    )
  })
})

describe('what may affect calls', () => {
  const cases: readonly [string, Inputs, Inputs, readonly string[]][] = [
    ['nothing that changes', { sbcId: 3 }, { sbcId: 3 }, []],
    ['another SBC', { sbcId: 3 }, { sbcId: 5 }, ['sbcMove']],
    ['a carrier password', { carrierUserPassword: 'a' }, { carrierUserPassword: 'b' }, ['registration']],
    ['a carrier host', { carrierHostName: 'a' }, {}, ['registration']],
    ['no registration', { carrierRegistration: true }, { carrierRegistration: false }, ['registration']],
    ['fewer sessions', { cacProfile: '10 sessions' }, { cacProfile: '9 sessions' }, ['cacLowered']],
    ['more sessions', { cacProfile: '9 sessions' }, { cacProfile: '10 sessions' }, []],
    ['a profile without number', { cacProfile: '9 sessions' }, { cacProfile: 'gold' }, ['cacNotComparable']],
    ['a profile with two numbers', { cacProfile: '9 sessions' }, { cacProfile: '10 of 20' }, ['cacNotComparable']],
    ['a first profile', {}, { cacProfile: '10 sessions' }, ['cacNotComparable']],
    ['a secret profile', { cacProfile: '[secret]' }, { cacProfile: '5 sessions' }, ['cacNotComparable']],
    ['an unknown profile', { cacProfile: '5 sessions' }, { cacProfile: unknowns.string }, ['cacNotComparable']],
    ['an unknown switch', { enableCac: false }, { enableCac: unknowns.string, cacProfile: '5' }, ['cacNotComparable']],
    ['CAC switched off', { enableCac: true, cacProfile: '5' }, { enableCac: false, cacProfile: '5' }, []],
    ['another profile of the same size', { cacProfile: '9 sessions' }, { cacProfile: 'CAC-9' }, []],
    ['CAC switched off without a profile', { enableCac: true }, { enableCac: false }, []],
    ['CAC switched on', { enableCac: false, cacProfile: '5' }, { enableCac: true, cacProfile: '5' }, ['cacLowered']],
    ['more numbers', { phones: ['1'] }, { phones: ['2', '1'] }, []],
    ['a number less', { phones: ['1', '2'] }, { phones: ['2', '3'] }, ['numbersRemoved']],
    ['no numbers', { phones: ['1'] }, {}, ['numbersRemoved']],
    ['first numbers', {}, { phones: ['1'] }, ['numbersRemoved']],
    ['another gateway', { onlinePstnGateway: 'a' }, { onlinePstnGateway: 'b' }, ['route']],
    ['other routing', { m365Scripts: { configureM365Routing: true } }, {}, ['route']],
    ['another name', { siteName: 'a' }, { siteName: 'b' }, ['rename']],
    ['a variable', { sbcScripts: { customerVariables: { sbcId: '1' } } }, { sbcScripts: {} }, []]
  ]
  for (const [name, before, after, dangers] of cases) {
    it(`is told for ${name}`, () => {
      const { changed } = judgementOf('sipConnection')
      assert.deepStrictEqual(changed({ changes: fieldChanges(before, after), before, after }), dangers)
    })
  }

  it('is told by the operation, and a connection that stays is left alone', () => {
    const found = plan(
      step('create', 'new', undefined, { adopt: false }),
      step('create', 'over', undefined, { adopt: true }),
      step('delete', 'gone', { sbcId: 3 }),
      { op: 'delete', urn: urn('kept'), oldState: { id: 'k', inputs: {}, retainOnDelete: true } },
      step('replace', 'again', { siteName: 'a' }, { siteName: 'b' }),
      step('create-replacement', 'again', {}, {}),
      step('delete-replaced', 'again', {}, {})
    )
    assert.deepStrictEqual(
      found.changes.map(({ name, operation, mayAffectCalls }) => [name, operation, mayAffectCalls]),
      [
        ['gone', 'delete', ['delete']],
        ['again', 'replace', ['replace', 'rename']],
        ['over', 'create', ['takeOver']],
        ['kept', 'forget', []],
        ['new', 'create', []]
      ]
    )
  })

  it('reads the number of sessions from the name of the profile', () => {
    assert.deepStrictEqual(
      ['10 sessions', 'CAC-25', 'none', '1 of 2'].map((cacProfile) => sessionsOf({ cacProfile })),
      [10, 25, undefined, undefined]
    )
  })
})

describe('a plan with services and dial plans', () => {
  const other = (op: string, kind: string, name: string, before?: Inputs, after?: Inputs, more: object = {}): object =>
    step(op, name, before, after, { urn: urn(name, typeOf(kind)), ...more })
  const eu = 'urn:pulumi:dev::harness::pulumi:providers:pulumi-nodejs::eu::5f0'
  const acme = { shortName: 'acme', license: 'HostedPro', licensedUsersCount: 25 }
  const custom = { dialPlanName: 'CustDialPlan', siteGuid: unknowns.string }
  const [berlin, munich] = [
    { prefix: '+4930', tag: 'a.example.net' },
    { prefix: '+4989', tag: 'b.example.net', name: 'south' }
  ]
  const mixed = () =>
    plan(
      other('delete', 'HostedEssentialsService', 'old', { shortName: 'old' }),
      other('update', 'HostedEssentialsService', 'acme', acme, {
        ...acme,
        license: 'HostedEssentialsPlus',
        applicationClientSecret: 'canary',
        deletionProtection: false
      }),
      other('replace', 'OperatorConnectService', 'oc', { shortName: 'oc1' }, { shortName: 'oc2' }, { provider: eu }),
      other('update', 'DialPlan', 'plan', { ...custom, rules: [berlin, munich] }, { ...custom, rules: [munich] }),
      {
        ...other('create', 'DialPlan', 'more', undefined, { ...custom, rules: [munich], adopt: true }),
        urn: urn('more', 'audiocodes-live:index:DialPlan')
      },
      other('delete', 'NumbersGuard', 'guard', { customerGuid: 'c' }),
      other('same', 'NumbersGuard', 'kept', {}, {}),
      { op: 'create', urn: urn('x', 'audiocodes-live:index:Customer') },
      step('create', 'branch', undefined, { sbcId: 3, siteName: 'branch' })
    )

  it('is this in a terminal, the heaviest first, and connections counted by SBC', () => {
    assert.deepStrictEqual(planText(mixed()).split('\n'), [
      'dev of harness: Hosted Essentials services: 1 update, 1 delete; Operator Connect services: 1 replace; dial plans: 1 create, 1 update; numbers guards: 1 delete; SIP connections: 1 create; 5 may affect calls.',
      '',
      'May affect calls (5)',
      '  replace oc (Operator Connect service oc2, provider eu): takes all its SIP connections and dial plans with it; replaced: deleted and made again',
      '      shortName: oc1 → oc2',
      '  delete old (Hosted Essentials service old): takes all its SIP connections and dial plans with it',
      '      taken off the platform (id-old)',
      '  update acme (Hosted Essentials service acme): license or licensed users lowered, or not comparable; deletionProtection is turned off: it can be deleted from then on',
      '      applicationClientSecret: set',
      '      deletionProtection: not set → false',
      '      license: HostedPro → HostedEssentialsPlus',
      '  update plan (dial plan CustDialPlan): rules removed or changed, or not comparable: numbers routed elsewhere or nowhere',
      '      rules: removed +4930 -> a.example.net',
      '  create more (dial plan CustDialPlan): takes over what exists: what differs there is changed',
      '      dialPlanName: CustDialPlan',
      '      rules: +4989 -> b.example.net (south)',
      '      siteGuid: known after apply',
      '',
      'Other changes (2)',
      '  create branch (SBC 3)',
      '      sbcId: 3',
      '      siteName: branch',
      '  delete guard (numbers guard)',
      '      leaves the state (id-guard)',
      '',
      'SBC  create  update  replace  delete',
      '---  ------  ------  -------  ------',
      '3    1       -       -        -',
      'all  1       -       -        -',
      '',
      'Other resources: 1 create.',
      ''
    ])
  })

  it('is this as a comment, and counts by kind as JSON', () => {
    const lines = planComment(mixed()).split('\n')
    assert.deepStrictEqual(
      lines.filter((line) => /^\| (resource|`(oc|plan|branch|guard)`)/.test(line)),
      [
        '| resource | SBC | operation | why | fields |',
        '| `oc` (Operator Connect service oc2, provider eu) |  | replace | takes all its SIP connections and dial plans with it<br>replaced: deleted and made again | `shortName`: `oc1` → `oc2` |',
        '| `plan` (dial plan CustDialPlan) |  | update | rules removed or changed, or not comparable: numbers routed elsewhere or nowhere | `rules`: removed `+4930 -> a.example.net` |',
        '| resource | SBC | operation | fields |',
        '| `branch` | 3 | create | `sbcId`: `3`<br>`siteName`: `branch` |',
        '| `guard` (numbers guard) |  | delete | leaves the state (id-guard) |'
      ]
    )
    const none = { create: 0, update: 0, replace: 0, delete: 0, forget: 0 }
    const { byKind, totals, changes } = mixed()
    assert.deepStrictEqual(
      [byKind, totals, changes.find(({ name }) => name === 'oc')],
      [
        [
          { kind: 'hostedEssentialsService', counts: { ...none, update: 1, delete: 1 } },
          { kind: 'operatorConnectService', counts: { ...none, replace: 1 } },
          { kind: 'dialPlan', counts: { ...none, create: 1, update: 1 } },
          { kind: 'numbersGuard', counts: { ...none, delete: 1 } }
        ],
        { ...none, create: 1 },
        {
          kind: 'operatorConnectService',
          name: 'oc',
          called: 'oc2',
          id: 'id-oc',
          instance: 'eu',
          operation: 'replace',
          mayAffectCalls: ['serviceGone', 'replace'],
          fields: [{ path: 'shortName', before: 'oc1', after: 'oc2' }]
        }
      ]
    )
    assert.doesNotMatch(JSON.stringify(mixed()), /canary/)
  })

  it('has no table by SBC without connections, and names all kinds where nothing changes', () => {
    const rules = { rules: [berlin] }
    assert.deepStrictEqual(
      [
        planText(plan(other('update', 'DialPlan', 'a', rules, { rules: [munich, berlin] }))),
        planText(plan(other('same', 'DialPlan', 'a', rules, rules)))
      ],
      [
        'dev of harness: Dial plans: 1 update; none of these affects calls as far as the plan shows.\n\nOther changes (1)\n  update a (dial plan)\n      rules: added +4989 -> b.example.net (south)\n',
        'dev of harness: No changes of dial plans, SIP connections.\n'
      ]
    )
  })

  const on = { deletionProtection: true }
  const cases: readonly [
    string,
    'dialPlan' | 'hostedEssentialsService' | 'numbersGuard',
    Inputs,
    Inputs,
    Inputs,
    readonly string[]
  ][] = [
    ['a rule more', 'dialPlan', { rules: [berlin] }, { rules: [munich, berlin] }, {}, []],
    [
      'a tag in another spelling',
      'dialPlan',
      { rules: [berlin] },
      { rules: [{ ...berlin, tag: 'A.example.net.' }] },
      {},
      []
    ],
    [
      'another tag',
      'dialPlan',
      { rules: [berlin] },
      { rules: [{ ...berlin, tag: 'b.example.net' }] },
      {},
      ['rulesRemoved']
    ],
    ['a rule less', 'dialPlan', { rules: [berlin, munich] }, { rules: [berlin] }, {}, ['rulesRemoved']],
    ['unknown rules', 'dialPlan', { rules: [berlin] }, { rules: unknowns.string }, {}, ['rulesRemoved']],
    [
      'an unknown tag',
      'dialPlan',
      { rules: [berlin] },
      { rules: [{ ...berlin, tag: unknowns.string }] },
      {},
      ['rulesRemoved']
    ],
    [
      'a better license',
      'hostedEssentialsService',
      { license: 'HostedEssentialsPlus' },
      { license: 'HostedPro' },
      {},
      []
    ],
    [
      'a lower license',
      'hostedEssentialsService',
      { license: 'HostedPro' },
      { license: 'HostedEssentials' },
      {},
      ['licenseLowered']
    ],
    [
      'a first license, better than the live one',
      'hostedEssentialsService',
      {},
      { license: 'HostedPro' },
      { licenseType: 1 },
      []
    ],
    [
      'a first license, lower than the live one',
      'hostedEssentialsService',
      {},
      { license: 'HostedEssentialsPlus' },
      { licenseType: 2 },
      ['licenseLowered']
    ],
    [
      'an unknown license',
      'hostedEssentialsService',
      { license: 'HostedPro' },
      { license: unknowns.string },
      {},
      ['licenseLowered']
    ],
    [
      'a license no longer declared',
      'hostedEssentialsService',
      { license: 'HostedPro', licensedUsersCount: 2 },
      {},
      {},
      []
    ],
    ['more users', 'hostedEssentialsService', { licensedUsersCount: 2 }, { licensedUsersCount: 3 }, {}, []],
    [
      'fewer users',
      'hostedEssentialsService',
      { licensedUsersCount: 2 },
      { licensedUsersCount: 1 },
      {},
      ['licenseLowered']
    ],
    ['no protection', 'hostedEssentialsService', on, { deletionProtection: false }, {}, ['unprotected']],
    ['protection', 'hostedEssentialsService', { deletionProtection: false }, on, {}, []],
    ['another guard', 'numbersGuard', { connections: ['a'] }, { connections: [] }, {}, []]
  ]
  for (const [name, kind, before, after, outputs, dangers] of cases) {
    it(`tells what ${name} may mean`, () => {
      const { changed } = judgementOf(kind)
      assert.deepStrictEqual(changed({ changes: fieldChanges(before, after), before, after, outputs }), dangers)
    })
  }
})

describe('command: audiocodes-live plan', () => {
  const expected = 'is no output of "pulumi preview --json"'
  const inputs: readonly [string, string | Buffer, string][] = [
    ['nothing', '', `Standard input ${expected}: it is empty.\n`],
    ['text', 'Previewing update (dev):', `Standard input ${expected}: it is not one JSON document.\n`],
    ['a list', '[]', `Standard input ${expected}: it is JSON, but no object.\n`],
    ['another object', '{"a":1}', `Standard input ${expected}: it has neither steps nor a changeSummary.\n`],
    [
      'an export',
      '{"version":3,"deployment":{}}',
      `Standard input ${expected}: it is that of "pulumi stack export".\n`
    ],
    ['an update plan', '{"resourcePlans":{}}', `Standard input ${expected}: it is an update plan (--save-plan).\n`],
    [
      'a step without a name',
      '{"steps":[{"op":"create"}]}',
      `Standard input ${expected}: steps[0].urn: expected string.\n`
    ]
  ]
  for (const [name, input, stderr] of inputs) {
    it(`refuses ${name}`, async () => {
      assert.deepStrictEqual(await command(['plan', '-'], { input }), { code: 1, stdout: '', stderr })
    })
  }

  it('refuses a file that is not there, and a format that does not exist', async () => {
    assert.deepStrictEqual(await command(['plan', 'nowhere.json']), {
      code: 1,
      stdout: '',
      stderr: 'nowhere.json cannot be read: there is no such file.\n'
    })
    const { code, stderr } = await command(['plan', '-', '--format', 'html'])
    assert.deepStrictEqual([code, /Allowed choices are markdown, text, json/.test(stderr)], [1, true])
  })

  it('reads what Windows PowerShell writes', async () => {
    const input = Buffer.from(`\ufeff${fixtureText('preview')}`, 'utf16le')
    const [windows, plain] = await Promise.all([
      command(['plan', '-'], { input }),
      command(['plan', '-'], { input: fixtureText('preview') })
    ])
    assert.deepStrictEqual([windows, plain.code, plain.stdout.length > 1000], [plain, 0, true])
  })

  it('exits with 2 only when asked to and when calls may be affected', async () => {
    const harmless = JSON.stringify({ steps: [step('create', 'a', undefined, { sbcId: 3 })] })
    const codes = await Promise.all([
      command(['plan', '-', '--exit-code'], { input: fixtureText('preview') }),
      command(['plan', '-', '--exit-code'], { input: harmless }),
      command(['plan', '-', '--exit-code'], { input: '{"changeSummary":{}}' })
    ])
    assert.deepStrictEqual(
      codes.map(({ code, stderr }) => [code, stderr]),
      [
        [2, ''],
        [0, ''],
        [0, '']
      ]
    )
  })
})
