import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import type { Settings } from '../../../provider/Settings'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { diff } from '../../../provider/sip-connection/Diff'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { type Fault, HEADQUARTERS_GUID, OTHER_SITE_GUID, type Switches } from '../../../simulator'
import { errorOf, nthId, valueOf } from '../../support/TestEnv'
import {
  acme,
  bare,
  contoso,
  created,
  faultOf,
  found,
  full,
  fullSite,
  modifySaid,
  modifySaidPending,
  onCall,
  plain,
  plainSite,
  stateOf,
  story,
  told,
  updated,
  writeMs
} from '../support/Simulated'

const success = (siteGuid: string) => ({ customerGuid: acme, siteGuid, executionMessages: modifySaid })

describe('lifecycle: update', () => {
  story('one PATCH with all that is declared', {}, async (world) => {
    const state = await created(world, full)
    world.forget()
    const args: SipConnectionArgs = { ...full, carrierHostName: 'sip2.example.net' }
    const after = await updated(world, state, args)
    const patch = world.simulator.requests().find(({ method }) => method === 'PATCH')
    assert.deepStrictEqual(
      {
        after,
        sites: world.sites().map(bare),
        calls: world.calls(),
        fields: Object.keys(JSON.parse(patch?.body ?? '{}') as object),
        warnings: world.warnings
      },
      {
        after: stateOf(world, args, state.siteGuid, { kind: 'update', at: 2 * writeMs, correlationId: nthId(2) }),
        sites: [{ ...fullSite, carrierHostName: 'sip2.example.net' }],
        calls: ['GET', 'PATCH', 'GET'],
        fields: [
          'sbcId',
          'sbcSiteName',
          'CacProfile',
          'enableCAC',
          'flagConfigureSbc',
          'flagCarrierRegistration',
          'CarrierUserName',
          'CarrierUserPassword',
          'carrierPasswordDPI',
          'CarrierMainLine',
          'CarrierHostName',
          'phones',
          'dialPlanPrefixes',
          'sbcConfigurationType',
          'sbcScripts',
          'm365Scripts',
          'OnlinePstnGateway'
        ],
        warnings: []
      }
    )
  })

  story('a new password goes out in both places, and the old one nowhere', {}, async (world) => {
    const state = await created(world, plain)
    world.forget()
    await updated(world, state, { ...plain, carrierUserPassword: 'made-up-new' })
    const bodies = world.simulator.requests().map(({ body }) => body)
    assert.deepStrictEqual(
      {
        sites: world.sites().map(bare),
        old: bodies.filter((body) => body.includes('made-up-secret')),
        variables: bodies.flatMap((body) =>
          body === ''
            ? []
            : [(JSON.parse(body) as { sbcScripts?: { customerVariables?: unknown } }).sbcScripts?.customerVariables]
        )
      },
      {
        sites: [{ ...plainSite, carrierUserPassword: 'made-up-new' }],
        old: [],
        variables: [{ CarrierUserPassword: 'made-up-new', CarierMailLine: 'main', Region: 'EMEA' }]
      }
    )
  })

  story('a rename and a move', {}, async (world) => {
    const state = await created(world, plain)
    const args: SipConnectionArgs = { ...plain, siteName: 'branch-08', sbcId: 3, allow: ['rename', 'sbcMove'] }
    const after = await updated(world, state, args)
    assert.deepStrictEqual(
      { sites: world.sites().map(bare), guid: after.siteGuid },
      { sites: [{ ...plainSite, name: 'branch-08', sbcId: 3 }], guid: state.siteGuid }
    )
  })

  story('a change of options alone sends nothing, and is written to the state', {}, async (world) => {
    const state = await created(world, { ...plain, adopt: true, allow: ['rename'] })
    world.forget()
    const after = await updated(world, state, { ...plain, allow: ['sbcMove'] })
    const { adopt: _, ...rest } = state
    assert.deepStrictEqual({ after, calls: world.calls() }, { after: { ...rest, allow: ['sbcMove'] }, calls: [] })
  })

  story('what was changed outside is named in a warning, and has the declared value again', {}, async (world) => {
    const state = await created(world, full)
    world.simulator.editSite(state.siteGuid, {
      cacProfile: '50 sessions',
      carrierUserPassword: 'changed',
      cleanupScript: 10700,
      phones: '+1'
    })
    const later = world.process()
    await updated(later, state, { ...full, carrierMainLine: 'other' })
    assert.deepStrictEqual(
      { warnings: later.warnings, sites: world.sites().map(bare) },
      {
        warnings: [
          'Connection "branch-07" was changed outside of Pulumi since the last run: cacProfile, carrierUserPassword, sbcScripts. The declared values are sent.'
        ],
        sites: [{ ...fullSite, carrierMainLine: 'other' }]
      }
    )
  })

  for (const variables of ['replace', 'merge'] as const) {
    story(`variables that others have set are kept (${variables})`, { switches: { variables } }, async (world) => {
      const state = await created(world, plain)
      world.simulator.editSite(state.siteGuid, { customerVariables: { Site: 'HH' } })
      await updated(world, state, { ...plain, cacProfile: '10 sessions' })
      assert.deepStrictEqual(world.sites().map(bare), [
        { ...plainSite, cacProfile: '10 sessions', customerVariables: { Region: 'EMEA', Site: 'HH' } }
      ])
    })
    for (const clearWith of ['empty', 'null'] as const) {
      story(
        `a variable that is no longer declared is cleared (${variables}, ${clearWith})`,
        { switches: { variables }, settings: { clearWith } },
        async (world) => {
          const scripts = { onboardingScript: 12001, cleanupScript: 12002 }
          const state = await created(world, {
            ...plain,
            sbcScripts: { ...scripts, customerVariables: { Region: 'EMEA', Carrier: 'Blue' } }
          })
          const after = await updated(world, state, {
            ...plain,
            sbcScripts: { ...scripts, customerVariables: { Region: 'EMEA' } }
          })
          const [site] = world.sites()
          assert.deepStrictEqual(
            {
              Region: site?.customerVariables['Region'],
              Carrier: site?.customerVariables['Carrier'] ?? '',
              declared: after.sbcScripts
            },
            { Region: 'EMEA', Carrier: '', declared: { ...scripts, customerVariables: { Region: 'EMEA' } } }
          )
        }
      )
    }
  }

  story('a pending task after Modify is waited for', { switches: { modifyTaskMs: 20_000 } }, async (world) => {
    const state = await created(world, plain)
    world.forget()
    const later = world.process()
    const args = { ...plain, cacProfile: '10 sessions' }
    const after = await updated(later, state, args)
    const [task] = world.simulator.state().tasks
    assert.deepStrictEqual(
      { after, calls: world.calls(), sleeps: later.sleeps },
      {
        after: stateOf(
          world,
          args,
          state.siteGuid,
          { kind: 'update', at: writeMs, durationMs: writeMs + 23_750, taskIds: [task?.id ?? ''] },
          { executionMessages: modifySaidPending }
        ),
        calls: ['GET', 'PATCH', 'GET', 'GET task', 'GET', 'GET task', 'GET', 'GET task', 'GET', 'GET task'],
        sleeps: [5000, 7500, 11_250]
      }
    )
  })

  story(
    'a pending task after Modify that fails: a fault, and the state is kept',
    { switches: { modifyTaskMs: 20_000 } },
    async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(
        onCall('GET', { kind: 'status', status: 200, body: { status: 'CompletedPartially' } }, { path: '/task/' })
      )
      const args = { ...plain, cacProfile: '10 sessions' }
      const result = await valueOf(SipConnection.update(state.siteGuid, state, args), world.env)
      const [task] = world.simulator.state().tasks
      assert.deepStrictEqual(
        { fault: faultOf(result), outcome: result.state.lastOperation.outcome, declared: result.state.cacProfile },
        {
          fault: {
            _tag: 'Failed',
            words: [`Task ${task?.id ?? ''} ended with status CompletedPartially.`],
            correlationId: nthId(2),
            mayHaveChanged: true
          },
          outcome: 'failed',
          declared: '10 sessions'
        }
      )
    }
  )

  story('it was deleted outside: an error that says what to run, and nothing is sent', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.deleteSite(state.siteGuid)
    world.forget()
    const error = await errorOf(
      SipConnection.update(state.siteGuid, state, { ...plain, cacProfile: '10 sessions' }),
      world.process().env
    )
    assert.deepStrictEqual(
      { error, calls: world.calls() },
      {
        error: {
          _tag: 'Refused',
          text: `Connection ${state.siteGuid} does not exist any more: it was deleted outside of Pulumi`,
          next: 'run "pulumi refresh", then "pulumi up" to create it again',
          correlationId: nthId(1)
        },
        calls: ['GET', 'GET details']
      }
    )
  })

  story(
    'a PATCH that is rejected: an error with the own words of the platform, and the state of before stays right',
    {},
    async (world) => {
      const state = await created(world, plain)
      const args = { ...plain, sbcScripts: { onboardingScript: 1, cleanupScript: 12002 } }
      const error = await errorOf(SipConnection.update(state.siteGuid, state, args), world.env)
      assert.deepStrictEqual(
        {
          tag: error._tag,
          text: told('update', args, error, false).split('\n').slice(1, 4),
          sites: world.sites().map(bare)
        },
        {
          tag: 'Rejected',
          text: [
            '    Platform: sbcOnboardingScript: There is no script template 1.',
            '    Applied: nothing was changed.',
            '    Calls: not affected.'
          ],
          sites: [plainSite]
        }
      )
    }
  )

  story(
    '409 while the SBC is busy is waited for, up to the deadline',
    { settings: { operationTimeout: 30 } },
    async (world) => {
      const state = await created(world, plain)
      const later = world.process()
      world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 409 }, { times: 3 }))
      await updated(later, state, { ...plain, cacProfile: '10 sessions' })
      assert.deepStrictEqual(
        { sleeps: later.sleeps, sites: world.sites().map(bare) },
        { sleeps: [250, 500, 1000], sites: [{ ...plainSite, cacProfile: '10 sessions' }] }
      )
    }
  )
})

