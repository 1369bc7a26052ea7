import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { diff } from '../../../provider/sip-connection/Diff'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { HEADQUARTERS_GUID, type SiteEdit } from '../../../simulator'
import { errorOf, nthId, valueOf } from '../../support/TestEnv'
import { acme, contoso, created, found, full, onCall, plain, removed, story, told, updated } from '../support/Simulated'

describe('lifecycle: read', () => {
  const drifts: ReadonlyArray<readonly [name: string, edit: SiteEdit, changed: Partial<SipConnectionArgs>]> = [
    ['the name', { name: 'renamed' }, { siteName: 'renamed' }],
    ['the SBC', { sbcId: 3 }, { sbcId: 3 }],
    ['the profile', { cacProfile: '50 sessions' }, { cacProfile: '50 sessions' }],
    ['the flag', { configureSbc: false }, { configureSbc: false }],
    ['the user', { carrierUserName: 'u-200' }, { carrierUserName: 'u-200' }],
    ['the password', { carrierUserPassword: 'changed' }, { carrierUserPassword: 'changed' }],
    ['the main line', { carrierMainLine: 'other' }, { carrierMainLine: 'other' }],
    ['the host', { carrierHostName: 'sip2.example.net' }, { carrierHostName: 'sip2.example.net' }],
    [
      'a script',
      { cleanupScript: 10700 },
      { sbcScripts: { onboardingScript: 12001, cleanupScript: 10700, customerVariables: { Region: 'EMEA' } } }
    ],
    [
      'a declared variable',
      { customerVariables: { Region: 'APAC' } },
      { sbcScripts: { onboardingScript: 12001, cleanupScript: 12002, customerVariables: { Region: 'APAC' } } }
    ],
    [
      'a script of M365',
      { m365CleanupScript: 13001 },
      { m365Scripts: { configureM365Routing: true, onboardingScript: 13001, cleanupScript: 13001 } }
    ],
    [
      'the gateway',
      { onlinePstnGateway: 'sbc3.provider.example' },
      { onlinePstnGateway: 'branch-07.sbc3.provider.example' }
    ]
  ]
  for (const [name, edit, changed] of drifts) {
    story(`a change of ${name} in the portal is drift, and the next update undoes it`, {}, async (world) => {
      const state = await created(world, full)
      const [before] = world.sites()
      world.simulator.editSite(state.siteGuid, edit)
      const later = world.process()
      const after = await found(later, state)
      const drifted = { ...state, ...changed }
      assert.deepStrictEqual(after, O.some({ state: drifted, inputs: { ...full, ...changed } }))
      assert.strictEqual(diff(drifted, full).changes, undefined)
      await updated(later, drifted, full)
      assert.deepStrictEqual(world.sites(), [before])
    })
  }

  const noDrifts: ReadonlyArray<readonly [name: string, edit: SiteEdit]> = [
    ['type 0 in Get', { configurationType: 3 }],
    ['a variable that is not declared', { customerVariables: { Site: 'HH' } }],
    ['host names in another case', { carrierHostName: 'SIP.Example.NET', onlinePstnGateway: 'SBC5.provider.example.' }],
    ['what Get does not show', { phones: '+1', enableCac: false, carrierRegistration: false, dialPlanPrefixes: [] }],
    ['what Get shows as null', { carrierUserName: null, cacProfile: null, onlinePstnGateway: null }],
    ['a masked password', { carrierUserPassword: '********' }],
    ['M365 routing, which Get shows as false', { configureM365Routing: false }]
  ]
  for (const [name, edit] of noDrifts) {
    story(`${name} is no drift`, {}, async (world) => {
      const state = await created(world, full)
      world.simulator.editSite(state.siteGuid, edit)
      assert.deepStrictEqual(await found(world.process(), state), O.some({ state, inputs: full }))
    })
  }

  story('a change of what is not declared is no drift', {}, async (world) => {
    const args = { customerGuid: acme, siteName: 'branch-07', sbcId: 5, sbcScripts: plain.sbcScripts ?? {} }
    const state = await created(world, args)
    world.simulator.editSite(state.siteGuid, {
      cacProfile: '50 sessions',
      carrierUserPassword: 'x',
      configureSbc: false
    })
    assert.deepStrictEqual(await found(world.process(), state), O.some({ state, inputs: args }))
  })

  story('another carrier than the declared proxy set is a warning and no drift', {}, async (world) => {
    const state = await created(world, full)
    world.simulator.editSite(state.siteGuid, { proxySet: 'Other' })
    const later = world.process()
    assert.deepStrictEqual(
      { read: await found(later, state), warnings: later.warnings },
      {
        read: O.some({ state, inputs: full }),
        warnings: ['Connection "branch-07": the platform shows another carrier (carrierId) than the declared proxySet.']
      }
    )
  })

  story('a pending task is told, and not waited for', { switches: { modifyTaskMs: 60_000 } }, async (world) => {
    const state = await created(world, plain)
    const later = world.process({ operationTimeout: 30 })
    // The update runs into its deadline, and leaves the task.
    const { state: unfinished } = await valueOf(
      SipConnection.update(state.siteGuid, state, { ...plain, cacProfile: '10 sessions' }),
      later.env
    )
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 500 }, { path: '/task/', times: 'always' }))
    const reading = world.process()
    const read = await found(reading, unfinished)
    const [task] = world.simulator.state().tasks
    assert.deepStrictEqual(
      {
        pending: O.isSome(read) && read.value.state.pendingTasks,
        deployment: O.isSome(read) && read.value.state.sbcDeploymentState,
        last: O.isSome(read) && read.value.state.lastOperation,
        sleeps: reading.sleeps
      },
      { pending: [task?.id], deployment: '2', last: unfinished.lastOperation, sleeps: [] }
    )
  })
})

