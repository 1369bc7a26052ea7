// Connections and fleets have, after a write and after a look, the outputs that the schema tells.

import * as assert from 'node:assert/strict'
import * as O from 'fp-ts/Option'
import { inClear } from '../../provider/SecretMarks'
import { resources } from '../../provider/resources'
import { tokenOf } from '../../provider/schema/Tokens'
import { acme, created, found, full, story } from '../http/support/Simulated'
import { valueOf } from '../support/TestEnv'
import { objectMisfits, schema } from '../unit/schema/support/Fits'

const { inputs } = resources.sipConnection
const spec = schema.resources[tokenOf('SipConnection')] ?? assert.fail('the schema has no SipConnection')

const fleetSpec = schema.resources[tokenOf('SipConnectionFleet')] ?? assert.fail('the schema has no SipConnectionFleet')

/** A state without what is for the provider alone. */
const outputs = (state: object): object =>
  Object.fromEntries(
    Object.entries(state).filter(
      ([key]) =>
        !['managedKeys', 'schemaVersion', 'pending', 'leftovers', 'canary'].includes(key) &&
        inputs.rules[key] !== 'option'
    )
  )

describe('The outputs of a connection', () => {
  story('have the types of the schema, and those that are required are there', {}, async (world) => {
    const state = await created(world, { ...full, adopt: false, allow: ['rename'] })
    assert.deepEqual(objectMisfits(outputs(state), spec), [])
    const look =
      O.toNullable(await found(world, { siteGuid: state.siteGuid, customerGuid: acme })) ?? assert.fail('gone')
    assert.deepEqual(objectMisfits(outputs(look.state), spec), [])
    assert.ok(!('lastOperation' in look.state), 'a look has no last operation, and the schema does not require it')
    // What is not there would fit any type.
    const seen = new Set([...Object.keys(state), ...Object.keys(look.state)])
    assert.deepEqual(
      Object.keys(spec.properties).filter((key) => !seen.has(key)),
      ['m365DeploymentState']
    )
  })
})

describe('The outputs of a fleet', () => {
  const { siteName: _siteName, ...defaults } = full
  const args = {
    defaults,
    connections: { one: { siteName: 'one', allow: ['rename'] }, two: { siteName: 'two', adopt: false } },
    rollout: {
      canary: ['one'],
      batchSize: 1,
      maxParallel: 2,
      pauseBetweenBatches: 0.5,
      soakSeconds: 1,
      verify: 'true',
      changeWindow: { start: '2029-01-01T00:00:00Z', end: '2031-01-01T00:00:00Z' },
      pauseFile: 'pause',
      stopAfterFailures: 1
    },
    limits: { maxDeletes: 0, maxChanges: 9, maxChangesPerSbc: 9, cacSessionsPerSbc: { 5: 100 } },
    adopt: false
  }
  /** A state as the engine keeps it, without what is for the provider alone. */
  const shown = (state: unknown): object =>
    Object.fromEntries(
      Object.entries(inClear(state) as object).filter(
        ([key]) => !['schemaVersion', 'pending', 'leftovers', 'canary'].includes(key)
      )
    )

  story('have the types of the schema, and those that are required are there', {}, async (world) => {
    world.simulator.addFault({ match: { method: 'POST', nth: 2 }, fault: { kind: 'status', status: 400 } })
    const { id, state } = await valueOf(resources.sipConnectionFleet.create(args).program, world.env)
    assert.deepEqual(Object.keys(inClear(state.failures) as object), ['two'])
    assert.deepEqual(objectMisfits(shown(state), fleetSpec), [])
    const next = await valueOf(resources.sipConnectionFleet.update(id, shown(state) as never, args).program, world.env)
    assert.deepEqual(objectMisfits(shown(next.state), fleetSpec), [])
    const look = await valueOf(resources.sipConnectionFleet.read(id, shown(next.state) as never).program, world.env)
    assert.deepEqual(objectMisfits(shown((O.toNullable(look) ?? assert.fail('gone')).state), fleetSpec), [])
    assert.deepEqual(
      Object.keys(fleetSpec.properties).filter((key) => !(key in next.state)),
      []
    )
  })
})