describe('lifecycle: update, and an Error among the messages', () => {
  for (const effect of [true, false]) {
    story(
      `${effect ? 'with' : 'without'} effect: a fault, the state is kept, and the next update sends everything`,
      {},
      async (world) => {
        const state = await created(world, plain)
        world.simulator.addFault(onCall('PATCH', { kind: 'errorMessage', effect, message: 'SBC offline.' }))
        const args = { ...plain, cacProfile: '10 sessions' }
        const first = world.process()
        const result = await valueOf(SipConnection.update(state.siteGuid, state, args), first.env)
        assert.deepStrictEqual(
          { fault: faultOf(result), state: result.state },
          {
            fault: { _tag: 'Failed', words: ['SBC offline.'], correlationId: nthId(1), mayHaveChanged: true },
            state: stateOf(
              world,
              args,
              state.siteGuid,
              { kind: 'update', at: writeMs, outcome: 'failed' },
              {
                executionMessages: [
                  { level: 'Information', message: 'Starting SBC Programming.' },
                  { level: 'Error', message: 'SBC offline.' }
                ]
              }
            )
          }
        )
        // Also when nothing but an option has changed since.
        const again: SipConnectionArgs = { ...args, allow: ['rename'] }
        assert.deepStrictEqual(diff(result.state, args).changes, true)
        world.forget()
        const next = world.process()
        await updated(next, result.state, again)
        assert.deepStrictEqual(
          { calls: world.calls(), sites: world.sites().map(bare), warnings: next.warnings },
          {
            calls: ['GET', 'PATCH', 'GET'],
            sites: [{ ...plainSite, cacProfile: '10 sessions' }],
            warnings: [
              `The last update of connection "branch-07" ended with an error (correlation id ${nthId(1)}). It is finished now: read first, then all declared fields are sent.`
            ]
          }
        )
      }
    )
  }
})

