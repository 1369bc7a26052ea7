import * as assert from 'node:assert'
import * as fs from 'node:fs'
import { createRequire } from 'node:module'
import * as path from 'node:path'
import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy
} from '@pulumi/policy'
import * as ts from 'typescript'
import { repositoryRoot } from '../../support/repository'
import { type TemporaryProject, temporaryProject } from '../../support/TemporaryProject'
import { unknowns } from '../../support/unknowns'

type Policy = StackValidationPolicy | ResourceValidationPolicy

interface Loaded {
  readonly policies: ReadonlyArray<Policy>
  readonly kindOf: (resource: { readonly type: string }) => string | undefined
}

/** The example as its users have it: beside the installed package, and compiled by itself, since this package is not there before its build. */
const loadedFrom = ({ directory, write }: TemporaryProject): Loaded => {
  for (const name of ['policies', 'resources']) {
    const text = fs.readFileSync(path.join(repositoryRoot, 'examples/policy', `${name}.ts`), 'utf8')
    const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 }
    write(`${name}.js`, ts.transpileModule(text, { compilerOptions: options }).outputText)
  }
  const load = createRequire(path.join(directory, 'index.js'))
  return { ...(load('./policies') as Loaded), ...(load('./resources') as Loaded) }
}

/** As @pulumi/policy hands properties over: to read one that is not known yet throws. */
const guarded = (props: object): Record<string, unknown> =>
  new Proxy(props as Record<string, unknown>, {
    get: (target, key) => {
      const value = Reflect.get(target, key) as unknown
      if ((Object.values(unknowns) as ReadonlyArray<unknown>).includes(value))
        throw new Error(`${String(key)} can't be known during preview`)
      return typeof value === 'object' && value !== null ? guarded(value) : value
    }
  })

interface Given {
  readonly type: string
  readonly name: string
  readonly props: object
}

const hosts = { dynamic: 'pulumi-nodejs:dynamic/audiocodes-live:', plugin: 'audiocodes-live:index:' }
const given = (kind: string, name: string, props: object, host: keyof typeof hosts = 'dynamic'): Given => ({
  type: `${hosts[host]}${kind}`,
  name,
  props
})
const connection = (name: string, props: object, host?: keyof typeof hosts): Given =>
  given('SipConnection', name, { sbcId: 3, siteName: name, ...props }, host)
const seen = ({ type, name, props }: Given) => ({ type, name, props: guarded(props) })

/** What a policy reports. */
const judged = async (
  { policies }: Loaded,
  name: string,
  resources: ReadonlyArray<Given>,
  config: object = {}
): Promise<ReadonlyArray<string>> => {
  const policy = policies.find((each) => each.name === name) ?? assert.fail(`no policy ${name}`)
  const told: string[] = []
  const report = (message: string): void => void told.push(message)
  const getConfig = <T extends object>(): T => config as T
  if ('validateStack' in policy) {
    await policy.validateStack(
      {
        resources: resources.map((each) => seen(each) as PolicyResource),
        getConfig,
        stackTags: new Map(),
        notApplicable: () => assert.fail('not applicable')
      },
      report
    )
  } else {
    for (const each of resources) {
      for (const validate of [policy.validateResource ?? []].flat())
        await validate({ ...seen(each), getConfig } as unknown as ResourceValidationArgs, report)
    }
  }
  return told
}

const stranger = given('SipConnection', 'other', { sbcId: 3, cacProfile: '500 sessions', allow: ['rename'] })
const strangers = [
  { ...stranger, type: 'other:index:SipConnection' },
  { ...stranger, type: 'pulumi:pulumi:Stack' }
]

