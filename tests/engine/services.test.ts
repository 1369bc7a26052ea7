// Services, and what is made in them, where only the real engine shows what becomes of them.

import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import type { HostedEssentialsServiceArgs } from '../../provider/hosted-essentials-service/Args'
import type { NumbersGuardArgs } from '../../provider/numbers-guard/Args'
import type { OperatorConnectServiceArgs } from '../../provider/operator-connect-service/Args'
import { customerGuids } from '../../simulator'
import { numbers as seedNumbers } from '../../simulator/SeedOperatorConnect'
import { succeeded } from '../support/EngineRun'
import {
  declaring,
  freeTenant,
  globex,
  licenseOf,
  northwind,
  type Kept,
  requests,
  rulesAt,
  said,
  state,
  writes
} from './Customers'
import { acme, diagnostics, guidOf, planned, program, sites, startWorld, type World } from './World'

interface Declared {
  readonly northwind: Partial<HostedEssentialsServiceArgs>
  readonly globex: Partial<OperatorConnectServiceArgs>
  readonly guard: Partial<NumbersGuardArgs>
  /** Of what is made in the first service. */
  readonly adopt: boolean
}

/** The services, a connection of the first one with its numbers and their guard, and two services that are only looked at. */
const customers = (changes: Partial<Declared> = {}): string => {
  const adopt = changes.adopt === true ? ', adopt: true' : ''
  return program(
    {},
    [
      declaring('HostedEssentialsService', 'northwind', { ...northwind, ...changes.northwind }),
      declaring('OperatorConnectService', 'globex', { ...globex, ...changes.globex }),
      declaring(
        'SipConnection',
        'branch',
        `{ customerGuid: northwind.customerGuid, siteName: 'branch', sbcId: 3, enableCac: false, carrierRegistration: false,
          sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }${adopt} }`
      ),
      declaring(
        'DialPlan',
        'numbers',
        `{ customerGuid: northwind.customerGuid, siteGuid: branch.siteGuid, rules: [{ prefix: '+4930', tag: 'sbc3.provider.example' }]${adopt} }`
      ),
      declaring(
        'NumbersGuard',
        'guard',
        `{ customerGuid: northwind.customerGuid, msTenantId: '${freeTenant}', ...${JSON.stringify({ connections: ['branch'], ...changes.guard })} }`,
        '{ dependsOn: [branch] }'
      ),
      `const acme = live.HostedEssentialsService.get('acme', '${acme}')`,
      `const initech = live.OperatorConnectService.get('initech', '${customerGuids.initech}')`,
      'exports.looked = [acme.fullName, acme.license, initech.shortName, initech.license]'
    ].join('\n')
  )
}

/** What is declared when their licenses have been changed. */
const settled = { globex: { licensedUsersCount: 30 }, guard: { connections: ['elsewhere'] } }

const released = { deletionProtection: false }

const managed = ['branch', 'globex', 'guard', 'northwind', 'numbers']

type State = Readonly<Record<string, Kept>>

const outcomes = (kept: State): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(kept).map(([name, { outcome }]) => [name, outcome]))

/** The outputs, but for those that tell how a resource came into the state. */
const comparable = (kept: State): readonly unknown[] =>
  managed.map((name) => {
    const { adopt: _adopt, jobId: _jobId, ...rest } = kept[name]?.outputs ?? {}
    return [name, rest]
  })

