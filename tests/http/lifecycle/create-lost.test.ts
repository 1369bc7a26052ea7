import * as assert from 'node:assert'
import type { Settings } from '../../../provider/Settings'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import type { Fault } from '../../../simulator'
import { errorOf, nthId, valueOf } from '../../support/TestEnv'
import {
  acme,
  bare,
  created,
  faultOf,
  full,
  fullSite,
  onCall,
  plain,
  plainSite,
  stateOf,
  story,
  told,
  updated,
  writeMs
} from '../support/Simulated'

/** Number of calls of each kind. */
const tally = (calls: ReadonlyArray<string>): Readonly<Record<string, number>> =>
  calls.reduce<Record<string, number>>((all, call) => ({ ...all, [call]: (all[call] ?? 0) + 1 }), {})

const unclear = (why: string): string =>
  `The answer to the creation of connection "branch-07" is not clear (${why}). Looking for the connection; it is not created a second time.`

describe('lifecycle: create, and the answer to POST is lost after its effect', () => {
  const quick: Partial<Settings> = { requestTimeout: 5, programTimeout: 0.3 }
  const rows: ReadonlyArray<readonly [name: string, fault: Fault, why: RegExp, settings?: Partial<Settings>]> = [
    ['reset', { kind: 'resetAfter' }, /^the connection was reset$/],
    ...[500, 502, 503, 504, 408].map(
      (status) => [`${status}`, { kind: 'statusAfterEffect', status }, new RegExp(`^status ${status}$`)] as const
    ),
    ['half a body', { kind: 'halfBody' }, /^(the answer broke off|no complete answer within 0.3 s)$/, quick],
    ['a time-out', { kind: 'delay', ms: 5000 }, /^no complete answer within 0.3 s$/, quick],
    ['an empty body', { kind: 'emptyBody' }, /^expected JSON, got an empty body$/],
    ['no JSON', { kind: 'notJson' }, /^expected JSON, got something else$/]
  ]
  for (const [name, fault, why, settings = {}] of rows) {
    story(`${name}: goes on with the connection, and there is one`, { settings }, async (world) => {
      world.simulator.addFault(onCall('POST', fault))
      const state = await created(world, full)
      const [warning] = world.warnings
      assert.deepStrictEqual(
        {
          guids: world.sites().map(({ guid }) => guid),
          sites: world.sites().map(bare),
          calls: world.calls(),
          outcome: state.lastOperation.outcome,
          warnings: world.warnings.length
        },
        {
          guids: [state.siteGuid],
          sites: [fullSite],
          calls: ['GET details', 'POST', 'GET details', 'GET', 'PATCH', 'GET'],
          outcome: 'ok',
          warnings: 1
        }
      )
      assert.match(/^The answer .* is not clear \((.*)\)\. Looking/.exec(warning ?? '')?.[1] ?? '', why)
    })
  }

  story(
    'the messages cannot be understood: they may be errors, so the state is kept with a fault',
    {},
    async (world) => {
      world.simulator.addFault(onCall('POST', { kind: 'wrongShape' }))
      const result = await valueOf(SipConnection.create(plain), world.env)
      const fault = faultOf(result)
      const faults = [
        'customerGuid: expected uuid',
        'siteGuid: expected uuid',
        'executionMessages: expected Array<ExecutionMessage>'
      ]
      assert.deepStrictEqual(
        {
          tag: fault._tag,
          faults: 'faults' in fault && fault.faults,
          guids: world.sites().map(({ guid }) => guid),
          outcome: result.state.lastOperation.outcome,
          calls: world.calls(),
          warnings: world.warnings
        },
        {
          tag: 'Contract',
          faults,
          guids: [result.id],
          outcome: 'unknown',
          calls: ['GET details', 'POST', 'GET details'],
          warnings: [unclear(faults.join('; '))]
        }
      )
      world.forget()
      const state = await updated(world.process(), result.state, plain)
      assert.deepStrictEqual(
        { state, sites: world.sites().map(bare), calls: world.calls() },
        {
          state: stateOf(world, plain, result.id, { kind: 'update', at: writeMs }),
          sites: [plainSite],
          calls: ['GET details', 'GET', 'PATCH', 'GET']
        }
      )
    }
  )

  story('the ids cannot be understood, the messages can: goes on with the connection', {}, async (world) => {
    const messages = [{ level: 'Information', message: 'Sbc is programmed' }]
    await created(world, { ...plain, siteName: 'first' })
    world.simulator.addFault(
      onCall('POST', { kind: 'status', status: 200, body: { siteGuid: 7, executionMessages: messages } })
    )
    const { ovocCustomerType: _, ...edit } = plainSite
    const guid = world.simulator.addSite(edit)
    world.forget()
    const state = await created(world, plain)
    assert.deepStrictEqual(
      { guid: state.siteGuid, calls: world.calls(), warnings: world.warnings },
      { guid, calls: ['POST', 'GET details', 'GET'], warnings: [unclear('siteGuid: expected uuid')] }
    )
  })

  story(
    'the service details list it late: looked for again and again, and no second POST',
    { switches: { detailsVisibleAfterMs: 60_000 } },
    async (world) => {
      world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
      const state = await created(world, plain)
      assert.deepStrictEqual(
        {
          guids: world.sites().map(({ guid }) => guid),
          calls: tally(world.calls()),
          sleeps: world.sleeps,
          outcome: state.lastOperation.outcome
        },
        {
          guids: [state.siteGuid],
          calls: { 'GET details': 7, POST: 1, GET: 1 },
          sleeps: [5000, 7500, 11_250, 16_875, 25_312.5],
          outcome: 'ok'
        }
      )
    }
  )

  story('its task still runs: waited for', { switches: { addTaskMs: 20_000 } }, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
    const state = await created(world, plain)
    const [task] = world.simulator.state().tasks
    assert.deepStrictEqual(
      {
        guids: world.sites().map(({ guid }) => guid),
        tasks: state.lastOperation.taskIds,
        deployed: state.sbcDeploymentState
      },
      { guids: [state.siteGuid], tasks: [task?.id], deployed: '3' }
    )
  })

  story('and Get fails after that: id and state are kept', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
    world.simulator.addFault(
      onCall('GET', { kind: 'status', status: 500 }, { path: '/sitelocation/', times: 'always' })
    )
    const result = await valueOf(SipConnection.create(plain), world.env)
    const [site] = world.sites()
    assert.deepStrictEqual(
      { tag: faultOf(result)._tag, guid: result.id, outcome: result.state.lastOperation.outcome },
      { tag: 'Lost', guid: site?.guid, outcome: 'unknown' }
    )
  })

  story(
    'and the look at the platform fails too: an error that tells both, and the next run finds the connection',
    {},
    async (world) => {
      await created(world, { ...plain, siteName: 'first' })
      world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 500 }, { path: '/customer/', times: 'always' }))
      const error = await errorOf(SipConnection.create(plain), world.env)
      assert.deepStrictEqual(
        { tag: error._tag, text: 'text' in error && error.text },
        {
          tag: 'Mismatch',
          text:
            'Whether connection "branch-07" was created is not known: the end of the POST was not, and the look at the service details failed (Lost). ' +
            'The next run looks again, and creates no second one'
        }
      )
      world.simulator.clearFaults()
      world.forget()
      const next = await errorOf(SipConnection.create(plain), world.process().env)
      const guid = world.sites()[1]?.guid ?? ''
      assert.deepStrictEqual(
        { text: 'text' in next && next.text, calls: world.calls() },
        {
          text: `A connection "branch-07" exists already at customer ${acme} (site ${guid}); nothing was sent`,
          calls: ['GET details']
        }
      )
    }
  )

  story(
    'and somebody has made another one of that name meanwhile: an error that lists both, and neither is changed',
    { switches: { duplicateNames: 'allowed' } },
    async (world) => {
      await created(world, { ...plain, siteName: 'first' })
      const other = world.simulator.addSite({ customerGuid: acme, name: 'branch-07', sbcId: 3 })
      world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
      world.forget()
      const result = await SipConnection.create(plain)(world.env)()
      const error = result._tag === 'Left' ? result.left : faultOf(result.right)
      const text = told('create', plain, error, false)
      assert.deepStrictEqual(
        {
          named: world
            .sites()
            .slice(1)
            .filter(({ guid }) => text.includes(guid)).length,
          patches: world.calls().filter((call) => call === 'PATCH'),
          other: world.simulator.site(other)?.sbcId
        },
        { named: 2, patches: [], other: 3 }
      )
    }
  )
})

