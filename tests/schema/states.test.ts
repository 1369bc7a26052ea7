// A connection has, after a write and after a look, the outputs that the schema tells.

import * as assert from 'node:assert/strict'
import * as O from 'fp-ts/Option'
import { resources } from '../../provider/resources'
import { tokenOf } from '../../provider/schema/Tokens'
import { acme, created, found, full, story } from '../http/support/Simulated'
import { objectMisfits, schema } from '../unit/schema/support/Fits'

const { inputs } = resources.sipConnection
const spec = schema.resources[tokenOf('SipConnection')] ?? assert.fail('the schema has no SipConnection')

/** A state without what is for the provider alone. */
const outputs = (state: object): object =>
  Object.fromEntries(
    Object.entries(state).filter(
      ([key]) => !['managedKeys', 'schemaVersion'].includes(key) && inputs.rules[key] !== 'option'
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