describe('Services', function () {
  this.timeout(120_000)
  let world: World
  /** What a preview would do, beside looking at what is only looked at. */
  const changes = async (): Promise<readonly string[]> =>
    (await planned(world.stack)).filter((line) => !line.startsWith('read '))
  const guid = (shortName: string): string =>
    world.simulator.state().customers.find((each) => each.shortName === shortName)?.guid ?? '(none)'
  before(async () => {
    world = await startWorld({ program: customers() })
  })
  beforeEach(() => {
    world.simulator.clearRequests()
  })
  after(() => world.end())

  it('that end half-way are kept as far as they exist, and nothing is made in them', async () => {
    const { stack, simulator } = world
    simulator.addFault({ match: { method: 'POST', path: '/v3/customer' }, fault: { kind: 'task', outcome: 'never' } })
    simulator.addFault({
      match: { method: 'PATCH', path: '/v3/customer' },
      fault: {
        kind: 'status',
        status: 400,
        body: '"Invalid change for License Type!"',
        contentType: 'application/json'
      }
    })
    stack.setEnv('AUDIOCODES_LIVE_OPERATION_TIMEOUT', '2')
    const result = await stack.up(['--continue-on-error'])
    stack.setEnv('AUDIOCODES_LIVE_OPERATION_TIMEOUT', undefined)
    assert.deepStrictEqual(said(result, 'northwind'), [
      `Create of Hosted Essentials service "northwind" (customer ${guid('northwind')}) failed: the platform rejected PATCH with status 400`,
      'Platform: Invalid change for License Type!',
      'Applied: the service exists and is kept in the state; not all of its fields may be applied.',
      'Calls: those of this service may be affected until a run succeeds.',
      'Next: "pulumi up": it reads the service first and finishes it.',
      'status 400, correlation id <id>, <time>'
    ])
    const [headline = '', ...rest] = said(result, 'globex')
    assert.match(
      headline,
      /^Create of Operator Connect service "globex" failed: waited 2 s for the end of the task that makes the service, wst_[0-9a-f-]+; its status is InProgress$/
    )
    assert.deepStrictEqual(rest, [
      'Applied: a request was sent, and what the platform does with it is not known. Where the platform has a task for it, wait for its end before the next run, which looks first and takes what is there.',
      'Calls: those of this service may be affected until a run succeeds.',
      'Next: correct the cause and run "pulumi up" again.',
      'correlation id <id>, <time>'
    ])
    assert.deepStrictEqual(outcomes(await state(stack)), { acme: '', initech: '', northwind: 'create failed' })
    assert.deepStrictEqual([...writes(simulator)].sort(), [
      'PATCH license of northwind',
      'POST service',
      'POST service of a lead'
    ])
  })

  it('are finished by the next run, with what is made in them and with what is only looked at', async () => {
    const { stack, simulator } = world
    const result = succeeded(await stack.up())
    assert.match(diagnostics(result), /^The last create of service "northwind" ended with an error /m)
    assert.deepStrictEqual([...writes(simulator)].sort(), [
      'PATCH connection branch',
      'PATCH license of northwind',
      'PATCH plan of branch',
      'POST connection',
      'POST service of a lead',
      'POST upgrade of globex'
    ])
    const kept = await state(stack)
    const { __provider: hosted, ...first } = kept['northwind']?.outputs ?? {}
    const { __provider: operatorConnect, jobId, ...second } = kept['globex']?.outputs ?? {}
    assert.deepStrictEqual(
      [hosted, operatorConnect],
      ['hostedEssentialsService', 'operatorConnectService'].map(
        (key) => `exports.handler = () => require("pulumi-audiocodes-live/dynamic").${key};`
      )
    )
    const platform = { platform: simulator.url, schemaVersion: 1 }
    assert.deepStrictEqual(first, {
      ...northwind,
      ...platform,
      customerGuid: guid('northwind'),
      licenseType: 1,
      siteGuid: guidOf(simulator, 'northwind'),
      siteName: 'northwind',
      managedKeys: ['shortName', 'fullName', 'ovocCustomerType', 'msTenantId', 'license', 'licensedUsersCount']
    })
    assert.deepStrictEqual(second, {
      ...globex,
      ...platform,
      customerGuid: guid('globex'),
      leadId: 'dddddddd-0000-4000-8000-000000000002',
      licenseType: 4,
      siteGuid: guidOf(simulator, 'globex'),
      siteName: 'globex',
      managedKeys: ['msTenantId', 'shortName', 'configuration', 'license', 'licensedUsersCount']
    })
    assert.match(typeof jobId === 'string' ? jobId : '', /^wst_/)
    assert.deepStrictEqual(Object.keys(kept).sort(), [...managed, 'acme', 'initech'].sort())
    assert.deepStrictEqual(await stack.outputs(), {
      looked: ['Acme Incorporated', 'HostedEssentialsPlus', 'initech', 'OcPro']
    })
    simulator.clearRequests()
    assert.deepStrictEqual(await changes(), [])
    assert.deepStrictEqual([...requests(simulator)].sort(), ['GET service acme', 'GET service initech'])
  })

  it('get another license, which the preview shows of them and not of what refers to them; the guard keeps what numbers need', async () => {
    const { stack, simulator } = world
    const [model] = seedNumbers
    const number = { ...model, tenantId: freeTenant, umpCustomerGuid: guid('northwind'), ocSipConnectionName: 'branch' }
    simulator.setLists({ numbers: [number] })
    stack.setProgram(customers({ ...settled, northwind: { license: 'HostedPro', licensedUsersCount: 50 } }))
    assert.deepStrictEqual(await changes(), [
      'update globex: licensedUsersCount',
      'update guard: connections',
      'update northwind: license, licensedUsersCount'
    ])
    assert.match(
      said(await stack.up(['--continue-on-error']), 'guard')[0] ?? '',
      /: 1 acquired number of Operator Connect still refers to SIP connections of .*: \+493023125001 \(branch, Active\); nothing/
    )
    assert.deepStrictEqual([...writes(simulator)].sort(), ['PATCH license of globex', 'PATCH license of northwind'])
    assert.deepStrictEqual(
      [licenseOf(simulator, 'northwind'), licenseOf(simulator, 'globex')],
      [
        [2, 50],
        [4, 30]
      ]
    )
    assert.deepStrictEqual((await state(stack))['guard']?.outputs['connections'], ['branch'])
    simulator.setLists({ numbers: [] })
  })

  it('keep the license that the platform does not let go, in the state too, until the next run', async () => {
    const { stack, simulator } = world
    simulator.editCustomer(guid('northwind'), { activeUserCount: 40 })
    stack.setProgram(customers(settled))
    assert.deepStrictEqual(said(await stack.up(), 'northwind'), [
      `Update of Hosted Essentials service "northwind" (customer ${guid('northwind')}) failed: the platform rejected PATCH with status 400`,
      'Platform: Invalid change for License Type!',
      'Applied: nothing was changed.',
      'Calls: not affected.',
      'Next: correct the cause and run "pulumi up" again.',
      'status 400, correlation id <id>, <time>'
    ])
    const { license, licensedUsersCount, licenseType } = (await state(stack))['northwind']?.outputs ?? {}
    assert.deepStrictEqual([license, licensedUsersCount, licenseType], ['HostedPro', 50, 2])

    simulator.editCustomer(guid('northwind'), { activeUserCount: 5 })
    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual(writes(simulator), ['PATCH license of northwind'])
    assert.deepStrictEqual(licenseOf(simulator, 'northwind'), [1, 25])
    const kept = await state(stack)
    assert.deepStrictEqual(
      [kept['northwind']?.outcome, kept['guard']?.outputs['connections']],
      ['update ok', ['elsewhere']]
    )
  })

  it('are not replaced while they are protected, which the preview says with the field, and not destroyed', async () => {
    const { stack, simulator } = world
    stack.setProgram(customers({ northwind: { shortName: 'southwind' } }))
    const preview = await stack.preview()
    assert.match(
      said(preview, 'northwind')[0] ?? '',
      /has a problem: shortName: a change replaces the service, .* it is protected/
    )
    simulator.addSite({ customerGuid: guid('globex'), name: 'by hand' })
    const [headline] = said(await stack.destroy(['--target', '**globex']), 'globex')
    assert.strictEqual(
      headline,
      `Delete of Operator Connect service "globex" (customer ${guid('globex')}) failed: The service is protected: its deletion would also delete its 2 SIP connections (globex, by hand) and all dial plans; nothing was sent`
    )
    assert.deepStrictEqual(writes(simulator), [])
  })

  it('are taken over as they are when the state is lost: one by its names, one by its id', async () => {
    const { stack, simulator } = world
    const before = await state(stack)
    const { version, deployment } = await stack.export()
    const file = path.join(stack.directory, 'import.json')
    fs.writeFileSync(file, JSON.stringify({ version, deployment: { ...deployment, resources: [] } }))
    succeeded(await stack.run(['stack', 'import', '--file', file]))
    simulator.clearRequests()
    const { globex: second, guard } = settled
    stack.setProgram(
      customers({ northwind: { adopt: true }, globex: { ...second, adopt: guid('globex') }, guard, adopt: true })
    )
    const result = succeeded(await stack.up())
    assert.deepStrictEqual(writes(simulator), [])
    assert.match(diagnostics(result), /^Connection "branch" is taken over\. /m)
    const after = await state(stack)
    assert.deepStrictEqual(outcomes(after), {
      acme: '',
      branch: 'adopt ok',
      globex: 'adopt ok',
      guard: 'create ok',
      initech: '',
      northwind: 'adopt ok',
      numbers: 'adopt ok'
    })
    assert.deepStrictEqual(comparable(after), comparable(before))
  })

  it('show at a refresh what was changed and what was deleted outside, which the next run puts right', async () => {
    const { stack, simulator } = world
    simulator.editCustomer(guid('northwind'), { licensedUsersCount: 7 })
    simulator.deleteCustomer(guid('globex'))
    const { stdout } = succeeded(await stack.refresh())
    assert.match(stdout, /northwind updated .*\[diff: ~licensedUsersCount\]/)
    assert.match(stdout, /\nResources:\n +~ 1 updated\n +- 1 deleted\n +2 changes\. 6 unchanged\n/)
    assert.strictEqual((await state(stack))['northwind']?.outputs['licensedUsersCount'], 7)

    stack.setProgram(customers({ northwind: released, globex: released }))
    simulator.clearRequests()
    succeeded(await stack.up())
    assert.deepStrictEqual([...writes(simulator)].sort(), [
      'PATCH license of northwind',
      'POST service of a lead',
      'POST upgrade of globex'
    ])
    assert.deepStrictEqual(licenseOf(simulator, 'northwind'), [1, 25])
  })

  it('are replaced when they are not protected any more: what is made in them goes first, and is made anew', async () => {
    const { stack, simulator } = world
    const gone = guid('northwind')
    stack.setProgram(customers({ northwind: { ...released, shortName: 'southwind' }, globex: released }))
    succeeded(await stack.up())
    assert.deepStrictEqual(writes(simulator), [
      'PATCH plan of (gone)',
      'DELETE connection (gone)',
      'DELETE service (gone)',
      'POST service',
      'PATCH license of southwind',
      'POST connection',
      'PATCH connection branch',
      'PATCH plan of branch'
    ])
    assert.deepStrictEqual([guid('northwind'), guid('southwind') === gone], ['(none)', false])
    assert.deepStrictEqual(rulesAt(simulator, guidOf(simulator, 'branch')), ['+4930 sbc3.provider.example'])
    assert.strictEqual((await state(stack))['guard']?.outputs['customerGuid'], guid('southwind'))
  })

  it('are destroyed with what was made in them by hand', async () => {
    const { stack, simulator } = world
    simulator.addSite({ customerGuid: guid('southwind'), name: 'by hand' })
    succeeded(await stack.destroy())
    const lines = writes(simulator)
    assert.deepStrictEqual(
      lines.filter((line) => !line.endsWith('service (gone)')),
      ['PATCH plan of (gone)', 'DELETE connection (gone)']
    )
    assert.deepStrictEqual([lines.length, lines.at(-1)], [4, 'DELETE service (gone)'])
    assert.deepStrictEqual([guid('southwind'), guid('globex'), sites(simulator)], ['(none)', '(none)', []])
    assert.deepStrictEqual(await stack.resources(), [])
  })
})
