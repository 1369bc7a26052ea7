import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import type { LoggedRequest } from '../../simulator'
import { numbers as seedNumbers } from '../../simulator/SeedOperatorConnect'
import { succeeded } from '../support/EngineRun'
import { repositoryRoot } from '../support/repository'
import { complaint, planned, startWorld, typesCheckedElsewhere, type World } from './World'

const example = fs.readFileSync(path.join(repositoryRoot, 'examples/customer/index.ts'), 'utf8')

/** The writes of a run in short, in their order: `POST service northwind`, `POST connection northwind-berlin`, `PATCH plan +4930555`. */
const writesOf = (world: World): readonly string[] => {
  const named = (path_: string): string => {
    const [, guid = ''] = /sitelocation\/([0-9a-f-]{36})/.exec(path_) ?? []
    return names.get(guid) ?? guid
  }
  const { sites } = world.simulator.state()
  for (const { guid, name } of sites) names.set(guid, name)
  return world.simulator.requests().flatMap(({ method, path: at, body }: LoggedRequest) => {
    if (method === 'GET') return []
    const sent = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>
    if (at.includes('/dialplan/')) {
      const { add = [], remove = [] } = sent as Record<'add' | 'remove', { prefix: string }[] | undefined>
      const rules = [...add.map(({ prefix }) => `+${prefix}`), ...remove.map(({ prefix }) => `-${prefix}`)]
      return [`${method} plan of ${named(at)}: ${rules.join(' ')}`]
    }
    if (at.includes('/sitelocation')) {
      const { siteLocationName, sbcSiteName } = sent as Record<string, string | undefined>
      return [`${method} connection ${siteLocationName ?? sbcSiteName ?? named(at)}`]
    }
    const { shortName, customerShortName } = sent as Record<string, string | undefined>
    return [
      `${method} ${at.endsWith('/upgrade') ? 'license' : 'service'} ${shortName ?? customerShortName ?? ''}`.trim()
    ]
  })
}
const names = new Map<string, string>()

const servicesOf = ({ simulator }: World): readonly string[] =>
  simulator
    .state()
    .customers.map(({ shortName }) => shortName)
    .filter((name) => ['northwind', 'globex'].includes(name))
    .sort()

