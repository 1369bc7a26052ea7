import * as assert from 'node:assert'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { type FaultRule, HEADQUARTERS_GUID, type Switches } from '../../../simulator'
import { errorOf, valueOf } from '../../support/TestEnv'
import { acme, bare, created, faultOf, onCall, plain, plainSite, removed, story, updated } from '../support/Simulated'

/** What the random schedules of tests/schedules/ have found, each in its shortest form. */

const reading = { path: '/sitelocation/' }
const another = onCall('GET', { kind: 'otherSite', siteGuid: HEADQUARTERS_GUID }, reading)

const notItself = (siteGuid: string): string =>
  `The platform answered Get for connection ${siteGuid} with a connection of another name than the one that the service details of customer ${acme} list under this id; it was not changed`

describe('lifecycle: found by the schedules', () => {
  story(
    'a read before a change answers for another connection: nothing is sent, its variables and password least of all',
    {},
    async (world) => {
      const { carrierUserPassword: _password, carrierMainLine: _mainLine, ...less } = plain
      const state = await created(world, less)
      world.simulator.addFault(another)
      world.forget()
      const args = { ...less, cacProfile: '10 sessions' }
      const error = await errorOf(SipConnection.update(state.siteGuid, state, args), world.process().env)
      assert.deepStrictEqual(
        { text: error._tag === 'Mismatch' && error.text, calls: world.calls() },
        { text: notItself(state.siteGuid), calls: ['GET', 'GET details'] }
      )
      await updated(world.process(), state, args)
      assert.deepStrictEqual(world.sites().map(bare), [
        { ...plainSite, carrierUserPassword: null, carrierMainLine: null, cacProfile: '10 sessions' }
      ])
    }
  )

  story(
    'the same after Add: the new connection is kept with a fault, and the next run finishes it',
    {},
    async (world) => {
      world.simulator.addFault(another)
      const args = { ...plain, phones: ['+49301234'] }
      const result = await valueOf(SipConnection.create(args), world.env)
      const fault = faultOf(result)
      assert.deepStrictEqual(
        { text: fault._tag === 'Mismatch' && fault.text, sites: world.sites().map(bare) },
        { text: notItself(result.id), sites: [plainSite] }
      )
      await updated(world.process(), result.state, args)
      assert.deepStrictEqual(world.sites().map(bare), [{ ...plainSite, phones: '+49301234' }])
    }
  )

  story('the same at a takeover: nothing is sent', {}, async (world) => {
    const { siteGuid } = await created(world, plain)
    world.simulator.addFault(another)
    world.forget()
    const args = { ...plain, enableCac: true, carrierRegistration: true, adopt: siteGuid, cacProfile: '10 sessions' }
    const error = await errorOf(SipConnection.create(args), world.process().env)
    assert.deepStrictEqual(
      { text: error._tag === 'Mismatch' && error.text, sites: world.sites().map(bare) },
      { text: notItself(siteGuid), sites: [plainSite] }
    )
  })

  story('a connection that was renamed in the portal is changed as before', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.editSite(state.siteGuid, { name: 'renamed' })
    await updated(world.process(), state, { ...plain, cacProfile: '10 sessions' })
    assert.deepStrictEqual(world.sites().map(bare), [{ ...plainSite, cacProfile: '10 sessions' }])
  })

  const unclear: ReadonlyArray<readonly [name: string, switches: Partial<Switches>, fault: FaultRule]> = [
    ['DELETE is answered with a page and has no effect', {}, onCall('DELETE', { kind: 'html', status: 200 })],
    [
      'the cleanup task fails, and a look for it answers 404',
      { deleteTask: 'fails' },
      onCall('GET', { kind: 'status', status: 404 }, { path: '/task/' })
    ]
  ]
  for (const [name, switches, fault] of unclear) {
    story(`${name}, and a read answers 404 as well: the connection is not dropped`, { switches }, async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(fault)
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 404 }, reading))
      const error = await errorOf(SipConnection.remove(state.siteGuid, state), world.process().env)
      assert.deepStrictEqual(
        error._tag === 'Mismatch' && error.text,
        `Nothing tells how the deletion of connection ${state.siteGuid} ended, and the service details of customer ${acme} still list it; nothing was dropped from the state`
      )
      world.simulator.setSwitches({ deleteTask: 'ok' })
      await removed(world.process(), state)
      assert.deepStrictEqual(world.sites(), [])
    })
  }
})
