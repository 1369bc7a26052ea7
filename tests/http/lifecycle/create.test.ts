import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import type { Settings } from '../../../provider/Settings'
import { diff } from '../../../provider/sip-connection/Diff'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import type { Switches } from '../../../simulator'
import { errorOf, nthId, valueOf } from '../../support/TestEnv'
import {
  acme,
  addSaid,
  addSaidPending,
  bare,
  contoso,
  created,
  faultOf,
  found,
  full,
  fullSite,
  modifySaid,
  onCall,
  plain,
  plainSite,
  stateOf,
  story,
  told,
  updated,
  writeMs
} from '../support/Simulated'

describe('lifecycle: create', () => {
  story('what Add carries: one POST, and everything is taken', {}, async (world) => {
    const state = await created(world, plain)
    assert.deepStrictEqual(
      { state, sites: world.sites().map(bare), calls: world.calls(), warnings: world.warnings },
      {
        state: stateOf(world, plain, state.siteGuid, { kind: 'create' }),
        sites: [plainSite],
        calls: ['GET details', 'POST', 'GET'],
        warnings: []
      }
    )
    assert.deepStrictEqual(
      world.sites().map(({ guid }) => guid),
      [state.siteGuid]
    )
  })

  story('every input: one PATCH more, and everything is taken', {}, async (world) => {
    const state = await created(world, full)
    assert.deepStrictEqual(
      { state, sites: world.sites().map(bare), calls: world.calls(), warnings: world.warnings },
      {
        state: stateOf(
          world,
          full,
          state.siteGuid,
          { kind: 'create', durationMs: 2 * writeMs },
          { executionMessages: modifySaid }
        ),
        sites: [fullSite],
        calls: ['GET details', 'POST', 'GET', 'PATCH', 'GET'],
        warnings: []
      }
    )
  })

  story('a value that Add has not taken follows in one PATCH', {}, async (world) => {
    const guid = '55555555-5555-4555-8555-555555555555'
    await created(world, { ...plain, siteName: 'first' })
    // Add answers as documented, and what it has made has another profile.
    const { ovocCustomerType: _type, ...edit } = plainSite
    world.simulator.addSite({ ...edit, cacProfile: '10 sessions', guid })
    world.simulator.addFault(
      onCall('POST', {
        kind: 'status',
        status: 200,
        body: { customerGuid: acme, siteGuid: guid, executionMessages: addSaid }
      })
    )
    world.forget()
    const state = await created(world, plain)
    assert.deepStrictEqual(
      { guid: state.siteGuid, sites: world.sites().slice(1).map(bare), calls: world.calls() },
      // What differs from what was sent might be another connection: the service details say that it is not.
      { guid, sites: [plainSite], calls: ['POST', 'GET', 'GET details', 'PATCH', 'GET'] }
    )
  })

  story('the name exists: nothing is sent, and the error tells how to take the connection over', {}, async (world) => {
    const guid = world.simulator.addSite({ customerGuid: acme, name: 'branch-07', sbcId: 5 })
    const error = await errorOf(SipConnection.create(plain), world.env)
    assert.deepStrictEqual(
      { error, calls: world.calls(), sites: world.sites().length },
      {
        error: {
          _tag: 'Refused',
          text: `A connection "branch-07" exists already at customer ${acme} (site ${guid}); nothing was sent`,
          next:
            `to take it over, declare adopt: "${guid}" (or adopt: true) with enableCac and carrierRegistration, or import it from a file; ` +
            'to make another one, choose another siteName. If two resources of this program declare the name, remove one',
          correlationId: nthId(1)
        },
        calls: ['GET details'],
        sites: 1
      }
    )
  })

  for (const name of ['Branch-07', 'branch-07 b', 'branch-0']) {
    story(`a name that is only like it (${name}) is another one`, {}, async (world) => {
      world.simulator.addSite({ customerGuid: acme, name, sbcId: 5 })
      await created(world, plain)
      assert.deepStrictEqual(
        world.sites().map((site) => site.name),
        [name, 'branch-07']
      )
    })
  }

  story('the same name at another customer is another one', {}, async (world) => {
    await created(world, { ...plain, siteName: 'headquarters' })
    assert.deepStrictEqual(
      world.simulator.state().sites.map((site) => [site.customerGuid, site.name]),
      [
        [contoso, 'headquarters'],
        [acme, 'headquarters']
      ]
    )
  })

  story('two of one name side by side: one POST, and an error for the other', {}, async (world) => {
    const [first, second] = await Promise.all([
      SipConnection.create(plain)(world.env)(),
      SipConnection.create({ ...plain, sbcId: 3 })(world.env)()
    ])
    const [site] = world.sites()
    assert.deepStrictEqual(
      {
        ends: [first._tag, second._tag],
        error: second._tag === 'Left' && second.left._tag === 'Refused' && second.left.text,
        posts: world.calls().filter((call) => call === 'POST').length,
        sites: world.sites().length
      },
      {
        ends: ['Right', 'Left'],
        error: `A connection "branch-07" exists already at customer ${acme} (site ${site?.guid ?? ''}); nothing was sent`,
        posts: 1,
        sites: 1
      }
    )
  })

  story('without scripts and without a connection to take over: nothing is sent', {}, async (world) => {
    const { sbcScripts: _, ...args } = plain
    const error = await errorOf(SipConnection.create({ ...args, adopt: true }), world.env)
    assert.deepStrictEqual(
      { error, calls: world.calls() },
      {
        error: {
          _tag: 'Refused',
          text: 'There is no connection "branch-07" to take over, and a new one needs both sbcScripts; nothing was sent',
          next: 'declare sbcScripts: { onboardingScript, cleanupScript }, or correct siteName',
          correlationId: nthId(1)
        },
        calls: ['GET details']
      }
    )
  })

  story('400: the own words of the platform, and nothing was created', {}, async (world) => {
    const args = { ...plain, sbcScripts: { onboardingScript: 1, cleanupScript: 2 } }
    const error = await errorOf(SipConnection.create(args), world.env)
    const text = told('create', args, error, false)
    assert.deepStrictEqual(
      {
        tag: error._tag,
        words: 'words' in error && error.words,
        text: text.split('\n').slice(1, 5),
        calls: world.calls()
      },
      {
        tag: 'Rejected',
        words: [
          'sbcOnboardingScript: There is no script template 1.',
          'sbcCleanupScript: There is no script template 2.'
        ],
        text: [
          '    Platform: sbcOnboardingScript: There is no script template 1.',
          '    Platform: sbcCleanupScript: There is no script template 2.',
          '    Applied: nothing was created.',
          '    Calls: not affected.'
        ],
        calls: ['GET details', 'POST']
      }
    )
  })

  story('409 to POST because the SBC is busy: sent again while there is no such connection', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 409 }, { times: 2 }))
    await created(world, plain)
    assert.deepStrictEqual(
      { calls: world.calls(), sleeps: world.sleeps, sites: world.sites().length },
      {
        calls: ['GET details', 'POST', 'GET details', 'POST', 'GET details', 'POST', 'GET'],
        sleeps: [5000, 7500],
        sites: 1
      }
    )
  })

  story('409 to POST because the name was taken meanwhile: not sent again', {}, async (world) => {
    await created(world, { ...plain, siteName: 'first' })
    const guid = world.simulator.addSite({ customerGuid: acme, name: 'branch-07', sbcId: 5 })
    world.forget()
    const error = await errorOf(SipConnection.create(plain), world.env)
    assert.deepStrictEqual(
      { text: error._tag === 'Refused' && error.text, calls: world.calls() },
      {
        text: `A connection "branch-07" exists already at customer ${acme} (site ${guid}); the creation was refused`,
        calls: ['POST', 'GET details']
      }
    )
  })

  story(
    '409 to POST until the deadline: a conflict, and nothing was created',
    { settings: { operationTimeout: 20 } },
    async (world) => {
      world.simulator.addFault(onCall('POST', { kind: 'status', status: 409 }, { times: 'always' }))
      const error = await errorOf(SipConnection.create(plain), world.env)
      assert.deepStrictEqual(
        { tag: error._tag, sleeps: world.sleeps, sites: world.sites() },
        { tag: 'Conflict', sleeps: [5000], sites: [] }
      )
    }
  )

  for (const [status, retryAfter] of [
    [429, undefined],
    [429, '3'],
    [503, '3']
  ] as const) {
    story(
      `${status}${retryAfter === undefined ? '' : ' with Retry-After'} to POST: sent again, one connection`,
      {},
      async (world) => {
        world.simulator.addFault(
          onCall('POST', { kind: 'status', status, ...(retryAfter === undefined ? {} : { retryAfter }) })
        )
        await created(world, plain)
        assert.deepStrictEqual(
          { calls: world.calls(), sleeps: world.sleeps, sites: world.sites().length },
          {
            calls: ['GET details', 'POST', 'POST', 'GET'],
            sleeps: [retryAfter === undefined ? 250 : 3250],
            sites: 1
          }
        )
      }
    )
  }
})

