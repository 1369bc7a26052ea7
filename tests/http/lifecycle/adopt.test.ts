import * as assert from 'node:assert'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import type { NewSite } from '../../../simulator'
import { errorOf, nthId, valueOf } from '../../support/TestEnv'
import {
  acme,
  bare,
  created,
  faultOf,
  found,
  full,
  fullSite,
  modifySaid,
  onCall,
  plain,
  plainSite,
  removed,
  stateOf,
  story,
  updated
} from '../support/Simulated'

const { ovocCustomerType: _type, ...portal } = fullSite

/** A connection in the portal that is as `full` declares it. */
const existing = (changes: Partial<NewSite> = {}): NewSite => ({ ...portal, ...changes })

const takesOver =
  'Connection "branch-07" is taken over. The platform does not tell sbcConfigurationType, enableCac, carrierRegistration, carrierPasswordDpi, phones, dialPlanPrefixes, proxySet: ' +
  'taken as declared. The next change sends sbcConfigurationType, enableCac, carrierRegistration, carrierPasswordDpi, phones, dialPlanPrefixes.'

const unknownGuid = '77777777-7777-4777-8777-777777777777'

describe('lifecycle: adopt', () => {
  for (const how of ['true', 'a site id'] as const) {
    const adopting = (guid: string): SipConnectionArgs => ({ ...full, adopt: how === 'true' ? true : guid })

    story(`${how}: a connection as declared is read and not written`, {}, async (world) => {
      const guid = world.simulator.addSite(existing())
      const args = adopting(guid)
      const state = await created(world, args)
      assert.deepStrictEqual(
        { state, sites: world.sites().map(bare), calls: world.calls(), warnings: world.warnings },
        {
          state: stateOf(world, args, guid, { kind: 'adopt', durationMs: 0 }),
          sites: [fullSite],
          calls: ['GET details', 'GET'],
          warnings: [takesOver]
        }
      )
    })

    story(`${how}: one PATCH where a declared field differs`, {}, async (world) => {
      const guid = world.simulator.addSite(existing({ cacProfile: '50 sessions', phones: '+1555' }))
      const args = adopting(guid)
      const state = await created(world, args)
      assert.deepStrictEqual(
        { state, sites: world.sites().map(bare), calls: world.calls(), warnings: world.warnings },
        {
          state: stateOf(world, args, guid, { kind: 'adopt' }, { executionMessages: modifySaid }),
          sites: [fullSite],
          calls: ['GET details', 'GET', 'PATCH', 'GET'],
          warnings: [takesOver]
        }
      )
    })
  }

  story('true, and there is none: created', {}, async (world) => {
    const args = { ...plain, adopt: true }
    const state = await created(world, args)
    assert.deepStrictEqual(
      { state, sites: world.sites().map(bare), calls: world.calls() },
      {
        state: stateOf(world, args, state.siteGuid, { kind: 'create' }),
        sites: [plainSite],
        calls: ['GET details', 'POST', 'GET']
      }
    )
  })

  story('a site id that the customer does not have: nothing is sent, and nothing created', {}, async (world) => {
    const error = await errorOf(SipConnection.create({ ...plain, adopt: unknownGuid }), world.env)
    assert.deepStrictEqual(
      { error, calls: world.calls(), sites: world.sites() },
      {
        error: {
          _tag: 'Refused',
          text: `Customer ${acme} has no connection ${unknownGuid}, which adopt names; nothing was sent`,
          next: 'take the id from the service details of the customer (field SiteLocation), or leave adopt out to create a connection; if this run has just replaced the connection, it was deleted before',
          correlationId: nthId(1)
        },
        calls: ['GET details'],
        sites: []
      }
    )
  })

  story(
    'two of one name: true is an error that lists both, a site id takes the one',
    { switches: { duplicateNames: 'allowed' } },
    async (world) => {
      const first = world.simulator.addSite(existing())
      const second = world.simulator.addSite(existing())
      const error = await errorOf(SipConnection.create({ ...full, adopt: true }), world.env)
      const state = await created(world, { ...full, adopt: second })
      assert.deepStrictEqual(
        { error, guid: state.siteGuid, posts: world.calls().filter((call) => call === 'POST') },
        {
          error: {
            _tag: 'Refused',
            text: `2 connections "branch-07" exists already at customer ${acme}: ${first}, ${second}; nothing was sent`,
            next: 'declare which one is meant: adopt: "<site id>"',
            correlationId: nthId(1)
          },
          guid: second,
          posts: []
        }
      )
    }
  )

  story('another name needs its word', {}, async (world) => {
    const guid = world.simulator.addSite(existing({ name: 'old-name' }))
    const error = await errorOf(SipConnection.create({ ...full, adopt: guid }), world.env)
    assert.deepStrictEqual(
      { error, calls: world.calls() },
      {
        error: {
          _tag: 'Refused',
          text: 'The connection to take over has another name, and a rename is not allowed; nothing was sent',
          next: 'declare its present name, or allow: ["rename"]',
          correlationId: nthId(1)
        },
        calls: ['GET details', 'GET']
      }
    )
    // The refusal has claimed nothing, so that the corrected declaration works in the same run.
    world.forget()
    const state = await created(world, { ...full, adopt: guid, allow: ['rename'] })
    assert.deepStrictEqual(
      { guid: state.siteGuid, sites: world.sites().map(bare), calls: world.calls() },
      { guid, sites: [fullSite], calls: ['GET', 'PATCH', 'GET'] }
    )
  })

  story('another SBC needs its word', {}, async (world) => {
    const guid = world.simulator.addSite(existing({ sbcId: 3 }))
    const error = await errorOf(SipConnection.create({ ...full, adopt: true }), world.env)
    assert.deepStrictEqual(
      { error, calls: world.calls() },
      {
        error: {
          _tag: 'Refused',
          text: 'The connection to take over is on SBC 3, and a move is not allowed; nothing was sent',
          next: 'declare its present sbcId, or allow: ["sbcMove"]',
          correlationId: nthId(1)
        },
        calls: ['GET details', 'GET']
      }
    )
    const state = await created(world, { ...full, adopt: true, allow: ['sbcMove'] })
    assert.deepStrictEqual({ guid: state.siteGuid, sites: world.sites().map(bare) }, { guid, sites: [fullSite] })
  })

  story('a task that is pending is waited for before anything is sent', {}, async (world) => {
    world.simulator.setSwitches({ modifyTaskMs: 10_000 })
    const made = await created(world, plain)
    const changing = SipConnection.update(made.siteGuid, made, { ...plain, cacProfile: '10 sessions' })
    // The other run is killed right after its PATCH.
    let alive = true
    const killed = world.process({}, { engineIsAlive: () => alive })
    const fetch = killed.env.fetch
    await changing({
      ...killed.env,
      fetch: (request) => async () => {
        const result = await fetch(request)()
        if (request.method === 'PATCH') alive = false
        return result
      }
    })()
    world.forget()
    const next = world.process()
    const state = await created(next, { ...plain, adopt: true })
    const calls = world.calls()
    assert.deepStrictEqual(
      {
        before: calls.slice(0, calls.indexOf('PATCH')),
        sites: world.sites().map(bare),
        kind: state.lastOperation.kind
      },
      {
        before: ['GET details', 'GET', 'GET task', 'GET', 'GET task', 'GET', 'GET task'],
        sites: [plainSite],
        kind: 'adopt'
      }
    )
  })

  story('two resources that adopt the same connection by its id: the second is an error', {}, async (world) => {
    const guid = world.simulator.addSite(existing())
    const results = await Promise.all(
      [full, { ...full, siteName: 'other', allow: ['rename' as const] }].map((args) =>
        SipConnection.create({ ...args, adopt: guid })(world.env)()
      )
    )
    assert.deepStrictEqual(
      results.map((result) => (result._tag === 'Right' ? result.right.id : result.left)),
      [
        guid,
        {
          _tag: 'Refused',
          text: `Connection ${guid} is managed by another resource of this program already; nothing was sent`,
          next: 'remove one of the two',
          correlationId: nthId(2)
        }
      ]
    )
  })

  story('two resources that adopt the same connection by its name: the second is an error', {}, async (world) => {
    const guid = world.simulator.addSite(existing())
    const results = await Promise.all([1, 2].map(() => SipConnection.create({ ...full, adopt: true })(world.env)()))
    assert.deepStrictEqual(
      { ends: results.map(({ _tag }) => _tag), sites: world.sites().map((site) => site.guid), calls: world.calls() },
      { ends: ['Right', 'Left'], sites: [guid], calls: ['GET details', 'GET'] }
    )
  })

  story('a connection that this run has made is not adopted by another resource', {}, async (world) => {
    const { siteGuid } = await created(world, plain)
    const error = await errorOf(SipConnection.create({ ...plain, adopt: siteGuid }), world.env)
    assert.deepStrictEqual(
      error._tag === 'Refused' && error.text,
      `Connection ${siteGuid} is managed by another resource of this program already; nothing was sent`
    )
  })

  story(
    'a resource with another name in the program: the new one adopts, and the deletion of the old one leaves the connection',
    {},
    async (world) => {
      const old = await created(world, plain)
      const run = world.process()
      // The engine's refresh. Ids are counted anew in every process of a test, so the adoption has another one than the creation.
      await found(run, old)
      const adopted = await created(run, { ...plain, adopt: true })
      world.forget()
      await removed(run, old)
      assert.deepStrictEqual(
        {
          guid: adopted.siteGuid,
          sites: world.sites().map(bare),
          calls: world.calls(),
          warnings: run.warnings.slice(-1)
        },
        {
          guid: old.siteGuid,
          sites: [plainSite],
          calls: [],
          warnings: [
            `Connection ${old.siteGuid} was taken over by another resource of this program: it is not deleted.`
          ]
        }
      )
      await removed(world.process(), adopted)
      assert.deepStrictEqual(world.sites(), [])
    }
  )

  story(
    'one that cannot be adopted is not deleted by the old resource either, and can be adopted later',
    {},
    async (world) => {
      const old = await created(world, plain)
      const run = world.process()
      await found(run, old)
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 403 }, { path: old.siteGuid }))
      await errorOf(SipConnection.create({ ...plain, adopt: true }), run.env)
      world.forget()
      // With --continue-on-error the engine goes on.
      await removed(run, old)
      assert.deepStrictEqual([world.calls(), world.sites().map(bare)], [[], [plainSite]])
      assert.strictEqual((await created(run, { ...plain, adopt: true })).siteGuid, old.siteGuid)
    }
  )

  story('a connection that this run has deleted can be made again', {}, async (world) => {
    const first = await created(world, plain)
    await removed(world, first)
    world.forget()
    const second = await created(world, { ...plain, adopt: true })
    assert.deepStrictEqual(
      { again: second.siteGuid !== first.siteGuid, sites: world.sites().map(bare), calls: world.calls() },
      // The list of the first look is kept up to date, so that none is read again.
      { again: true, sites: [plainSite], calls: ['POST', 'GET'] }
    )
  })

  story('a PATCH that is rejected: an error, nothing in the state', {}, async (world) => {
    world.simulator.addSite(existing({ cacProfile: '50 sessions' }))
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 400, body: '"no such profile"' }))
    const error = await errorOf(SipConnection.create({ ...full, adopt: true }), world.env)
    assert.deepStrictEqual(
      { tag: error._tag, words: 'words' in error && error.words, sites: world.sites().map(bare) },
      {
        tag: 'Rejected',
        words: ['"no such profile"'].map((text) => text.slice(1, -1)),
        sites: [{ ...fullSite, cacProfile: '50 sessions' }]
      }
    )
  })

  story(
    'a PATCH with an Error among its messages: the connection is kept, and the next update finishes it',
    {},
    async (world) => {
      const guid = world.simulator.addSite(existing({ cacProfile: '50 sessions' }))
      world.simulator.addFault(onCall('PATCH', { kind: 'errorMessage', effect: false }))
      const args = { ...full, adopt: true }
      const result = await valueOf(SipConnection.create(args), world.env)
      assert.deepStrictEqual(
        { fault: faultOf(result), guid: result.id, kind: result.state.lastOperation.kind },
        {
          fault: { _tag: 'Failed', words: ['SBC programming failed.'], correlationId: nthId(1), mayHaveChanged: true },
          guid,
          kind: 'adopt'
        }
      )
      await updated(world.process(), result.state, args)
      assert.deepStrictEqual(world.sites().map(bare), [fullSite])
    }
  )

  story('no word of the platform says that the SBC is programmed: a warning', {}, async (world) => {
    const guid = world.simulator.addSite({ ...existing(), sbcState: 'NotDeployed' })
    const args = { ...full, adopt: true }
    const state = await created(world, args)
    assert.deepStrictEqual(
      { state, warnings: world.warnings },
      {
        state: stateOf(
          world,
          args,
          guid,
          { kind: 'adopt', durationMs: 0 },
          { sbcDeploymentState: '1', sbcProgrammed: false }
        ),
        warnings: [
          takesOver,
          'Connection "branch-07" is saved; neither the messages nor the deployment state say that SBC 5 is programmed.'
        ]
      }
    )
  })

  story('and no warning when the SBC is not to be configured', {}, async (world) => {
    world.simulator.addSite({ ...existing(), sbcState: 'NotDeployed', configureSbc: false })
    const state = await created(world, { ...full, configureSbc: false, adopt: true })
    assert.deepStrictEqual(
      { programmed: state.sbcProgrammed, warnings: world.warnings },
      { programmed: false, warnings: [takesOver] }
    )
  })
})
