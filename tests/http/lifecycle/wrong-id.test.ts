import * as assert from 'node:assert'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { HEADQUARTERS_GUID, OTHER_SITE_GUID } from '../../../simulator'
import { errorOf, nthId, valueOf } from '../../support/TestEnv'
import { acme, contoso, created, faultOf, onCall, plain, plainSite, removed, story } from '../support/Simulated'

/** An answer to Add with an id that is not that of the new connection. To believe it would be to change, and one day to delete, another one. */

const text = (guid: string): string =>
  `The platform answered Add with the id of another connection (site ${guid}), which is not one of customer ${acme}; that one is left alone`

describe('lifecycle: create, and the id of another connection', () => {
  for (const [name, guid, calls] of [
    ['of another customer', HEADQUARTERS_GUID, ['GET details', 'POST', 'GET', 'GET details']],
    ['that nobody knows', OTHER_SITE_GUID, ['GET details', 'POST', 'GET', 'GET', 'GET details']]
  ] as const) {
    story(
      `${name}: the new one is found by its name and kept, and the next run finishes it`,
      { settings: { programTimeout: 6 } },
      async (world) => {
        const foreign = world.simulator.site(guid)
        world.simulator.addFault(onCall('POST', { kind: 'otherSite', siteGuid: guid }))
        const result = await valueOf(SipConnection.create(plain), world.env)
        assert.deepStrictEqual(
          {
            fault: faultOf(result),
            guid: result.siteGuid,
            outcome: result.state.lastOperation.outcome,
            sites: world.sites().length,
            foreign: world.simulator.site(guid),
            calls: world.calls()
          },
          {
            fault: { _tag: 'Mismatch', text: text(guid), correlationId: nthId(1), mayHaveChanged: true },
            guid: world.sites()[0]?.guid,
            outcome: 'unknown',
            sites: 1,
            foreign,
            calls
          }
        )
        await removed(world.process(), result.state)
        assert.deepStrictEqual([world.sites(), world.simulator.site(guid)], [[], foreign])
      }
    )
  }

  story('of the same name at another customer: only the service details can tell', {}, async (world) => {
    const { ovocCustomerType: _type, ...edit } = plainSite
    const guid = world.simulator.addSite({ ...edit, customerGuid: contoso, cacProfile: '10 sessions' })
    const foreign = world.simulator.site(guid)
    world.simulator.addFault(onCall('POST', { kind: 'otherSite', siteGuid: guid }))
    const result = await valueOf(SipConnection.create(plain), world.env)
    assert.deepStrictEqual(
      [result.siteGuid, faultOf(result)._tag, world.simulator.site(guid)],
      [world.sites()[0]?.guid, 'Mismatch', foreign]
    )
  })

  story('and no new connection: an error, and nothing is kept', {}, async (world) => {
    const body = { customerGuid: acme, siteGuid: HEADQUARTERS_GUID, executionMessages: [] }
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 200, body }))
    assert.deepStrictEqual(
      {
        error: await errorOf(SipConnection.create(plain), world.env),
        writes: world.calls().filter((call) => !call.startsWith('GET'))
      },
      {
        error: { _tag: 'Mismatch', text: text(HEADQUARTERS_GUID), correlationId: nthId(1), mayHaveChanged: true },
        writes: ['POST']
      }
    )
  })

  for (const [name, more] of [
    ['and nothing can be read after it', {}],
    ['in an answer with an Error', { message: 'The SBC is busy.' }]
  ] as const) {
    story(`${name}: neither a change nor a deletion reaches the other connection`, {}, async (world) => {
      const foreign = world.simulator.site(HEADQUARTERS_GUID)
      const executionMessages = 'message' in more ? [{ level: 'Error', message: more.message }] : []
      const body = { customerGuid: acme, siteGuid: HEADQUARTERS_GUID, executionMessages }
      world.simulator.addFault(onCall('POST', { kind: 'status', status: 200, body }))
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 400 }, { nth: 2, times: 'always' }))
      const { siteGuid, state } = await valueOf(SipConnection.create(plain), world.env)
      world.simulator.clearFaults()
      world.forget()
      const later = world.process()
      const change = { ...plain, cacProfile: '10 sessions' }
      const errors = [
        await errorOf(SipConnection.update(siteGuid, state, change), later.env),
        await errorOf(SipConnection.remove(siteGuid, state), later.env)
      ]
      assert.deepStrictEqual(
        {
          siteGuid,
          errors: errors.map(({ _tag }) => _tag),
          calls: world.calls(),
          foreign: world.simulator.site(HEADQUARTERS_GUID)
        },
        {
          siteGuid: HEADQUARTERS_GUID,
          errors: ['Refused', 'Refused'],
          calls: ['GET details', 'GET', 'GET'],
          foreign
        }
      )
    })
  }

  story(
    'is not suspected while the service details lag behind',
    { switches: { detailsVisibleAfterMs: 600_000 } },
    (world) =>
      created(world, plain).then((state) => {
        assert.strictEqual(state.siteGuid, world.sites()[0]?.guid)
      })
  )
})

describe('lifecycle: delete, and an Error in the answer', () => {
  for (const effect of [true, false]) {
    story(`is an error; the next run goes on (deleted: ${effect})`, {}, async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(onCall('DELETE', { kind: 'errorMessage', effect, message: 'The IP group is in use.' }))
      assert.deepStrictEqual(
        {
          error: await errorOf(SipConnection.remove(state.siteGuid, state), world.process().env),
          sites: world.sites().length
        },
        {
          error: { _tag: 'Failed', words: ['The IP group is in use.'], correlationId: nthId(1), mayHaveChanged: true },
          sites: effect ? 0 : 1
        }
      )
      await removed(world.process(), state)
      assert.deepStrictEqual(world.sites(), [])
    })
  }
})
