/**
 * Writes the fixtures of this version: `node dist/tests/compat/writeStates.js`, after `make build engine`. What a released version
 * wrote is history, so a folder that is there is left alone, and the command fails; `--again` replaces it (for a version that is not
 * released yet), `--again customer` one file of it.
 */
import * as fs from 'node:fs'
import * as path from 'node:path'
import { STATIC_TOKEN } from '../../simulator'
import { succeeded } from '../support/EngineRun'
import { declaring, freeTenant, globex, northwind } from '../engine/Customers'
import { common, declaringFleet, fleetOf, named } from '../engine/Fleets'
import { acme, canaries, contoso, full, minimal, program, startWorld, type World } from '../engine/World'
import { manifest } from './support/Package'
import { fixtureOf, fixtures, host, passphrase, type StateFixture, statesFolder } from './support/States'

type Declares = StateFixture['declares']
type Program = Pick<StateFixture, 'declares' | 'more'>

const adopted = {
  ...minimal('adopted'),
  enableCac: false,
  carrierRegistration: false,
  cacProfile: '10 sessions',
  adopt: true
}

/** Connections whose last write ended well, in every way in which one can come into a state. */
const settled: Declares = {
  full: full('full'),
  minimal: minimal('minimal'),
  adopted,
  instance: {
    args: { ...minimal('instance'), carrierUserPassword: full('').carrierUserPassword },
    options: `{
      provider: new live.Provider('eu', {
        baseUrl: 'http://${host}/tenantui', accessToken: '${STATIC_TOKEN}', pollInterval: 0.02, requestsPerSecond: 0
      })
    }`
  }
}

/** Connections whose last write did not end well: one was created with an error, of the other the last change is unclear. */
const unfinished: Declares = { failed: full('failed'), unclear: full('unclear') }

/** A service with secrets. */
const hosted = (applicationClientSecret: string) => ({
  ...northwind,
  applicationClientId: 'a0a0a0a0-0002-4000-8000-0000000000aa',
  applicationClientSecret,
  scriptParameters: { Region: 'EMEA', TrunkPassword: canaries.variable },
  deletionProtection: false
})

/** Services of both kinds, the second one protected, and what belongs to the first. */
const customer = [
  declaring('HostedEssentialsService', 'northwind', hosted('canary-application-4')),
  declaring('OperatorConnectService', 'globex', globex),
  declaring(
    'SipConnection',
    'branch',
    `{ ...${JSON.stringify(minimal('branch'))}, customerGuid: northwind.customerGuid }`
  ),
  declaring(
    'DialPlan',
    'numbers',
    `{ customerGuid: northwind.customerGuid, siteGuid: branch.siteGuid, rules: [{ prefix: '+4930', tag: 'sbc3.provider.example', name: 'Berlin' }, { prefix: '+4940', tag: 'sbc5.provider.example' }] }`
  ),
  declaring(
    'NumbersGuard',
    'guard',
    `{ customerGuid: northwind.customerGuid, msTenantId: '${freeTenant}', connections: ['branch'], deletionProtection: false, allow: [] }`,
    '{ dependsOn: [branch] }'
  )
].join('\n')

const changed = (applicationClientSecret: string, tag: string): string =>
  [
    declaring('HostedEssentialsService', 'northwind', hosted(applicationClientSecret)),
    declaring('SipConnection', 'branch', minimal('branch')),
    declaring(
      'DialPlan',
      'numbers',
      `{ customerGuid: '${acme}', siteGuid: branch.siteGuid, rules: [{ prefix: '+4930', tag: '${tag}' }] }`
    )
  ].join('\n')

/** Of one service and of a dial plan the last change did not end well, of the other service its creation. */
const customerUnfinished = [
  changed('canary-application-5', 'sbc5.provider.example'),
  declaring('OperatorConnectService', 'globex', globex)
].join('\n')

/** A fleet over two customers with secrets in all places, whose last run went well. */
const branches = declaringFleet(
  'branches',
  {
    defaults: { ...common, carrierUserPassword: canaries.password, carrierPasswordDpi: canaries.dpi },
    connections: {
      ...named('berlin'),
      hamburg: { siteName: 'hamburg', carrierUserPassword: 'canary-hamburg' },
      lisbon: {
        siteName: 'lisbon',
        customerGuid: contoso,
        sbcId: 5,
        sbcScripts: { customerVariables: { Region: 'EMEA', RegistrarPassword: canaries.variable } }
      }
    },
    rollout: { canary: ['berlin'], batchSize: 10, maxParallel: 5, stopAfterFailures: 3 },
    limits: { maxDeletes: 5, cacSessionsPerSbc: { '3': 100 } },
    adopt: true
  },
  '{}'
)