describe('lifecycle: update, and the answer names another site', () => {
  for (const [name, fault, text] of [
    [
      'another site',
      { kind: 'otherSite' },
      (guid: string) =>
        `Modify was sent for site ${guid}, and the platform answered for site ${OTHER_SITE_GUID}: check in the portal what was changed there`
    ],
    [
      'a site that exists',
      { kind: 'otherSite', siteGuid: HEADQUARTERS_GUID },
      (guid: string) =>
        `Modify was sent for site ${guid}, and the platform answered for site ${HEADQUARTERS_GUID}: check in the portal what was changed there`
    ],
    [
      'another customer',
      { kind: 'otherSite', customerGuid: contoso },
      () =>
        `Modify was sent for customer ${acme}, and the platform answered for customer ${contoso}: check in the portal what was changed there`
    ]
  ] as const) {
    story(`${name}: an error with both ids, and the state is kept`, {}, async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(onCall('PATCH', fault))
      world.forget()
      const result = await valueOf(
        SipConnection.update(state.siteGuid, state, { ...plain, cacProfile: '10 sessions' }),
        world.env
      )
      assert.deepStrictEqual(
        { fault: faultOf(result), outcome: result.state.lastOperation.outcome, calls: world.calls() },
        {
          fault: { _tag: 'Mismatch', text: text(state.siteGuid), correlationId: nthId(2), mayHaveChanged: true },
          outcome: 'unknown',
          calls: ['GET', 'PATCH']
        }
      )
    })
  }

  story('ids in upper case are the same', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(
      onCall('PATCH', { kind: 'otherSite', siteGuid: state.siteGuid.toUpperCase(), customerGuid: acme.toUpperCase() })
    )
    await updated(world, state, { ...plain, cacProfile: '10 sessions' })
    assert.deepStrictEqual(world.sites().map(bare), [{ ...plainSite, cacProfile: '10 sessions' }])
  })
})

