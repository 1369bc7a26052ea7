import * as assert from 'node:assert'
import * as fs from 'node:fs'
import * as path from 'node:path'
import { resources } from '../../provider/resources'
import { schemaVersion } from '../../provider/State'
import {
  bodies,
  complaint,
  connectionType,
  guidOf,
  planned,
  properties,
  sites,
  traffic,
  writes,
  type World
} from '../engine/World'
import { licenseOf, requests, rulesAt, said, state } from '../engine/Customers'
import { most } from '../protocol/support/Connections'
import { create, withRig } from '../protocol/support/Rig'
import { succeeded } from '../support/EngineRun'
import type { Json, JsonObject } from '../support/Json'
import { nameOf, type ResourceState } from '../support/Stack'
import { manifest } from './support/Package'
import { fixtures, type StateFixture, statesFolder, textOf, versions, worldOf } from './support/States'

const connections = ['adopted', 'full', 'instance', 'minimal']

/** The connections of a state by name, with their secrets hidden. */
const kept = async ({ stack }: World): Promise<JsonObject> =>
  Object.fromEntries(
    (await stack.resources())
      .filter(({ type }) => type === connectionType)
      .map(({ urn, id, inputs, outputs }) => [
        nameOf(urn),
        { id: id ?? null, inputs: properties(inputs), outputs: properties(outputs) }
      ])
  )

describe('The states of released versions', () => {
  it(`are kept as fixtures, this version's (${manifest.version}) too`, () => {
    assert.ok(
      versions().includes(manifest.version),
      `there is no tests/fixtures/states/${manifest.version}: its README says how to write it`
    )
    for (const version of versions()) {
      assert.deepStrictEqual(
        fs.readdirSync(path.join(statesFolder, version)).sort(),
        fixtures.map((name) => `${name}.json`).sort()
      )
    }
  })

  it('have, of this version, the fields that the code writes now', () =>
    withRig({}, async (rig) => {
      const { outs } = await create(rig, { ...most, adopt: false })
      const { state } = JSON.parse(textOf(manifest.version, 'settled')) as StateFixture
      const full = (state.deployment.resources ?? []).find(({ urn }) => nameOf(urn) === 'full')
      const { __provider: _, ...outputs } = full?.outputs ?? {}
      assert.deepStrictEqual(
        fieldsOf(outputs),
        fieldsOf(outs),
        'the state has changed: give it a new version, or write the fixture again if this one is not released yet'
      )
    }))

  it('have, of this version, every output of every resource, and none that is not known', () => {
    const kept = fixtures
      .flatMap((name) => (JSON.parse(textOf(manifest.version, name)) as StateFixture).state.deployment.resources ?? [])
      .filter(({ type }) => type.includes('/audiocodes-live:'))
    const wrong = Object.values(resources).flatMap(({ type, inputs, outputs }) => {
      const found = new Set(
        kept.filter((each) => each.type.endsWith(`:${type}`)).flatMap((each) => Object.keys(each.outputs ?? {}))
      )
      const known = [...Object.keys(inputs.codecs), ...Object.keys(outputs), '__provider']
      return [
        ...Object.keys(outputs).flatMap((key) => (found.has(key) ? [] : [`${type}: ${key} is missing`])),
        ...[...found].flatMap((key) => (known.includes(key) ? [] : [`${type}: ${key} is not known`]))
      ]
    })
    assert.deepStrictEqual(wrong, [
      // The platform tells it of connections with Microsoft 365 only.
      'SipConnection: m365DeploymentState is missing',
      // Only after a rollout that ended at a canary of so many connections.
      'SipConnectionFleet: canary is missing'
    ])
  })

  it('hold no secret in clear, no address of a simulator and no folder of a machine', () => {
    const found = versions().flatMap((version) =>
      fixtures.flatMap((name) => {
        const { state } = JSON.parse(textOf(version, name)) as StateFixture
        const text = JSON.stringify(state)
        return ['canary-', '127.0.0.1', 'node_modules', '/home/', '/tmp/', 'sourcePosition']
          .filter((part) => text.includes(part))
          .map((part) => `${version}/${name}: ${part}`)
      })
    )
    assert.deepStrictEqual(found, [])
  })
})