/** Another one: before and after a run in which everything failed. */
const half = (names: ReadonlyArray<string>, cacProfile: string): string =>
  declaringFleet('half', fleetOf(named(...names), { defaults: { ...common, cacProfile } }))
const [halfBefore, halfAfter] = [half(['changed', 'gone'], '10 sessions'), half(['changed', 'new'], '20 sessions')]

const writers: Readonly<
  Record<(typeof fixtures)[number], Program & { readonly run: (world: World) => Promise<void> }>
> = {
  customer: {
    declares: {},
    more: customer,
    run: async ({ stack }) => {
      stack.setProgram(program({}, customer))
      succeeded(await stack.up())
    }
  },
  'customer-unfinished': {
    declares: {},
    more: customerUnfinished,
    run: async ({ stack, simulator }) => {
      stack.setProgram(program({}, changed('canary-application-4', 'sbc3.provider.example')))
      succeeded(await stack.up())
      stack.setProgram(program({}, customerUnfinished))
      // Whether a secret that no read returns was taken cannot be known after this.
      simulator.addFault({ match: { method: 'PATCH', path: '/v3/customer' }, fault: { kind: 'resetBefore' } })
      simulator.addFault({
        match: { method: 'PATCH', path: 'dialplan' },
        fault: { kind: 'errorMessage', effect: false }
      })
      simulator.addFault({ match: { method: 'POST', path: 'upgrade' }, fault: { kind: 'status', status: 400 } })
      const { code, output } = await stack.up(['--continue-on-error'])
      if (code !== 1) throw new Error(`the writes must fail:\n${output}`)
    }
  },
  fleet: {
    declares: {},
    more: [branches, halfAfter].join('\n'),
    run: async ({ stack, simulator }) => {
      stack.setProgram(program({}, [branches, halfBefore].join('\n')))
      succeeded(await stack.up())
      stack.setProgram(program({}, [branches, halfAfter].join('\n')))
      // The change of the first, and what Add does not carry of the new one.
      simulator.addFault({ match: { method: 'PATCH' }, times: 2, fault: { kind: 'errorMessage', effect: false } })
      simulator.addFault({ match: { method: 'DELETE' }, fault: { kind: 'status', status: 400, body: 'In use.' } })
      const { code, output } = await stack.up()
      if (code !== 1) throw new Error(`the writes must fail:\n${output}`)
    }
  },
  settled: {
    declares: settled,
    run: async ({ stack, simulator }) => {
      simulator.addSite({
        customerGuid: acme,
        name: 'adopted',
        sbcId: 3,
        onboardingScript: 12001,
        cleanupScript: 12002,
        enableCac: false,
        carrierRegistration: false,
        cacProfile: '10 sessions'
      })
      stack.setProgram(program(settled).replaceAll(host, `127.0.0.1:${simulator.port}`))
      succeeded(await stack.up())
    }
  },
  unfinished: {
    declares: unfinished,
    run: async ({ stack, simulator }) => {
      const before = { ...full('unclear'), carrierPasswordDpi: 'canary-dpi-before' }
      stack.setProgram(program({ unclear: before }))
      succeeded(await stack.up())
      stack.setProgram(program(unfinished))
      simulator.addFault({
        match: { method: 'POST' },
        fault: { kind: 'errorMessage', effect: true, message: 'No slot.' }
      })
      // Whether a password that no read returns was taken cannot be known after this.
      simulator.addFault({ match: { method: 'PATCH' }, fault: { kind: 'resetBefore' } })
      const { code, output } = await stack.up()
      if (code !== 1) throw new Error(`both writes must fail:\n${output}`)
    }
  }
}

/** The fixtures that are named on the command line, or all. */
const wanted = (): readonly (typeof fixtures)[number][] => {
  const named = process.argv.slice(2).filter((word) => word !== '--again')
  const unknown = named.filter((name) => !fixtures.some((each) => each === name))
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}: choose among ${fixtures.join(', ')}.`)
  return named.length === 0 ? fixtures : fixtures.filter((name) => named.includes(name))
}

const write = async (): Promise<void> => {
  const folder = path.join(statesFolder, manifest.version)
  if (fs.existsSync(folder) && !process.argv.includes('--again')) {
    throw new Error(`${folder} is there already. Released states are never written again; --again replaces them.`)
  }
  fs.mkdirSync(folder, { recursive: true })
  for (const name of wanted()) {
    const { run, ...declared } = writers[name]
    const world = await startWorld({ program: '', env: { PULUMI_CONFIG_PASSPHRASE: passphrase } })
    try {
      await run(world)
      fs.writeFileSync(path.join(folder, `${name}.json`), await fixtureOf(world, declared))
    } finally {
      await world.end()
    }
  }
}

write().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