describe('lifecycle: update, and the end of PATCH is not clear', () => {
  const quick: Partial<Settings> = { requestTimeout: 5, programTimeout: 0.3 }
  const afterEffect: ReadonlyArray<readonly [name: string, fault: Fault, settings?: Partial<Settings>]> = [
    ['a reset', { kind: 'resetAfter' }],
    ...[500, 502, 503, 504, 408].map((status) => [`${status}`, { kind: 'statusAfterEffect', status }] as const),
    ['half a body', { kind: 'halfBody' }, quick],
    ['a time-out', { kind: 'delay', ms: 5000 }, quick]
  ]
  for (const [name, fault, settings = {}] of afterEffect) {
    story(`${name} after the effect: seen to be taken, and not repeated`, { settings }, async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(onCall('PATCH', fault))
      world.forget()
      const later = world.process()
      const args = { ...plain, cacProfile: '10 sessions' }
      const after = await updated(later, state, args)
      assert.deepStrictEqual(
        {
          outcome: after.lastOperation.outcome,
          sites: world.sites().map(bare),
          patches: world.calls().filter((call) => call === 'PATCH').length,
          warnings: later.warnings.map((text) => text.replace(/\(.*\)/, '()'))
        },
        {
          outcome: 'ok',
          sites: [{ ...plainSite, cacProfile: '10 sessions' }],
          patches: 1,
          warnings: ['The end of the change of connection "branch-07" is not clear (). Reading what it has done.']
        }
      )
    })
  }

  story('a field that the platform did not tell before: its value proves the effect', {}, async (world) => {
    const { cacProfile: _cacProfile, ...without } = plain
    const state = await created(world, without)
    world.simulator.addFault(onCall('PATCH', { kind: 'resetAfter' }))
    world.forget()
    const after = await updated(world, state, plain)
    assert.deepStrictEqual(
      {
        outcome: after.lastOperation.outcome,
        sites: world.sites().map(bare),
        patches: world.calls().filter((call) => call === 'PATCH').length
      },
      { outcome: 'ok', sites: [plainSite], patches: 1 }
    )
  })

  for (const [name, fault] of [
    ['a reset', { kind: 'resetBefore' }],
    ['500', { kind: 'status', status: 500 }],
    ['a page with 502', { kind: 'html', status: 502 }]
  ] as const) {
    story(`${name} before the effect: seen not to be taken, and repeated`, {}, async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(onCall('PATCH', fault))
      world.forget()
      const after = await updated(world, state, { ...plain, cacProfile: '10 sessions' })
      assert.deepStrictEqual(
        {
          outcome: after.lastOperation.outcome,
          sites: world.sites().map(bare),
          patches: world.calls().filter((call) => call === 'PATCH').length
        },
        { outcome: 'ok', sites: [{ ...plainSite, cacProfile: '10 sessions' }], patches: 2 }
      )
    })
  }

  story(
    'a reset before the effect, again and again: not more often than maxRetries says',
    { settings: { maxRetries: 2 } },
    async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(onCall('PATCH', { kind: 'resetBefore' }, { times: 'always' }))
      world.forget()
      const result = await valueOf(
        SipConnection.update(state.siteGuid, state, { ...plain, cacProfile: '10 sessions' }),
        world.env
      )
      assert.deepStrictEqual(
        {
          tag: faultOf(result)._tag,
          outcome: result.state.lastOperation.outcome,
          sites: world.sites().map(bare),
          patches: world.calls().filter((call) => call === 'PATCH').length
        },
        { tag: 'Lost', outcome: 'unknown', sites: [plainSite], patches: 3 }
      )
    }
  )

  for (const kind of ['resetAfter', 'resetBefore'] as const) {
    story(
      `only what Get does not show has changed, ${kind}: unknown, not repeated, and the next update sends everything`,
      {},
      async (world) => {
        const state = await created(world, full)
        world.simulator.addFault(onCall('PATCH', { kind }))
        world.forget()
        const args = { ...full, phones: ['+49309999'] }
        const result = await valueOf(SipConnection.update(state.siteGuid, state, args), world.env)
        assert.deepStrictEqual(
          {
            tag: faultOf(result)._tag,
            outcome: result.state.lastOperation.outcome,
            phones: result.state.phones,
            patches: world.calls().filter((call) => call === 'PATCH').length
          },
          { tag: 'Lost', outcome: 'unknown', phones: ['+49309999'], patches: 1 }
        )
        assert.deepStrictEqual(diff(result.state, args), { changes: true, replaces: [], deleteBeforeReplace: false })
        const next = world.process()
        const after = await updated(next, result.state, args)
        assert.deepStrictEqual(
          { outcome: after.lastOperation.outcome, sites: world.sites().map(bare), warnings: next.warnings },
          {
            outcome: 'ok',
            sites: [{ ...fullSite, phones: '+49309999' }],
            warnings: [
              `The last update of connection "branch-07" ended without a clear answer (correlation id ${nthId(2)}). It is finished now: read first, then all declared fields are sent.`
            ]
          }
        )
      }
    )
  }

  story('one field is taken and another one is not: unknown', {}, async (world) => {
    const state = await created(world, plain)
    const site = state.siteGuid
    world.simulator.addFault(onCall('PATCH', { kind: 'resetBefore' }))
    const args = { ...plain, cacProfile: '10 sessions', carrierMainLine: 'other' }
    // Half of the change is made in the portal meanwhile, which looks as if the platform had stopped half-way.
    const later = world.process()
    const fetch = later.env.fetch
    const env = {
      ...later.env,
      fetch: (request: Parameters<typeof fetch>[0]) => async () => {
        const result = await fetch(request)()
        if (request.method === 'PATCH') world.simulator.editSite(site, { cacProfile: '10 sessions' })
        return result
      }
    }
    world.forget()
    const result = await valueOf(SipConnection.update(site, state, args), env)
    assert.deepStrictEqual(
      {
        tag: faultOf(result)._tag,
        outcome: result.state.lastOperation.outcome,
        patches: world.calls().filter((call) => call === 'PATCH').length
      },
      { tag: 'Lost', outcome: 'unknown', patches: 1 }
    )
  })

  for (const kind of ['emptyBody', 'notJson', 'wrongShape'] as const) {
    story(`${kind}: a fault, the state is kept, and the next update finishes it`, {}, async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(onCall('PATCH', { kind }))
      const args = { ...plain, cacProfile: '10 sessions' }
      const result = await valueOf(SipConnection.update(state.siteGuid, state, args), world.env)
      const after = await updated(world.process(), result.state, args)
      assert.deepStrictEqual(
        {
          tag: faultOf(result)._tag,
          outcome: result.state.lastOperation.outcome,
          after: after.lastOperation.outcome,
          sites: world.sites().map(bare)
        },
        { tag: 'Contract', outcome: 'unknown', after: 'ok', sites: [{ ...plainSite, cacProfile: '10 sessions' }] }
      )
    })
  }

  story('and Get fails after that: unknown, and the state is kept', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(onCall('PATCH', { kind: 'resetAfter' }))
    world.simulator.addFault(
      onCall('GET', { kind: 'status', status: 500 }, { path: '/sitelocation/', nth: 2, times: 'always' })
    )
    const result = await valueOf(
      SipConnection.update(state.siteGuid, state, { ...plain, cacProfile: '10 sessions' }),
      world.env
    )
    assert.deepStrictEqual(
      { tag: faultOf(result)._tag, outcome: result.state.lastOperation.outcome, declared: result.state.cacProfile },
      { tag: 'Lost', outcome: 'unknown', declared: '10 sessions' }
    )
  })
})