describe('lifecycle: read, and 404', () => {
  story('the service details lack it: gone', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.deleteSite(state.siteGuid)
    world.forget()
    assert.deepStrictEqual(
      { read: await found(world.process(), state), calls: world.calls() },
      { read: O.none, calls: ['GET', 'GET details'] }
    )
  })

  story('deleted by somebody after this run has read the service details: read again, and gone', {}, async (world) => {
    const state = await created(world, plain)
    const other = await created(world, { ...plain, siteName: 'other' })
    world.simulator.deleteSite(state.siteGuid)
    world.forget()
    assert.deepStrictEqual(
      { read: await found(world, state), calls: world.calls(), other: O.isSome(await found(world, other)) },
      { read: O.none, calls: ['GET', 'GET details'], other: true }
    )
  })

  story('the service details still list it: an error, and nothing is dropped', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(
      onCall('GET', { kind: 'status', status: 404, body: 'gone' }, { path: '/sitelocation/', times: 'always' })
    )
    const error = await errorOf(SipConnection.read(state.siteGuid, state), world.process().env)
    assert.deepStrictEqual(error, {
      _tag: 'Mismatch',
      text: `The platform answers 404 for connection ${state.siteGuid}, and lists it in the service details of customer ${acme}; nothing was dropped from the state`,
      exchange: {
        method: 'GET',
        url: `${world.simulator.url}/api/v2/sitelocation/${state.siteGuid}`,
        correlationId: nthId(1),
        serverIds: [],
        status: 404
      },
      correlationId: nthId(1)
    })
  })

  story('a wrong base URL: an error that names it, and nothing is dropped', {}, async (world) => {
    const state = await created(world, plain)
    const baseUrl = world.simulator.origin
    // The state names this address as its platform, so that nothing but the answers tells that it is wrong.
    const wrong = { ...state, platform: baseUrl }
    const error = await errorOf(SipConnection.read(state.siteGuid, wrong), world.process({ baseUrl }).env)
    assert.deepStrictEqual(error, {
      _tag: 'Refused',
      text: `The platform knows no customer ${acme} (404), or ${baseUrl} is not its base URL`,
      next: 'check customerGuid and audiocodes-live:baseUrl (it usually ends in /tenantui); if the customer itself was deleted, its connections went with it: drop them with "pulumi state delete <urn>"',
      correlationId: nthId(1)
    })
  })

  story('a customer that is gone too: an error, and nothing is dropped', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 404 }, { times: 'always' }))
    const error = await errorOf(SipConnection.read(state.siteGuid, state), world.process().env)
    assert.deepStrictEqual(error._tag, 'Refused')
  })

  for (const fault of [
    { kind: 'status', status: 500 },
    { kind: 'status', status: 403 },
    { kind: 'html', status: 200 },
    { kind: 'wrongShape' }
  ] as const) {
    story(`the service details cannot be read (${JSON.stringify(fault)}): an error`, {}, async (world) => {
      const state = await created(world, plain)
      world.simulator.deleteSite(state.siteGuid)
      world.simulator.addFault(onCall('GET', fault, { path: '/customer/', times: 'always' }))
      const error = await errorOf(SipConnection.read(state.siteGuid, state), world.process().env)
      assert.deepStrictEqual(
        error._tag,
        fault.kind !== 'status' ? 'Contract' : fault.status === 500 ? 'Lost' : 'Rejected'
      )
    })
  }

  for (const status of [400, 403, 500] as const) {
    story(`${status} in place of 404 is an error`, {}, async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(onCall('GET', { kind: 'status', status }, { path: '/sitelocation/', times: 'always' }))
      const error = await errorOf(SipConnection.read(state.siteGuid, state), world.process().env)
      assert.deepStrictEqual(
        {
          tag: error._tag,
          applied: told('read', plain, error, false)
            .split('\n')
            .filter((line) => line.includes('Applied'))
        },
        {
          tag: status === 500 ? 'Lost' : 'Rejected',
          applied: ['    Applied: nothing is changed by reading.']
        }
      )
    })
  }

  story('an answer of the wrong shape is an error with paths and types, and no values', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(onCall('GET', { kind: 'wrongShape' }))
    const error = await errorOf(SipConnection.read(state.siteGuid, state), world.process().env)
    assert.deepStrictEqual(error._tag === 'Contract' && error.faults, [
      'siteName: expected string',
      'tenantId: expected string',
      'sbcDeploymentState: expected string or number',
      'onlinePstnGateway: expected string',
      'sbcInfo.sbcConfigurationType: expected string or number',
      'sbcInfo.cacProfile: expected string',
      'sbcInfo.carrierHostName: expected string',
      'sbcInfo.carrierUserName: expected string',
      'sbcInfo.flagConfigureSbc: expected boolean',
      'sbcInfo.sbcId: expected integer',
      'sbcInfo.sbcScripts.onboardingScript: expected integer',
      'sbcInfo.sbcScripts.cleanupScript: expected integer',
      'm365Info.m365Scripts.flagConfigureM365Routing: expected boolean',
      'pendingTasks: expected Array<unknown>'
    ])
  })
})