describe('lifecycle: create, and an Error among the messages', () => {
  story('with effect: id and state are kept, and the next update sends everything', {}, async (world) => {
    world.simulator.addFault(
      onCall('POST', { kind: 'errorMessage', effect: true, message: 'Script printed made-up-secret and failed.' })
    )
    const result = await valueOf(SipConnection.create(plain), world.env)
    const said = [
      { level: 'Information', message: 'Starting SBC Programming.' },
      { level: 'Error', message: 'Script printed [secret] and failed.' }
    ] as const
    const kept = stateOf(
      world,
      plain,
      result.id,
      { kind: 'create', outcome: 'failed' },
      { executionMessages: said, sbcProgrammed: false }
    )
    // Nothing was read after the failure, so what only a read tells is not there.
    const { tenantId: _tenant, sbcDeploymentState: _deployment, ...expected } = kept
    assert.deepStrictEqual(
      { state: result.state, fault: faultOf(result), calls: world.calls(), sites: world.sites().length },
      {
        state: expected,
        fault: {
          _tag: 'Failed',
          words: ['Script printed [secret] and failed.'],
          correlationId: nthId(1),
          mayHaveChanged: true
        },
        calls: ['GET details', 'POST'],
        sites: 1
      }
    )
    assert.deepStrictEqual(diff(result.state, plain), { changes: true, replaces: [], deleteBeforeReplace: false })

    world.forget()
    const next = world.process()
    const state = await updated(next, result.state, plain)
    assert.deepStrictEqual(
      { state, sites: world.sites().map(bare), calls: world.calls(), warnings: next.warnings },
      {
        state: stateOf(world, plain, result.id, { kind: 'update', at: writeMs }),
        sites: [plainSite],
        calls: ['GET details', 'GET', 'PATCH', 'GET'],
        warnings: [
          `The last create of connection "branch-07" ended with an error (correlation id ${nthId(1)}). It is finished now: read first, then all declared fields are sent.`
        ]
      }
    )
  })

  story('without effect and without an id: looked for, and nothing was created', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'errorMessage', effect: false, message: 'No free port.' }))
    const error = await errorOf(SipConnection.create(plain), world.env)
    assert.deepStrictEqual(
      { error, sites: world.sites(), posts: world.calls().filter((call) => call === 'POST').length },
      {
        error: { _tag: 'Failed', words: ['No free port.'], correlationId: nthId(1), mayHaveChanged: true },
        sites: [],
        posts: 1
      }
    )
  })

  story('in the PATCH that follows: id and state are kept', {}, async (world) => {
    world.simulator.addFault(onCall('PATCH', { kind: 'errorMessage', effect: true }))
    const result = await valueOf(SipConnection.create(full), world.env)
    assert.deepStrictEqual(
      {
        fault: faultOf(result),
        last: result.state.lastOperation,
        managed: diff(result.state, full),
        sites: world.sites().length
      },
      {
        fault: { _tag: 'Failed', words: ['SBC programming failed.'], correlationId: nthId(1), mayHaveChanged: true },
        last: stateOf(world, full, result.id, { kind: 'create', outcome: 'failed', durationMs: 2 * writeMs })
          .lastOperation,
        managed: { changes: true, replaces: [], deleteBeforeReplace: false },
        sites: 1
      }
    )
  })
})

