import * as assert from 'node:assert'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { HEADQUARTERS_GUID } from '../../../simulator'
import { errorOf, nthId } from '../../support/TestEnv'
import { acme, created, found, full, fullSite, plain, removed, story, updated } from '../support/Simulated'

/** Connections that were made by somebody else, and those that two resources of a program name. */

const { ovocCustomerType: _type, ...portal } = fullSite

const takenOver = (untold: string, sent: string): string =>
  `Connection "branch-07" is taken over. The platform does not tell ${untold}: taken as declared. The next change sends ${sent}.`

const always = 'sbcConfigurationType, enableCac, carrierRegistration'

describe('lifecycle: what the platform does not tell at a takeover', () => {
  for (const passwordEcho of ['masked', 'absent'] as const) {
    story(`a password that is ${passwordEcho}`, { switches: { passwordEcho } }, async (world) => {
      world.simulator.addSite(portal)
      await created(world, { ...full, adopt: true })
      assert.deepStrictEqual(world.warnings, [
        takenOver(
          `${always}, carrierUserPassword, carrierPasswordDpi, phones, dialPlanPrefixes, proxySet`,
          `${always}, carrierUserPassword, carrierPasswordDpi, phones, dialPlanPrefixes`
        )
      ])
    })
  }

  story('a field that this very answer shows as null', {}, async (world) => {
    world.simulator.addSite({ ...portal, cacProfile: null })
    await created(world, { ...plain, adopt: true })
    assert.deepStrictEqual(world.warnings, [takenOver('cacProfile', 'them')])
  })

  story('nothing: no warning', {}, async (world) => {
    world.simulator.addSite(portal)
    await created(world, { ...plain, adopt: true })
    assert.deepStrictEqual(world.warnings, [])
  })

  story('what only Add carries is not sent later either', {}, async (world) => {
    world.simulator.addSite(portal)
    await created(world, { ...plain, proxySet: 'SIPTrunk', adopt: true })
    assert.deepStrictEqual(world.warnings, [takenOver('proxySet', 'none of them')])
  })

  story(
    'with modifyBody scriptParameters it is sent',
    { settings: { modifyBody: 'scriptParameters' } },
    async (world) => {
      world.simulator.addSite(portal)
      await created(world, { ...plain, proxySet: 'SIPTrunk', adopt: true })
      assert.deepStrictEqual(world.warnings, [takenOver('proxySet', 'them')])
    }
  )

  story('another carrier than the declared proxy set', {}, async (world) => {
    world.simulator.addSite({ ...portal, proxySet: 'Other' })
    await created(world, { ...plain, proxySet: 'SIPTrunk', adopt: true })
    assert.deepStrictEqual(world.warnings, [
      takenOver('proxySet', 'none of them'),
      'Connection "branch-07": the platform shows another carrier (carrierId) than the declared proxySet.'
    ])
  })
})

describe('lifecycle: a connection of another resource or customer', () => {
  story('one that this process has changed is deleted for the resource whose state says so', {}, async (world) => {
    const old = await created(world, plain)
    const run = world.process()
    // A read, so that the ids of this process are others than those of the first one.
    await found(run, old)
    const changed = await updated(run, old, { ...plain, cacProfile: '10 sessions' })
    world.forget()
    await removed(run, old)
    assert.deepStrictEqual({ calls: world.calls(), sites: world.sites().length }, { calls: [], sites: 1 })
    await removed(run, changed)
    assert.deepStrictEqual(world.sites(), [])
  })

  story('one that this process has only read is deleted', {}, async (world) => {
    const state = await created(world, plain)
    const run = world.process()
    await found(run, state)
    await removed(run, state)
    assert.deepStrictEqual({ sites: world.sites(), warnings: run.warnings }, { sites: [], warnings: [] })
  })

  story('a look at a connection of another customer: an error, and it is not read', {}, async (world) => {
    const error = await errorOf(SipConnection.read(HEADQUARTERS_GUID, { customerGuid: acme }), world.env)
    assert.deepStrictEqual(
      { error, calls: world.calls() },
      {
        error: {
          _tag: 'Refused',
          text: `Customer ${acme} has no connection ${HEADQUARTERS_GUID}`,
          next: 'correct the id, or the customer, that get names',
          correlationId: nthId(1)
        },
        calls: ['GET details']
      }
    )
  })
})