describe('lifecycle: create, and POST has no effect', () => {
  for (const [name, fault] of [
    ['a reset', { kind: 'resetBefore' }],
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
    ['a page with 502', { kind: 'html', status: 502 }]
  ] as const) {
    story(
      `${name}: no second POST, looked for as long as POST may take, and nothing was created`,
      {},
      async (world) => {
        world.simulator.addFault(onCall('POST', fault, { times: 'always' }))
        const error = await errorOf(SipConnection.create(plain), world.env)
        const text = told('create', plain, error, false)
        assert.deepStrictEqual(
          {
            tag: error._tag,
            calls: tally(world.calls()),
            sleeps: world.sleeps,
            sites: world.sites(),
            applied: text.split('\n').filter((line) => line.includes('Applied'))
          },
          {
            tag: 'Lost',
            calls: { 'GET details': 14, POST: 1 },
            sleeps: [5000, 7500, 11_250, 16_875, 25_312.5, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000],
            sites: [],
            applied: [
              '    Applied: a request was sent, and what the platform does with it is not known. The next run looks first, and creates no second connection.'
            ]
          }
        )
      }
    )
  }

  story('a page with 200: no second POST, and nothing was created', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'html', status: 200 }))
    const error = await errorOf(SipConnection.create(plain), world.env)
    assert.deepStrictEqual(
      { tag: error._tag, posts: tally(world.calls())['POST'], sites: world.sites() },
      { tag: 'Contract', posts: 1, sites: [] }
    )
  })

  story('an answer of success, but no connection: an error, and no second POST', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 200, body: 1 }))
    const error = await errorOf(SipConnection.create(plain), world.env)
    assert.deepStrictEqual(
      { tag: error._tag, posts: tally(world.calls())['POST'], sites: world.sites() },
      { tag: 'Contract', posts: 1, sites: [] }
    )
  })

  story('the next run creates it', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'resetBefore' }))
    await errorOf(SipConnection.create(plain), world.env)
    await created(world.process(), plain)
    assert.deepStrictEqual(world.sites().map(bare), [plainSite])
  })
})