describe('lifecycle: create, and answers that name something else', () => {
  story('Add answers for another customer: an error with both, and the connection is kept', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'otherSite', customerGuid: contoso }))
    const result = await valueOf(SipConnection.create(plain), world.env)
    const [site] = world.sites()
    assert.deepStrictEqual(
      {
        fault: faultOf(result),
        guid: result.id,
        outcome: result.state.lastOperation.outcome,
        sites: world.sites().length
      },
      {
        fault: {
          _tag: 'Mismatch',
          text: `Add was sent for customer ${acme}, and the platform answered for customer ${contoso} (site ${site?.guid ?? ''}): check in the portal what was made there`,
          correlationId: nthId(1),
          mayHaveChanged: true
        },
        guid: site?.guid,
        outcome: 'unknown',
        sites: 1
      }
    )
  })

  story(
    'Add answers with the id of another connection: that one is not touched',
    { switches: { duplicateNames: 'allowed' } },
    async (world) => {
      const other = await created(world, { ...plain, siteName: 'other' })
      world.simulator.addFault(onCall('POST', { kind: 'otherSite', siteGuid: other.siteGuid }))
      const before = world.simulator.site(other.siteGuid)
      world.forget()
      const result = await SipConnection.create(plain)(world.env)()
      const error = result._tag === 'Left' ? result.left : faultOf(result.right)
      assert.deepStrictEqual(
        {
          other: world.simulator.site(other.siteGuid),
          patches: world.calls().filter((call) => call === 'PATCH'),
          tag: error._tag
        },
        { other: before, patches: [], tag: 'Mismatch' }
      )
    }
  )

  for (const addAnswer of ['withoutSiteGuid', 'bare'] as const) {
    story(
      `Add answers ${addAnswer}: the connection is found by its name`,
      { switches: { addAnswer } },
      async (world) => {
        const state = await created(world, plain)
        assert.deepStrictEqual(
          { guids: world.sites().map(({ guid }) => guid), calls: world.calls(), sites: world.sites().map(bare) },
          {
            guids: [state.siteGuid],
            calls: ['GET details', 'POST', 'GET details', 'GET'],
            sites: [plainSite]
          }
        )
      }
    )
  }
})