for (const version of versions()) {
  describe(`A state that version ${version} wrote`, function () {
    this.timeout(120_000)

    describe('of connections that were well', () => {
      let world: World
      before(async () => {
        world = await worldOf(version, 'settled')
      })
      after(() => world.end())

      it('keeps its secrets, which the passphrase decrypts', async () => {
        const { declares } = JSON.parse(textOf(version, 'settled')) as StateFixture
        const resources = await world.stack.resources({ showSecrets: true })
        const full = resources.find(({ urn }) => nameOf(urn) === 'full')
        const { carrierUserPassword, carrierPasswordDpi } = declares['full'] as Readonly<Record<string, Json>>
        for (const side of [full?.inputs, full?.outputs]) {
          assert.deepStrictEqual([side?.['carrierUserPassword'], side?.['carrierPasswordDpi']].map(plaintext), [
            carrierUserPassword,
            carrierPasswordDpi
          ])
        }
      })

      it('is as declared to this version: nothing to do, and nothing is sent', async () => {
        const { stack, simulator } = world
        assert.deepStrictEqual(await planned(stack), [])
        assert.match(succeeded(await stack.up()).stdout, /\nResources:\n +6 unchanged\n/)
        assert.deepStrictEqual(traffic(simulator), [])
      })

      it('shows no drift at a refresh, after which it is what it was', async () => {
        const { stack, simulator } = world
        const before = await kept(world)
        assert.deepStrictEqual(Object.keys(before).sort(), connections)
        assert.match(succeeded(await stack.refresh()).stdout, /\nResources:\n +6 unchanged\n/)
        assert.deepStrictEqual(
          [...traffic(simulator)].sort(),
          connections.map((name) => `GET ${name}`)
        )
        assert.deepStrictEqual(await kept(world), before)
        assert.deepStrictEqual(await planned(stack), [])
      })

      it('is destroyed', async () => {
        const { stack, simulator } = world
        succeeded(await stack.destroy())
        assert.deepStrictEqual(sites(simulator), [])
        assert.deepStrictEqual(await stack.resources(), [])
      })
    })

    describe('of connections whose last write did not end well', () => {
      const outcomes = async (world: World): Promise<JsonObject> =>
        Object.fromEntries(
          Object.entries(await kept(world)).map(([name, connection]) => {
            const { outputs } = connection as { readonly outputs: JsonObject }
            const { kind, outcome } = outputs['lastOperation'] as { readonly kind: string; readonly outcome: string }
            return [name, `${kind} ${outcome}`]
          })
        )
      let world: World
      before(async () => {
        world = await worldOf(version, 'unfinished')
      })
      after(() => world.end())

      it('still says so, also after a refresh', async () => {
        const { stack } = world
        const pending = ['update failed', 'update unclear']
        const open = { failed: 'create failed', unclear: 'update unknown' }
        assert.deepStrictEqual(await planned(stack), pending)
        assert.deepStrictEqual(await outcomes(world), open)
        succeeded(await stack.refresh())
        assert.deepStrictEqual(await planned(stack), pending)
        assert.deepStrictEqual(await outcomes(world), open)
      })

      it('is finished by the next up, with all that was declared', async () => {
        const { stack, simulator } = world
        simulator.clearRequests()
        succeeded(await stack.up())
        assert.deepStrictEqual([...writes(simulator)].sort(), ['PATCH failed', 'PATCH unclear'])
        const { declares } = JSON.parse(textOf(version, 'unfinished')) as StateFixture
        assert.deepStrictEqual(
          bodies(simulator, 'PATCH').map(({ carrierPasswordDPI }) => carrierPasswordDPI),
          Object.values(declares).map((args) => (args as JsonObject)['carrierPasswordDpi'])
        )
        assert.deepStrictEqual(await planned(stack), [])
        succeeded(await stack.destroy())
        assert.deepStrictEqual(sites(simulator), [])
      })
    })

    describe('of services, dial plans and a guard that were well', () => {
      let world: World
      before(async () => {
        world = await worldOf(version, 'customer')
      })
      after(() => world.end())

      it('is as declared to this version, also after a refresh, and nothing is written', async () => {
        const { stack, simulator } = world
        assert.match(succeeded(await stack.up()).stdout, /\nResources:\n +6 unchanged\n/)
        assert.deepStrictEqual(requests(simulator), [])
        const before = await stack.resources()
        assert.match(succeeded(await stack.refresh()).stdout, /\nResources:\n +6 unchanged\n/)
        assert.deepStrictEqual([...requests(simulator)].sort(), [
          'GET connection branch',
          'GET plan of branch',
          'GET service globex',
          'GET service northwind'
        ])
        assert.deepStrictEqual((await stack.resources()).map(shown), before.map(shown))
        assert.deepStrictEqual(await planned(stack), [])
      })

      it('is destroyed, but for the service that is protected', async () => {
        const { stack, simulator } = world
        const [headline] = said(await stack.destroy(['--continue-on-error']), 'globex')
        assert.match(
          headline ?? '',
          /failed: The service is protected: its deletion would also delete its SIP connection \(globex\)/
        )
        assert.deepStrictEqual(Object.keys(await state(stack)), ['globex'])
        assert.deepStrictEqual(
          [licenseOf(simulator, 'northwind'), licenseOf(simulator, 'globex'), sites(simulator)],
          [undefined, [4, 20], ['globex']]
        )
      })
    })

    describe('of fleets, one well and one of which the last run failed', () => {
      let world: World
      before(async () => {
        world = await worldOf(version, 'fleet')
      })
      after(() => world.end())

      it('still says so after a refresh, and is finished by the next up with what failed and nothing else', async () => {
        const { stack, simulator } = world
        succeeded(await stack.refresh())
        assert.deepStrictEqual(writes(simulator), [])
        assert.deepStrictEqual(
          (await planned(stack)).map((line) => line.replace(/:.*/, '')),
          ['update half']
        )
        const before = sites(simulator)
        simulator.clearRequests()
        succeeded(await stack.up())
        assert.deepStrictEqual([...writes(simulator)].sort(), ['DELETE (gone)', 'PATCH changed', 'PATCH new'])
        assert.deepStrictEqual(
          [before, sites(simulator)],
          [
            ['berlin', 'changed', 'gone', 'hamburg', 'lisbon', 'new'],
            ['berlin', 'changed', 'hamburg', 'lisbon', 'new']
          ]
        )
        assert.deepStrictEqual(await planned(stack), [])
        succeeded(await stack.destroy())
        assert.deepStrictEqual(sites(simulator), [])
      })
    })

    describe('of services and a dial plan whose last write did not end well', () => {
      let world: World
      before(async () => {
        world = await worldOf(version, 'customer-unfinished')
      })
      after(() => world.end())

      it('still says so after a refresh, and is finished by the next up', async () => {
        const { stack, simulator } = world
        succeeded(await stack.refresh())
        const before = await state(stack)
        assert.deepStrictEqual(
          ['branch', 'globex', 'northwind', 'numbers'].map((name) => before[name]?.outcome),
          ['create ok', 'create failed', 'update unknown', 'update failed']
        )
        assert.deepStrictEqual(await planned(stack), ['update globex', 'update northwind', 'update numbers'])
        simulator.clearRequests()
        succeeded(await stack.up())
        assert.deepStrictEqual([...requests(simulator)].filter((line) => !line.startsWith('GET ')).sort(), [
          'PATCH license of northwind',
          'PATCH plan of branch',
          'POST upgrade of globex'
        ])
        assert.deepStrictEqual(
          simulator.state().customers.find(({ shortName }) => shortName === 'northwind')?.applicationClientSecret,
          'canary-application-5'
        )
        assert.deepStrictEqual(licenseOf(simulator, 'globex'), [4, 20])
        assert.deepStrictEqual(rulesAt(simulator, guidOf(simulator, 'branch')), ['+4930 sbc5.provider.example'])
        assert.deepStrictEqual(await planned(stack), [])
      })
    })
  })
}

