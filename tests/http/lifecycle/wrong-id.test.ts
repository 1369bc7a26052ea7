import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { HEADQUARTERS_GUID, OTHER_SITE_GUID } from '../../../simulator'
import { errorOf, nthId, valueOf } from '../../support/TestEnv'
import {
  type World,
  acme,
  contoso,
  created,
  faultOf,
  onCall,
  plain,
  plainSite,
  removed,
  story
} from '../support/Simulated'

/** An answer to Add with an id that is not that of the new connection. To believe it would be to change, and one day to delete, another one. */

const text = (guid: string): string =>
  `The platform answered Add with the id of another connection (site ${guid}), which is not one of customer ${acme} with this name; that one is left alone`

const { ovocCustomerType: _type, ...editable } = plainSite

/** A connection that is not ours. */
const addForeign = (world: World, edit: Partial<Parameters<World['simulator']['addSite']>[0]>): string =>
  world.simulator.addSite({ ...editable, carrierUserPassword: 'theirs', ...edit })

describe('lifecycle: create, and a connection that somebody else made meanwhile', () => {
  for (const fault of [{ kind: 'resetBefore' }, { kind: 'status', status: 500 }] as const) {
    story(
      `after a lost answer (${fault.kind}) that had no effect: it is named, and nothing is sent to it`,
      {},
      async (world) => {
        await created(world, { ...plain, siteName: 'first' })
        world.clock.advance(3_600_000)
        const guid = addForeign(world, { customerGuid: acme, carrierUserName: 'theirs' })
        const foreign = world.simulator.site(guid)
        world.forget()
        world.simulator.addFault(onCall('POST', fault))
        const error = await errorOf(SipConnection.create(plain), world.env)
        assert.deepStrictEqual(
          { error, calls: world.calls(), foreign: world.simulator.site(guid) },
          {
            error: {
              _tag: 'Refused',
              text: `A connection "branch-07" exists already at customer ${acme} (site ${guid}); the answer to its creation was lost`,
              next: `to take it over, declare adopt: "${guid}" (or adopt: true) with enableCac and carrierRegistration, or import it from a file; to make another one, choose another siteName. If two resources of this program declare the name, remove one`,
              correlationId: nthId(2),
              mayHaveChanged: true
            },
            calls: ['POST', 'GET details', 'GET'],
            foreign
          }
        )
      }
    )
  }
})

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
            guid: result.id,
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
      [result.id, faultOf(result)._tag, world.simulator.site(guid)],
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
      const { id: siteGuid, state } = await valueOf(SipConnection.create(plain), world.env)
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

  for (const made of [true, false]) {
    story(`of another one of the same customer, from the portal (the new one was made: ${made})`, {}, async (world) => {
      await created(world, { ...plain, siteName: 'first' })
      const guid = addForeign(world, { customerGuid: acme, name: 'from-the-portal' })
      const foreign = world.simulator.site(guid)
      const body = { customerGuid: acme, siteGuid: guid, executionMessages: [] }
      world.simulator.addFault(
        onCall('POST', made ? { kind: 'otherSite', siteGuid: guid } : { kind: 'status', status: 200, body })
      )
      const result = await SipConnection.create(plain)(world.env)()
      if (E.isRight(result)) await removed(world.process(), result.right.state)
      assert.deepStrictEqual(
        {
          kept: E.isRight(result),
          foreign: world.simulator.site(guid),
          names: world.sites().map(({ name }) => name),
          changes: world.calls().filter((call) => call === 'PATCH')
        },
        { kept: made, foreign, names: ['first', 'from-the-portal'], changes: [] }
      )
    })
  }

  for (const [name, switches, faults] of [
    [
      'cannot be read',
      {},
      [onCall('GET', { kind: 'status', status: 403 }, { path: '/v3/customer/', nth: 2, times: 'always' })]
    ],
    ['lag behind', { detailsVisibleAfterMs: 600_000 }, []]
  ] as const) {
    story(
      `of the same name at another customer, while the service details ${name}: nothing is sent to it`,
      { switches },
      async (world) => {
        const guid = addForeign(world, { customerGuid: contoso, cacProfile: '10 sessions' })
        const foreign = world.simulator.site(guid)
        world.simulator.addFault(onCall('POST', { kind: 'otherSite', siteGuid: guid }))
        for (const fault of faults) world.simulator.addFault(fault)
        const { state } = await valueOf(SipConnection.create(plain), world.env)
        assert.deepStrictEqual(
          {
            outcome: state.lastOperation.outcome,
            foreign: world.simulator.site(guid),
            changes: world.calls().filter((call) => call === 'PATCH')
          },
          { outcome: 'unknown', foreign, changes: [] }
        )
      }
    )
  }

  story('and one 404 after it: the destroy ends, and sends no DELETE', {}, async (world) => {
    const foreign = world.simulator.site(HEADQUARTERS_GUID)
    const executionMessages = [{ level: 'Error', message: 'The SBC is busy.' }]
    const body = { customerGuid: acme, siteGuid: HEADQUARTERS_GUID, executionMessages }
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 200, body }))
    const { state } = await valueOf(SipConnection.create(plain), world.env)
    world.forget()
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 404 }, { path: '/sitelocation/' }))
    await removed(world.process(), state)
    assert.deepStrictEqual(
      { calls: world.calls(), foreign: world.simulator.site(HEADQUARTERS_GUID) },
      { calls: ['GET details', 'GET'], foreign }
    )
  })

  story('the nil uuid is none: the connection is found by its name', {}, async (world) => {
    const nil = '00000000-0000-0000-0000-000000000000'
    world.simulator.addFault(onCall('POST', { kind: 'otherSite', siteGuid: nil, customerGuid: nil }))
    const state = await created(world, plain)
    assert.strictEqual(state.siteGuid, world.sites()[0]?.guid)
  })

  story(
    'is not suspected while the service details lag behind',
    { switches: { detailsVisibleAfterMs: 600_000 } },
    (world) =>
      created(world, plain).then((state) => {
        assert.strictEqual(state.siteGuid, world.sites()[0]?.guid)
      })
  )
})

describe('lifecycle: change, and a read that answers for another connection', () => {
  story(
    'which the service details do not list: nothing is sent, and none of its variables taken',
    {},
    async (world) => {
      const state = await created(world, plain)
      const before = world.sites()
      const variables = { onboardingScript: 1, cleanupScript: 2, customerVariables: { ApiToken: 'theirs' } }
      const body = { siteName: 'theirs', sbcInfo: { sbcId: 5, sbcScripts: variables } }
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 200, body }, { path: '/sitelocation/' }))
      world.simulator.addFault(
        onCall('GET', { kind: 'status', status: 200, body: { SiteLocation: [] } }, { path: '/v3/customer/' })
      )
      const change = SipConnection.update(state.siteGuid, state, { ...plain, cacProfile: '10 sessions' })
      assert.strictEqual((await errorOf(change, world.process().env))._tag, 'Mismatch')
      assert.deepStrictEqual(world.sites(), before)
    }
  )
})

describe('lifecycle: delete, and an answer that says nothing', () => {
  story('followed by one 404: the service details decide', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 200, body: {} }))
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 404 }, { path: '/sitelocation/' }))
    const error = await errorOf(SipConnection.remove(state.siteGuid, state), world.process().env)
    assert.deepStrictEqual([error._tag, world.sites().length], ['Mismatch', 1])
  })
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