describe('lifecycle: create, and the process is killed between POST and its answer', () => {
  story(
    'nothing more is sent; the next run sends no second POST and names the site and the exact adopt',
    {},
    async (world) => {
      let alive = true
      const killed = world.process({}, { engineIsAlive: () => alive })
      world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
      const fetch = killed.env.fetch
      const dying = {
        ...killed.env,
        fetch: (request: Parameters<typeof fetch>[0]) => async () => {
          const result = await fetch(request)()
          if (request.method === 'POST') alive = false
          return result
        }
      }
      await errorOf(SipConnection.create(full), dying)
      const [site] = world.sites()
      assert.deepStrictEqual(
        { calls: world.calls(), sites: world.sites().length },
        { calls: ['GET details', 'POST'], sites: 1 }
      )

      world.forget()
      const error = await errorOf(SipConnection.create(plain), world.process().env)
      assert.deepStrictEqual(
        { error, calls: world.calls() },
        {
          error: {
            _tag: 'Refused',
            text: `A connection "branch-07" exists already at customer ${acme} (site ${site?.guid ?? ''}); nothing was sent`,
            next:
              `to take it over, declare adopt: "${site?.guid ?? ''}" (or adopt: true) with enableCac and carrierRegistration, or import it from a file; ` +
              'to make another one, choose another siteName. If two resources of this program declare the name, remove one',
            correlationId: nthId(1)
          },
          calls: ['GET details']
        }
      )

      world.forget()
      const args = { ...full, adopt: site?.guid ?? '' }
      const later = world.process()
      const state = await created(later, args)
      assert.deepStrictEqual(
        {
          guid: state.siteGuid,
          kind: state.lastOperation.kind,
          sites: world.sites().map(bare),
          calls: world.calls(),
          warnings: later.warnings
        },
        {
          guid: site?.guid,
          kind: 'adopt',
          // A takeover cannot see that what Get does not show is missing, and says so.
          sites: [{ ...plainSite, configurationType: 1, proxySet: 'SIPTrunk' }],
          calls: ['GET details', 'GET'],
          warnings: [
            'Connection "branch-07" is taken over. The platform does not tell sbcConfigurationType, enableCac, carrierRegistration, carrierPasswordDpi, phones, dialPlanPrefixes, proxySet: ' +
              'taken as declared. The next change sends sbcConfigurationType, enableCac, carrierRegistration, carrierPasswordDpi, phones, dialPlanPrefixes.'
          ]
        }
      )
    }
  )
})

describe('lifecycle: create, and little time left', () => {
  story(
    'the POST is not sent again when nobody could see how it ends',
    { settings: { operationTimeout: 100, programTimeout: 60 } },
    async (world) => {
      world.simulator.addFault(onCall('POST', { kind: 'status', status: 429, retryAfter: '98' }))
      const error = await errorOf(SipConnection.create(plain), world.env)
      assert.deepStrictEqual(
        { tag: error._tag, calls: world.calls(), sites: world.sites() },
        { tag: 'Rejected', calls: ['GET details', 'POST'], sites: [] }
      )
    }
  )
})