describe('lifecycle: create, and tasks', () => {
  for (const pendingTaskShape of ['string', 'object'] as const) {
    story(
      `a pending task (${pendingTaskShape}) is waited for`,
      { switches: { addTaskMs: 20_000, pendingTaskShape } },
      async (world) => {
        const state = await created(world, plain)
        const [task] = world.simulator.state().tasks
        assert.deepStrictEqual(
          { state, calls: world.calls(), sleeps: world.sleeps },
          {
            state: stateOf(
              world,
              plain,
              state.siteGuid,
              { kind: 'create', durationMs: writeMs + 23_750, taskIds: [task?.id ?? ''] },
              { executionMessages: addSaidPending }
            ),
            calls: ['GET details', 'POST', 'GET', 'GET task', 'GET', 'GET task', 'GET', 'GET task', 'GET', 'GET task'],
            sleeps: [5000, 7500, 11_250]
          }
        )
      }
    )
  }

  story('a pending task that fails: id and state are kept', { switches: { addTaskMs: 20_000 } }, async (world) => {
    world.simulator.addFault(
      onCall(
        'GET',
        {
          kind: 'status',
          status: 200,
          body: {
            status: 'Failed',
            details: ['Step 3', null],
            executionMessages: [{ level: 'Error', message: 'made-up-secret was refused' }]
          }
        },
        { path: '/task/', nth: 2 }
      )
    )
    const result = await valueOf(SipConnection.create(plain), world.env)
    const [task] = world.simulator.state().tasks
    assert.deepStrictEqual(
      { fault: faultOf(result), last: result.state.lastOperation, sites: world.sites().length },
      {
        fault: {
          _tag: 'Failed',
          words: [`Task ${task?.id ?? ''} ended with status Failed.`, '[secret] was refused', 'Step 3'],
          correlationId: nthId(1),
          mayHaveChanged: true
        },
        last: {
          kind: 'create',
          outcome: 'failed',
          startedAt: '2030-01-01T00:00:00.000Z',
          durationMs: writeMs + 5000,
          correlationId: nthId(1),
          serverIds: [],
          taskIds: [task?.id ?? '']
        },
        sites: 1
      }
    )
  })

  story(
    'a pending task that does not end: an error at the deadline that says what and how long, and the state is kept',
    { switches: { addTaskMs: 10_000_000 }, settings: { operationTimeout: 60 } },
    async (world) => {
      const result = await valueOf(SipConnection.create(plain), world.env)
      const [task] = world.simulator.state().tasks
      assert.deepStrictEqual(
        { fault: faultOf(result), outcome: result.state.lastOperation.outcome, sleeps: world.sleeps },
        {
          fault: {
            _tag: 'Deadline',
            awaited: `the end of task ${task?.id ?? ''}`,
            seconds: 41,
            known: 'the platform still lists them as pending',
            correlationId: nthId(1),
            mayHaveChanged: true
          },
          outcome: 'unknown',
          sleeps: [5000, 7500, 11_250, 16_875]
        }
      )
    }
  )

  story('a task that the platform has forgotten says nothing', { switches: { addTaskMs: 8_000 } }, async (world) => {
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 404 }, { path: '/task/', times: 'always' }))
    await created(world, plain)
    assert.deepStrictEqual(world.sleeps, [5000, 7500])
  })

  story(
    'Get does not know the connection yet: waited for',
    { switches: { addVisibleAfterMs: 10_000 } },
    async (world) => {
      const state = await created(world, plain)
      assert.deepStrictEqual(
        { state, calls: world.calls(), sleeps: world.sleeps },
        {
          state: stateOf(world, plain, state.siteGuid, { kind: 'create', durationMs: writeMs + 12_500 }),
          calls: ['GET details', 'POST', 'GET', 'GET', 'GET'],
          sleeps: [5000, 7500]
        }
      )
    }
  )

  story(
    'Get never knows it: an error in the end, and id and state are kept',
    { switches: { addVisibleAfterMs: 10_000_000 } },
    async (world) => {
      const result = await valueOf(SipConnection.create(plain), world.env)
      const [site] = world.sites()
      assert.deepStrictEqual(
        { tag: faultOf(result)._tag, guid: result.id, last: result.state.lastOperation.outcome },
        { tag: 'Deadline', guid: site?.guid, last: 'unknown' }
      )
      assert.deepStrictEqual(
        told('create', plain, faultOf(result), true)
          .split('\n')
          .filter((line) => line.includes('Applied')),
        ['    Applied: the connection exists and is kept in the state; not all of its fields may be applied.']
      )
    }
  )
})

