import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { nthId, valueOf } from '../../support/TestEnv'
import {
  type World,
  bare,
  created,
  faultOf,
  full,
  fullSite,
  onCall,
  plain,
  plainSite,
  story,
  updated
} from '../support/Simulated'

/** What a program has taken out of its declaration. */

const scripts = { onboardingScript: 12001, cleanupScript: 12002 }

const withVariables = (customerVariables: Readonly<Record<string, string>>): SipConnectionArgs => ({
  ...plain,
  sbcScripts: { ...scripts, customerVariables }
})

const variables = (world: World) => world.sites().map(({ customerVariables }) => customerVariables)

/** The script variables of the last PATCH. */
const sentVariables = (world: World): unknown => {
  const [patch] = world.simulator
    .requests()
    .filter(({ method }) => method === 'PATCH')
    .slice(-1)
  return (JSON.parse(patch?.body ?? '{}') as { sbcScripts?: { customerVariables?: unknown } }).sbcScripts
    ?.customerVariables
}

const kept = (what: string): string =>
  `Connection "branch-07": no longer declared, and without a documented way to clear it: ${what}. On the platform nothing of it changes, and it is not managed any more.`

describe('lifecycle: variables that are no longer declared', () => {
  story('one that keeps its value is a fault that names it, and stays in the state', {}, async (world) => {
    const both = { Region: 'EMEA', Carrier: 'Blue' }
    const state = await created(world, withVariables(both))
    world.simulator.addFault(
      onCall('PATCH', { kind: 'status', status: 200, body: { siteGuid: state.siteGuid, executionMessages: [] } })
    )
    const args = withVariables({ Region: 'EMEA' })
    const result = await valueOf(SipConnection.update(state.siteGuid, state, args), world.process().env)
    assert.deepStrictEqual(
      { fault: faultOf(result), outcome: result.state.lastOperation.outcome, scripts: result.state.sbcScripts },
      {
        fault: {
          _tag: 'Mismatch',
          text: 'The platform keeps the value of sbcScripts.customerVariables.Carrier, which is no longer declared; clear it in the portal, or try the setting clearWith',
          correlationId: nthId(1),
          mayHaveChanged: true
        },
        outcome: 'unknown',
        scripts: { ...scripts, customerVariables: both }
      }
    )
    const last = await updated(world.process(), result.state, args)
    assert.deepStrictEqual(
      { scripts: last.sbcScripts, variables: variables(world) },
      { scripts: args.sbcScripts, variables: [{ Region: 'EMEA', Carrier: '' }] }
    )
  })

  for (const clearWith of ['empty', 'null'] as const) {
    story(`all of them: each is sent as an empty text (${clearWith})`, { settings: { clearWith } }, async (world) => {
      const state = await created(world, withVariables({ Region: 'EMEA', Carrier: 'Blue' }))
      await updated(world, state, { ...plain, sbcScripts: scripts })
      assert.deepStrictEqual(
        { sent: sentVariables(world), variables: variables(world) },
        {
          sent: { CarrierUserPassword: 'made-up-secret', CarierMailLine: 'main', Region: '', Carrier: '' },
          variables: [{ Region: '', Carrier: '' }]
        }
      )
    })
  }

  story(
    'with names by position: what others have set stays, what equals a value of before goes',
    { switches: { variableNames: 'positional' } },
    async (world) => {
      const state = await created(world, withVariables({ Region: 'EMEA', Carrier: 'Blue' }))
      world.simulator.editSite(state.siteGuid, { customerVariables: { Third: 'kept' } })
      world.forget()
      await updated(world, state, withVariables({ Region: 'EMEA' }))
      assert.deepStrictEqual(sentVariables(world), {
        CarrierUserPassword: 'made-up-secret',
        CarierMailLine: 'main',
        // The script has three variables, and this is none of them.
        'CustomVar.Variable4': 'kept',
        Carrier: '',
        Region: 'EMEA'
      })
    }
  )

  story('a masked one of others is not sent back', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.editSite(state.siteGuid, { customerVariables: { Pin: '********', Site: 'HH' } })
    world.forget()
    await updated(world, state, { ...plain, cacProfile: '10 sessions' })
    assert.deepStrictEqual(sentVariables(world), {
      CarrierUserPassword: 'made-up-secret',
      CarierMailLine: 'main',
      Site: 'HH',
      Region: 'EMEA'
    })
  })
})