/** A resource with its secrets hidden, and without the times that the engine keeps. */
const shown = ({ urn, id, inputs, outputs }: ResourceState): unknown => ({
  name: nameOf(urn),
  id,
  inputs: properties(inputs),
  outputs: properties(outputs)
})

/** The names in a state, with those of the last operation. */
const fieldsOf = (outputs: JsonObject): readonly string[] =>
  [
    ...Object.keys(outputs),
    ...Object.keys(outputs['lastOperation'] as JsonObject).map((key) => `lastOperation.${key}`)
  ].sort()

/** A secret in an export that shows them, decoded. */
const plaintext = (value: Json | undefined): unknown =>
  JSON.parse((value as { readonly plaintext: string }).plaintext) as unknown

describe('A state of a newer version', function () {
  this.timeout(120_000)
  const newer = schemaVersion + 1
  let world: World
  before(async () => {
    world = await worldOf(manifest.version, 'settled', (state) =>
      state.replaceAll(`"schemaVersion":${schemaVersion}`, `"schemaVersion":${newer}`)
    )
  })
  after(() => world.end())

  for (const command of ['preview', 'refresh', 'destroy'] as const) {
    it(`is refused by ${command}, which names the version and the remedy, sends nothing and leaves it as it is`, async () => {
      const { stack, simulator } = world
      const before = await kept(world)
      const text = complaint(await stack[command]())
      const refusal = `The state was written by a newer version of pulumi-audiocodes-live (schemaVersion ${newer}; this one knows ${schemaVersion})`
      const remedy =
        'Next: install the newer version in this project (npm install pulumi-audiocodes-live@latest) and run again.'
      assert.ok(text.includes(refusal), text)
      assert.ok(text.includes(remedy), text)
      assert.doesNotMatch(text, /\bat .*\.js:\d+/)
      assert.deepStrictEqual(traffic(simulator), [])
      assert.deepStrictEqual(await kept(world), before)
      const schemas = (await stack.resources()).flatMap(schemaOf)
      assert.deepStrictEqual(schemas, [newer, newer, newer, newer])
    })
  }
})

const schemaOf = ({ type, outputs }: ResourceState): readonly (Json | undefined)[] =>
  type === connectionType ? [outputs?.['schemaVersion']] : []