describe('the policies', () => {
  let pack: Loaded
  let folder: TemporaryProject
  before(() => {
    folder = temporaryProject()
    pack = loadedFrom(folder)
  })
  after(() => {
    folder.dispose()
  })

  type Row = readonly [
    name: string,
    policy: string,
    resources: ReadonlyArray<Given>,
    config: object,
    told: ReadonlyArray<string>
  ]
  const fleet = (props: object): Given => given('SipConnectionFleet', 'branches', props)
  const mixed = [
    connection('site-10', { cacProfile: '10 sessions' }),
    connection('site-9', { cacProfile: '20 sessions', enableCac: true }, 'plugin'),
    connection('off', { cacProfile: '40 sessions', enableCac: false }),
    connection('named', { cacProfile: 'Gold' }),
    connection('bare', { cacProfile: null }),
    connection('later', { cacProfile: unknowns.string }),
    connection('somewhere', { cacProfile: '5 sessions', sbcId: unknowns.string }),
    fleet({
      defaults: { sbcId: 3, cacProfile: '1 session' },
      connections: { a: { siteName: 'a' }, b: { siteName: 'b', sbcId: 5 }, c: unknowns.string }
    }),
    given('SipConnectionFleet', 'whole', { connections: unknowns.object }),
    given('DialPlan', 'plan', { rules: [] }),
    ...strangers
  ]
  const room = 'raise the limit if the SBC can carry them, or declare smaller profiles or another SBC'
  const rows: ReadonlyArray<Row> = [
    ['capacity that is just kept', 'cac-sessions-per-sbc', mixed, { sessions: { 3: 31, 5: 1, 8: 0 } }, []],
    [
      'capacity that is not',
      'cac-sessions-per-sbc',
      mixed,
      { sessions: { 3: 30, 5: 0 } },
      [
        `the connections on SBC 3 declare 31 sessions (branches/a: 1, site-9: 20, site-10: 10), 30 are allowed; ${room}`,
        `the connections on SBC 5 declare 1 session (branches/b: 1), none is allowed; ${room}`
      ]
    ],
    ['capacity that nobody configured', 'cac-sessions-per-sbc', mixed, {}, []],
    [
      'profiles that do not count',
      'cac-profiles-counted',
      mixed,
      {},
      [
        'not counted: 1 connection (bare): no cacProfile is declared',
        'not counted: 1 connection (branches/c): enableCac is not known yet',
        'not counted: 1 connection (later): cacProfile is not known yet',
        'not counted: 1 connection (named): cacProfile has no number of sessions such as "10 sessions"',
        'not counted: 1 connection (somewhere): sbcId is not known yet'
      ]
    ],
    ['profiles that all count', 'cac-profiles-counted', [connection('a', { cacProfile: '10' }), ...strangers], {}, []],
    ['connections that an SBC is meant for', 'connections-per-sbc', mixed, { connections: { 3: 7, 5: 1 } }, []],
    [
      'too many connections',
      'connections-per-sbc',
      mixed,
      { connections: { 3: 6, 5: 0 } },
      [
        'SBC 3 has 7 connections (bare, branches/a, later, named, off and 2 more), at most 6 are allowed; raise the limit, or declare another SBC',
        'SBC 5 has 1 connections (branches/b), at most 0 are allowed; raise the limit, or declare another SBC'
      ]
    ],
    ['connections that nobody limits', 'connections-per-sbc', mixed, {}, []],
    [
      'words of allow',
      'no-allow-left',
      [
        connection('a', { allow: ['rename'] }),
        connection('b', { allow: [] }),
        connection('c', { allow: unknowns.array }),
        given('NumbersGuard', 'guard', { allow: ['+4989555100'] }),
        fleet({
          defaults: { allow: ['sbcMove'] },
          connections: { x: {}, y: { allow: ['clearPhones'] }, z: unknowns.string }
        }),
        ...strangers
      ],
      {},
      [
        'remove allow when the change is done',
        'remove allow when the change is done',
        'remove defaults.allow, connections.y.allow when the change is done'
      ]
    ],
    [
      'services without protection',
      'deletion-protected',
      [
        given('HostedEssentialsService', 'a', { deletionProtection: false }),
        given('OperatorConnectService', 'b', { deletionProtection: false }, 'plugin'),
        given('OperatorConnectService', 'c', { deletionProtection: true }),
        given('OperatorConnectService', 'd', { deletionProtection: unknowns.bool }),
        given('HostedEssentialsService', 'e', {}),
        { type: 'other:index:Thing', name: 'f', props: { deletionProtection: false } }
      ],
      {},
      Array.from(
        { length: 2 },
        () => 'deletionProtection is false; remove it, or disable this policy for the run that is meant to delete'
      )
    ],
    [
      'fleets without a limit of deletions',
      'fleet-limits-deletes',
      [
        fleet({}),
        fleet({ limits: { maxChanges: 5 } }),
        fleet({ limits: { maxDeletes: 1000 } }),
        fleet({ limits: { maxDeletes: unknowns.number } }),
        connection('a', {})
      ],
      {},
      ['declare limits.maxDeletes', 'declare limits.maxDeletes']
    ],
    [
      'fleets with a limit that is too high',
      'fleet-limits-deletes',
      [fleet({ limits: { maxDeletes: 10 } }), fleet({ limits: { maxDeletes: 11 } })],
      { most: 10 },
      ['limits.maxDeletes is 11, at most 10 is allowed']
    ],
    [
      'fleets whose limits are not known yet',
      'fleet-limits-deletes',
      [fleet({ limits: unknowns.object })],
      { most: 0 },
      []
    ]
  ]
  for (const [name, policy, resources, config, told] of rows)
    it(`${policy}: ${name}`, async () => {
      assert.deepStrictEqual(await judged(pack, policy, resources, config), told)
    })

  it('say the same in whatever order the resources come', async () => {
    const config = { sessions: { 3: 0 } }
    assert.deepStrictEqual(
      await judged(pack, 'cac-sessions-per-sbc', [...mixed].reverse(), config),
      await judged(pack, 'cac-sessions-per-sbc', mixed, config)
    )
  })

  it('know the resources of both hosts and no others', () => {
    assert.deepStrictEqual(
      [
        ...Object.values(hosts).map((host) => `${host}SipConnection`),
        'pulumi-nodejs:dynamic:Resource',
        'audiocodes-live:index:',
        'audiocodes-live:other:SipConnection',
        'xaudiocodes-live:index:SipConnection'
      ].map((type) => pack.kindOf({ type })),
      ['SipConnection', 'SipConnection', undefined, undefined, undefined, undefined]
    )
  })

  it('are all in the pack, each under a name of its own', () => {
    assert.deepStrictEqual(
      pack.policies.map(({ name, enforcementLevel }) => [name, enforcementLevel]),
      [
        ['cac-sessions-per-sbc', 'mandatory'],
        ['cac-profiles-counted', 'advisory'],
        ['connections-per-sbc', 'mandatory'],
        ['no-allow-left', 'advisory'],
        ['deletion-protected', 'mandatory'],
        ['fleet-limits-deletes', 'mandatory']
      ]
    )
  })
})