describe('lifecycle: a look at a connection that is not managed', () => {
  story('gives what can be read and is no secret', {}, async (world) => {
    const read = await valueOf(SipConnection.read(HEADQUARTERS_GUID, { customerGuid: contoso }), world.env)
    const inputs = {
      customerGuid: contoso,
      siteName: 'headquarters',
      sbcId: 3,
      configureSbc: true,
      cacProfile: '20 sessions',
      carrierUserName: 'contoso-hq',
      carrierMainLine: '15550100',
      carrierHostName: 'sip.carrier.example',
      sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 },
      m365Scripts: { configureM365Routing: false },
      onlinePstnGateway: 'headquarters.sbc3.provider.example'
    }
    assert.deepStrictEqual(
      { read, calls: world.calls(), secret: JSON.stringify([read, world.trace]).includes('made-up-hq-password') },
      {
        read: O.some({
          inputs,
          state: {
            ...inputs,
            siteGuid: HEADQUARTERS_GUID,
            tenantId: 'a0a0a0a0-0001-4000-8000-000000000002',
            sbcDeploymentState: '3',
            pendingTasks: [],
            executionMessages: [],
            sbcProgrammed: true,
            platform: world.simulator.url,
            schemaVersion: 1
          }
        }),
        calls: ['GET details', 'GET'],
        secret: false
      }
    )
  })

  story('of a customer that lacks it: an error', {}, async (world) => {
    const id = '77777777-7777-4777-8777-777777777777'
    const error = await errorOf(SipConnection.read(id, { customerGuid: contoso }), world.env)
    assert.deepStrictEqual(
      { error, calls: world.calls() },
      {
        error: {
          _tag: 'Refused',
          text: `Customer ${contoso} has no connection ${id}`,
          next: 'correct the id, or the customer, that get names',
          correlationId: nthId(1)
        },
        calls: ['GET details']
      }
    )
  })
})

describe('lifecycle: another platform', () => {
  const other = 'https://other.example.net/tenantui'

  story('read, update and delete are refused, name both, and send nothing', {}, async (world) => {
    const state = { ...(await created(world, plain)), platform: other }
    world.forget()
    const later = world.process()
    const args = { ...plain, cacProfile: '10 sessions' }
    const errors = [
      await errorOf(SipConnection.read(state.siteGuid, state), later.env),
      await errorOf(SipConnection.update(state.siteGuid, state, args), later.env),
      await errorOf(SipConnection.update(state.siteGuid, state, { ...plain, allow: ['rename'] }), later.env),
      await errorOf(SipConnection.remove(state.siteGuid, state), later.env)
    ]
    assert.deepStrictEqual(
      { errors, calls: world.calls() },
      {
        errors: [1, 2, 3, 4].map((n) => ({
          _tag: 'Refused',
          text: `Connection ${state.siteGuid} belongs to the platform ${other}, and the configuration names ${world.simulator.url}; nothing was sent`,
          next: `correct audiocodes-live:baseUrl; if the platform's address really changed, set audiocodes-live:movedFrom to ${other}`,
          correlationId: nthId(n)
        })),
        calls: []
      }
    )
  })

  story('movedFrom lets them pass, and the state names the new address', {}, async (world) => {
    const here = await created(world, plain)
    const state = { ...here, platform: other }
    const later = world.process({ movedFrom: ['https://another.example.net/tenantui', other] })
    assert.deepStrictEqual(await found(later, state), O.some({ state: here, inputs: plain }))
    const after = await updated(later, state, { ...plain, cacProfile: '10 sessions' })
    assert.deepStrictEqual(after.platform, world.simulator.url)
    await removed(world.process({ movedFrom: [other] }), { ...after, platform: other })
    assert.deepStrictEqual(world.sites(), [])
  })
})