describe('A customer from nothing', function () {
  this.timeout(120_000)
  let world: World
  before(async () => {
    world = await startWorld({ program: example, typescript: true, env: typesCheckedElsewhere })
  })
  beforeEach(() => {
    world.simulator.clearRequests()
  })
  after(() => world.end())

  /** What comes before what, whatever runs side by side. */
  const inOrder = (lines: readonly string[], ...expected: readonly string[]): void => {
    const places = expected.map((line) => lines.indexOf(line))
    assert.deepStrictEqual(
      places.map((place, index) => (place === -1 || place < (places[index - 1] ?? 0) ? expected[index] : 'in order')),
      expected.map(() => 'in order'),
      lines.join('\n')
    )
  }

  it('is made in one run: the service, then its connections, then their dial plans', async () => {
    succeeded(await world.stack.up())
    const lines = writesOf(world)
    inOrder(
      lines,
      'POST service northwind',
      'POST connection northwind-berlin',
      'PATCH plan of northwind-berlin: ++4930555'
    )
    inOrder(lines, 'POST service northwind', 'PATCH service', 'POST connection northwind-hamburg')
    inOrder(lines, 'POST service globex', 'POST license', 'POST connection globex-lisbon')
    assert.deepStrictEqual(
      [...lines].sort(),
      [
        'PATCH plan of northwind-berlin: ++4930555',
        'PATCH plan of northwind-hamburg: ++4940555',
        'PATCH service',
        'POST connection globex-lisbon',
        'POST connection northwind-berlin',
        'POST connection northwind-hamburg',
        'POST license',
        'POST service globex',
        'POST service northwind'
      ],
      'nothing is sent twice'
    )
    assert.deepStrictEqual(servicesOf(world), ['globex', 'northwind'])
    assert.deepStrictEqual(await planned(world.stack), [])
  })

  it('is not destroyed while it is protected: nothing of it goes', async () => {
    const text = complaint(await world.stack.destroy())
    assert.match(text, /deletionProtection/)
    assert.deepStrictEqual(writesOf(world), [])
  })

  it('is not destroyed while acquired numbers refer to one of its connections', async () => {
    await world.stack.setConfig('deletable', 'true')
    succeeded(await world.stack.up())
    const globex = world.simulator.state().customers.find(({ shortName }) => shortName === 'globex')
    assert.ok(globex !== undefined)
    const [model] = seedNumbers
    const number = {
      ...model,
      id: 9,
      telephoneNumber: '+351215550009',
      tenantId: globex.msTenantId ?? '',
      umpCustomerGuid: globex.guid,
      ocSipConnectionName: 'globex-lisbon'
    }
    world.simulator.setLists({ numbers: [number] })
    world.simulator.clearRequests()
    const text = complaint(await world.stack.destroy(['--target', '**globex**', '--target-dependents']))
    assert.match(text, /\+351215550009 \(globex-lisbon, Active\)/)
    // Nor is a connection replaced: the engine would destroy it before what only depends on it.
    assert.match(
      complaint(await world.stack.up(['--replace', '**SipConnection::globex-lisbon'])),
      /\+351215550009 \(globex-lisbon, Active\)/
    )
    // The one that the platform made with the service goes with it, and counts though it is not declared.
    world.simulator.setLists({ numbers: [{ ...number, ocSipConnectionName: 'globex' }] })
    assert.match(
      complaint(await world.stack.destroy(['--target', '**globex**', '--target-dependents'])),
      /\+351215550009 \(globex, Active\)/
    )
    assert.deepStrictEqual(writesOf(world), [])
    assert.deepStrictEqual(servicesOf(world), ['globex', 'northwind'])
    world.simulator.setLists({ numbers: [] })
  })

  it('is destroyed in reverse when nothing stands in the way', async () => {
    succeeded(await world.stack.destroy())
    const lines = writesOf(world)
    inOrder(lines, 'PATCH plan of northwind-berlin: -+4930555', 'DELETE connection northwind-berlin')
    assert.deepStrictEqual(lines.slice(-2), ['DELETE service', 'DELETE service'])
    assert.strictEqual(lines.length, 8)
    assert.deepStrictEqual(servicesOf(world), [])
  })
})

const branches = Array.from({ length: 50 }, (_, index) => `branch-${index}`)

const fifty = `
const live = require('pulumi-audiocodes-live')
const sbcScripts = { onboardingScript: 12001, cleanupScript: 12002 }
const branches = ${JSON.stringify(branches)}
new live.Customer('northwind', {
  service: {
    hostedEssentials: {
      shortName: 'northwind',
      ovocCustomerType: 'IPGROUP_TYPE',
      msTenantId: 'a0a0a0a0-0003-4000-8000-000000000001',
      siteLocation: { sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 },
      deletionProtection: false
    }
  },
  connections: Object.fromEntries(branches.map((name) => [name, { siteName: name, sbcId: 3, sbcScripts }])),
  dialPlans: Object.fromEntries(branches.map((name, index) => [
    name + '-numbers',
    { connection: name, rules: [{ prefix: '+49305' + (1000 + index), tag: 'sbc3.provider.example' }] }
  ]))
})
`

describe('A customer with 50 connections', function () {
  this.timeout(120_000)
  let world: World
  before(async () => {
    world = await startWorld({ program: fifty })
  })
  after(() => world.end())

  it('is made from nothing with no request twice', async () => {
    succeeded(await world.stack.up())
    const counts = new Map<string, number>()
    for (const { method, path: at } of world.simulator.requests()) {
      const kind = at.includes('/dialplan/')
        ? 'dial plan'
        : at.includes('sitelocation')
          ? 'connection'
          : at.endsWith('/customer')
            ? 'services'
            : 'service'
      counts.set(`${method} ${kind}`, (counts.get(`${method} ${kind}`) ?? 0) + 1)
    }
    assert.deepStrictEqual(Object.fromEntries([...counts].sort()), {
      'GET connection': 50,
      'GET dial plan': 50,
      // Its own details after the creation, and once the list of its connections.
      'GET service': 2,
      'GET services': 1,
      'PATCH dial plan': 50,
      'POST connection': 50,
      'POST services': 1
    })
  })
})