describe('lifecycle: update, and the platform keeps what it has', () => {
  story('a declared value that is not taken: an error that names the input, and no value', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 200, body: success(state.siteGuid) }))
    world.forget()
    const later = world.process()
    const args = { ...plain, cacProfile: '10 sessions', carrierUserPassword: 'made-up-new' }
    const result = await valueOf(SipConnection.update(state.siteGuid, state, args), later.env)
    assert.deepStrictEqual(
      {
        fault: faultOf(result),
        outcome: result.state.lastOperation.outcome,
        calls: world.calls(),
        sleeps: later.sleeps
      },
      {
        fault: {
          _tag: 'Mismatch',
          text: 'The platform answered with success and did not take cacProfile, carrierUserPassword',
          correlationId: nthId(1),
          mayHaveChanged: true
        },
        outcome: 'unknown',
        // A read may lag behind the write, so it is looked at three times.
        calls: ['GET', 'PATCH', 'GET', 'GET', 'GET'],
        sleeps: [7500, 11_250]
      }
    )
  })

  const optional = [
    'cacProfile',
    'carrierUserName',
    'carrierUserPassword',
    'carrierMainLine',
    'carrierHostName',
    'onlinePstnGateway'
  ] as const
  const least: SipConnectionArgs = Object.fromEntries(
    Object.entries(plain).filter(([key]) => !(optional as ReadonlyArray<string>).includes(key))
  ) as unknown as SipConnectionArgs

  const rows: ReadonlyArray<readonly [Switches['clearing'], Settings['clearWith'], cleared: boolean]> = [
    ['both', 'empty', true],
    ['both', 'null', true],
    ['empty', 'empty', true],
    ['empty', 'null', false],
    ['null', 'null', true],
    ['null', 'empty', false],
    ['ignored', 'empty', false],
    ['ignored', 'null', false]
  ]
  for (const [clearing, clearWith, cleared] of rows) {
    story(
      `what is no longer declared, where ${clearing} clears and ${clearWith} is sent: ${cleared ? 'cleared' : 'an error that names it'}`,
      { switches: { clearing }, settings: { clearWith } },
      async (world) => {
        const state = await created(world, plain)
        const result = await valueOf(SipConnection.update(state.siteGuid, state, least), world.process().env)
        const [site] = world.sites()
        assert.deepStrictEqual(
          {
            fault: result.fault,
            kept: result.state.managedKeys,
            values: [
              site?.cacProfile,
              site?.carrierUserName,
              site?.carrierUserPassword,
              site?.carrierMainLine,
              site?.carrierHostName,
              site?.onlinePstnGateway
            ].map((value) => value ?? '')
          },
          cleared
            ? {
                fault: O.none,
                kept: ['customerGuid', 'siteName', 'sbcId', 'sbcScripts'],
                values: ['', '', '', '', '', '']
              }
            : {
                fault: O.some({
                  _tag: 'Mismatch',
                  text: `The platform keeps the value of ${optional.join(', ')}, which is no longer declared; clear it in the portal, or try the setting clearWith`,
                  correlationId: nthId(1),
                  mayHaveChanged: true
                }),
                // What could not be cleared stays known, so that the next run tries again.
                kept: state.managedKeys,
                values: ['5 sessions', 'u-100', 'made-up-secret', 'main', 'sip.example.net', 'sbc5.provider.example']
              }
        )
      }
    )
  }

  const { phones: _phones, dialPlanPrefixes: _prefixes, carrierPasswordDpi: _dpi, ...unreadable } = full
  const without = {
    'what Get shows': {
      before: plain,
      after: least,
      cleared: {
        cacProfile: '',
        carrierUserName: '',
        carrierUserPassword: '',
        carrierMainLine: '',
        carrierHostName: '',
        onlinePstnGateway: ''
      },
      site: plainSite
    },
    'what Get does not show': {
      before: full,
      after: { ...unreadable, allow: ['clearPhones' as const] },
      cleared: { phones: '', dialPlanPrefixes: [], carrierPasswordDpi: '' },
      site: fullSite
    },
    'a variable': {
      before: { ...plain, sbcScripts: { ...plain.sbcScripts, customerVariables: { Region: 'EMEA', Carrier: 'Blue' } } },
      after: plain,
      cleared: { customerVariables: { Region: 'EMEA', Carrier: '' } },
      site: plainSite
    }
  }
  for (const [what, { before, after, cleared, site }] of Object.entries(without)) {
    for (const [name, fault] of [
      ['is lost without effect', { kind: 'resetBefore' }],
      ['ends with an Error and without effect', { kind: 'errorMessage', effect: false }],
      ['cannot be understood', { kind: 'html', status: 200 }]
    ] as const) {
      story(
        `${what} is no longer declared, and the PATCH ${name}: the next update clears it`,
        { settings: { maxRetries: 0 } },
        async (world) => {
          const state = await created(world, before)
          world.simulator.addFault(onCall('PATCH', fault))
          const result = await valueOf(SipConnection.update(state.siteGuid, state, after), world.process().env)
          faultOf(result)
          const last = await updated(world.process(), result.state, after)
          assert.deepStrictEqual(
            { sites: world.sites().map(bare), outcome: last.lastOperation.outcome, again: diff(last, after).changes },
            { sites: [{ ...site, ...cleared }], outcome: 'ok', again: false }
          )
        }
      )
    }
  }

  story(
    'what is no longer declared and cannot be cleared is a failure of every run, not of the first alone',
    { switches: { clearing: 'ignored' } },
    async (world) => {
      const state = await created(world, plain)
      const first = await valueOf(SipConnection.update(state.siteGuid, state, least), world.process().env)
      const second = await valueOf(SipConnection.update(state.siteGuid, first.state, least), world.process().env)
      assert.deepStrictEqual(second.fault, first.fault)
    }
  )

  story('flags that are no longer declared get their documented default', {}, async (world) => {
    const flags = { configureSbc: false, enableCac: false, carrierRegistration: false }
    const state = await created(world, { ...plain, ...flags })
    assert.deepStrictEqual(world.sites().map(bare), [{ ...plainSite, ...flags }])
    await updated(world, state, plain)
    assert.deepStrictEqual(world.sites().map(bare), [plainSite])
  })

  story('what has no documented empty value is left as it is, and a warning says so', {}, async (world) => {
    const state = await created(world, full)
    const { m365Scripts: _scripts, sbcConfigurationType: _type, ...args } = full
    const later = world.process()
    const after = await updated(later, state, args)
    assert.deepStrictEqual(
      { sites: world.sites().map(bare), warnings: later.warnings, managed: after.managedKeys },
      {
        sites: [fullSite],
        warnings: [
          'Connection "branch-07": no longer declared, and without a documented way to clear it: sbcConfigurationType, m365Scripts. On the platform nothing of it changes, and it is not managed any more.'
        ],
        managed: state.managedKeys.filter((key) => key !== 'm365Scripts' && key !== 'sbcConfigurationType')
      }
    )
  })

  story('phones and prefixes that are no longer declared are cleared', {}, async (world) => {
    const state = await created(world, full)
    const { phones: _phones, dialPlanPrefixes: _prefixes, carrierPasswordDpi: _dpi, ...args } = full
    await updated(world, state, { ...args, allow: ['clearPhones'] })
    assert.deepStrictEqual(world.sites().map(bare), [
      { ...fullSite, phones: '', dialPlanPrefixes: [], carrierPasswordDpi: '' }
    ])
  })
})

describe('lifecycle: update, and after it a refresh', () => {
  story('a read changes neither the last operation nor the messages', {}, async (world) => {
    const state = await created(world, plain)
    const after = await updated(world, state, { ...plain, cacProfile: '10 sessions' })
    assert.deepStrictEqual(
      await found(world.process(), after),
      O.some({ state: after, inputs: { ...plain, cacProfile: '10 sessions' } })
    )
  })
})