describe('lifecycle: create, refresh and change under every reading of the documentation', () => {
  const rows: ReadonlyArray<readonly [Partial<Switches>, Partial<Settings>?]> = [
    [{}],
    [{ siteIdPlacement: 'query' }, { siteIdPlacement: 'query' }],
    [{ siteIdPlacement: 'body' }, { siteIdPlacement: 'body' }],
    [{ modifyBody: 'fields' }],
    [{ modify: 'full', modifyBody: 'fields' }],
    [{ clearing: 'empty' }],
    [{ clearing: 'null' }, { clearWith: 'null' }],
    [{ variables: 'merge' }],
    [{ unknownFields: 'ignored' }],
    [{ duplicateNames: 'allowed' }],
    [{ addAnswer: 'withoutSiteGuid' }],
    [{ addAnswer: 'bare' }],
    [{ mainLine: 'field' }],
    [{ mainLine: 'both' }],
    [{ readConfigurationType: 'number' }],
    [{ readConfigurationType: 'string' }],
    [{ passwordEcho: 'masked' }],
    [{ passwordEcho: 'absent' }],
    [{ gatewayPrefix: false }],
    [{ states: 'strings' }],
    [{ states: 'integers' }],
    [{ pendingTaskShape: 'object', addTaskMs: 1000, modifyTaskMs: 1000 }],
    [{ addVisibleAfterMs: 6000, detailsVisibleAfterMs: 20_000 }]
  ]
  for (const [switches, settings = {}] of rows) {
    story(
      `${JSON.stringify(switches)}: no drift, no change, and a change is taken`,
      { switches, settings },
      async (world) => {
        const state = await created(world, full)
        assert.deepStrictEqual(world.sites().map(bare), [fullSite])
        assert.deepStrictEqual(await found(world, state), O.some({ state, inputs: full }))
        assert.deepStrictEqual(diff(state, full).changes, false)

        const args = { ...full, cacProfile: '10 sessions', phones: ['+49301236'], enableCac: false }
        const later = world.process()
        const changed = await updated(later, state, args)
        assert.deepStrictEqual(
          { sites: world.sites().map(bare), warnings: later.warnings },
          {
            sites: [{ ...fullSite, cacProfile: '10 sessions', phones: '+49301236', enableCac: false }],
            warnings: []
          }
        )
        assert.deepStrictEqual(await found(later, changed), O.some({ state: changed, inputs: args }))
        assert.deepStrictEqual(diff(changed, args).changes, false)
      }
    )
  }

  for (const modify of ['partial', 'full'] as const) {
    story(
      `modifyBody scriptParameters, ${modify}`,
      { switches: { modifyBody: 'scriptParameters', modify }, settings: { modifyBody: 'scriptParameters' } },
      async (world) => {
        const args = { ...plain, proxySet: 'SIPTrunk', sbcConfigurationType: 'SipTrunk' as const }
        const state = await created(world, args)
        const changed = await updated(world, state, { ...args, proxySet: 'Other', cacProfile: '10 sessions' })
        assert.deepStrictEqual(
          { sites: world.sites().map(bare), calls: world.calls(), state: changed.proxySet },
          {
            sites: [
              {
                ...plainSite,
                proxySet: 'Other',
                configurationType: 1,
                cacProfile: '10 sessions',
                ...(modify === 'full' ? { configureM365Routing: true } : {})
              }
            ],
            calls: ['GET details', 'POST', 'GET', 'GET', 'PATCH', 'GET'],
            state: 'Other'
          }
        )
      }
    )
  }

  for (const variables of ['replace', 'merge'] as const) {
    story(
      `names of variables by position, ${variables}: no drift, and the bag does not grow with every change`,
      { switches: { variableNames: 'positional', variables } },
      async (world) => {
        const state = await created(world, full)
        assert.deepStrictEqual(await found(world, state), O.some({ state, inputs: full }))
        const once = await updated(world, state, { ...full, cacProfile: '10 sessions' })
        const first = world.sites().map(({ customerVariables }) => customerVariables)
        await updated(world, once, { ...full, cacProfile: '20 sessions' })
        assert.deepStrictEqual(
          world.sites().map(({ customerVariables }) => customerVariables),
          first
        )
      }
    )
  }
})