describe('lifecycle: what is no longer declared and cannot be cleared', () => {
  const { onboardingScript: _onboarding, ...cleanupOnly } = full.sbcScripts ?? {}
  const { cleanupScript: _cleanup, ...m365OnboardingOnly } = full.m365Scripts ?? { configureM365Routing: true }
  const rows: ReadonlyArray<readonly [what: string, args: SipConnectionArgs]> = [
    ['sbcScripts.onboardingScript', { ...full, sbcScripts: cleanupOnly }],
    ['m365Scripts.cleanupScript', { ...full, m365Scripts: m365OnboardingOnly }],
    [
      'sbcScripts.onboardingScript, sbcScripts.cleanupScript, m365Scripts.onboardingScript, m365Scripts.cleanupScript',
      {
        ...full,
        sbcScripts: { customerVariables: { Region: 'EMEA' } },
        m365Scripts: { configureM365Routing: true }
      }
    ]
  ]
  for (const [what, args] of rows) {
    story(`${what}: a warning, the platform keeps it, and the next run is silent`, {}, async (world) => {
      const state = await created(world, full)
      const first = world.process()
      const after = await updated(first, state, args)
      const second = world.process()
      await updated(second, after, { ...args, cacProfile: '10 sessions' })
      assert.deepStrictEqual(
        { warnings: [first.warnings, second.warnings], sites: world.sites().map(bare), scripts: after.sbcScripts },
        {
          warnings: [[kept(what)], []],
          sites: [{ ...fullSite, cacProfile: '10 sessions' }],
          scripts: args.sbcScripts
        }
      )
    })
  }

  story(
    'with modifyBody scriptParameters: what has no place in the body is named, the rest is cleared',
    { settings: { modifyBody: 'scriptParameters' } },
    async (world) => {
      const before = {
        ...plain,
        configureSbc: false,
        enableCac: false,
        carrierRegistration: false,
        carrierPasswordDpi: 'made-up-dpi',
        phones: ['+49301234'],
        dialPlanPrefixes: [{ dialPlanName: 'CustDialPlan', index: 0, active: true }]
      }
      // Made with the other body, since this one cannot carry all of it.
      const state = await created(world.process({ modifyBody: 'fields' }), before)
      const [site] = world.sites().map(bare)
      const { cacProfile: _profile, ...args } = plain
      const later = world.process()
      const result = await valueOf(
        SipConnection.update(state.siteGuid, state, { ...args, allow: ['clearPhones'] }),
        later.env
      )
      assert.deepStrictEqual(
        { fault: result.fault, warnings: later.warnings, sites: world.sites().map(bare) },
        {
          fault: O.none,
          warnings: [
            kept('configureSbc, enableCac, carrierRegistration, carrierPasswordDpi, phones, dialPlanPrefixes')
          ],
          sites: [{ ...site, cacProfile: '' }]
        }
      )
    }
  )

  story('nothing is warned of what can be cleared', {}, async (world) => {
    const state = await created(world, { ...plain, configureSbc: true, phones: ['+49301234'] })
    const { cacProfile: _profile, ...args } = plain
    const later = world.process()
    await updated(later, state, { ...args, allow: ['clearPhones'] })
    assert.deepStrictEqual(
      { warnings: later.warnings, sites: world.sites().map(bare) },
      { warnings: [], sites: [{ ...plainSite, cacProfile: '', phones: '' }] }
    )
  })
})
