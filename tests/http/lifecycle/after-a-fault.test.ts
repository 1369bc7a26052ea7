import * as assert from 'node:assert'
import type { SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { diff } from '../../../provider/sip-connection/Diff'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import type { FaultRule } from '../../../simulator'
import { nthId, valueOf } from '../../support/TestEnv'
import {
  bare,
  created,
  faultOf,
  full,
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

/** What the state and the log hold after a write that went wrong. */

const args: SipConnectionArgs = { ...plain, cacProfile: '10 sessions' }

describe('lifecycle: the state after a fault', () => {
  story('a read after PATCH fails: what was read before it is kept', { settings: { maxRetries: 0 } }, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 403 }, { path: '/sitelocation/', nth: 2 }))
    const later = world.process()
    const result = await valueOf(SipConnection.update(state.siteGuid, state, args), later.env)
    assert.deepStrictEqual(
      { state: result.state, tag: faultOf(result)._tag, changed: faultOf(result).mayHaveChanged },
      {
        state: stateOf(world, args, state.siteGuid, { kind: 'update', at: writeMs, outcome: 'failed' }),
        tag: 'Rejected',
        changed: true
      }
    )
    assert.deepStrictEqual(
      told('update', args, faultOf(result), true)
        .split('\n')
        .filter((line) => /Applied|Calls/.test(line)),
      [
        '    Applied: not known; all declared fields are sent again by the next run.',
        '    Calls: those of this connection may be affected until a run succeeds.'
      ]
    )
  })

  const reading = { path: '/sitelocation/', nth: 2 }
  const outcomes: ReadonlyArray<readonly [name: string, tag: string, outcome: string, fault: FaultRule]> = [
    ['an Error among the messages', 'Failed', 'failed', onCall('PATCH', { kind: 'errorMessage', effect: true })],
    ['an answer that is not understood', 'Contract', 'unknown', onCall('PATCH', { kind: 'html', status: 200 })],
    ['another site', 'Mismatch', 'unknown', onCall('PATCH', { kind: 'otherSite' })],
    ['a read that is forbidden', 'Rejected', 'failed', onCall('GET', { kind: 'status', status: 403 }, reading)],
    ['a read that is lost', 'Lost', 'unknown', onCall('GET', { kind: 'status', status: 500 }, reading)]
  ]
  for (const [name, tag, outcome, fault] of outcomes) {
    story(
      `${name}: the outcome is ${outcome}, and the next run finishes it`,
      { settings: { maxRetries: 0 } },
      async (world) => {
        const state = await created(world, plain)
        world.simulator.addFault(fault)
        const result = await valueOf(SipConnection.update(state.siteGuid, state, args), world.process().env)
        const last = await updated(world.process(), result.state, args)
        assert.deepStrictEqual(
          {
            tag: faultOf(result)._tag,
            outcome: result.state.lastOperation.outcome,
            changes: diff(result.state, args).changes,
            last: last.lastOperation.outcome,
            sites: world.sites().map(bare)
          },
          { tag, outcome, changes: true, last: 'ok', sites: [{ ...plainSite, cacProfile: '10 sessions' }] }
        )
      }
    )
  }

  story('the engine goes after PATCH: the outcome is failed, and something may have changed', {}, async (world) => {
    const state = await created(world, plain)
    let alive = true
    const later = world.process({}, { engineIsAlive: () => alive })
    const { fetch } = later.env
    const result = await valueOf(SipConnection.update(state.siteGuid, state, args), {
      ...later.env,
      fetch: (request) => async () => {
        const answer = await fetch(request)()
        if (request.method === 'PATCH') alive = false
        return answer
      }
    })
    assert.deepStrictEqual(
      { fault: faultOf(result), state: result.state },
      {
        fault: {
          _tag: 'Refused',
          text: 'The Pulumi engine is gone, so nothing more is sent',
          correlationId: nthId(1),
          mayHaveChanged: true
        },
        state: stateOf(world, args, state.siteGuid, { kind: 'update', at: writeMs, outcome: 'failed' })
      }
    )
  })

  story(
    'a task that failed before this run does not stop the change',
    { switches: { modifyTaskMs: 20_000 } },
    async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(
        onCall('GET', { kind: 'status', status: 200, body: { status: 'Failed' } }, { path: '/task/', times: 2 })
      )
      const first = await valueOf(SipConnection.update(state.siteGuid, state, args), world.process().env)
      const [failed] = world.simulator.state().tasks
      world.forget()
      const last = await updated(world.process(), first.state, args)
      assert.deepStrictEqual(
        {
          first: faultOf(first)._tag,
          pending: first.state.pendingTasks,
          calls: world.calls().slice(0, 3),
          last: last.lastOperation.outcome,
          messages: last.executionMessages,
          waited: last.lastOperation.taskIds[0] === failed?.id
        },
        {
          first: 'Failed',
          pending: [],
          calls: ['GET', 'GET task', 'PATCH'],
          last: 'ok',
          messages: modifySaidPending,
          waited: true
        }
      )
    }
  )

  story(
    'a new connection that stays 404: an error after as long as making one may take',
    { switches: { addVisibleAfterMs: 10_000_000 }, settings: { programTimeout: 30 } },
    async (world) => {
      const result = await valueOf(SipConnection.create(plain), world.env)
      assert.deepStrictEqual(
        { fault: faultOf(result), sleeps: world.sleeps, outcome: result.state.lastOperation.outcome },
        {
          fault: {
            _tag: 'Deadline',
            awaited: `connection ${result.id} to become readable`,
            seconds: 24,
            known: 'it answers 404 so far',
            correlationId: nthId(1),
            mayHaveChanged: true
          },
          sleeps: [5000, 7500, 11_250],
          outcome: 'unknown'
        }
      )
    }
  )
})

describe('lifecycle: the audit log', () => {
  story(
    'names what differs: everything at Add, then what Add could not carry, then what has changed',
    {},
    async (world) => {
      const state = await created(world, full)
      world.simulator.editSite(state.siteGuid, { carrierHostName: 'changed.example.net' })
      await updated(world, state, { ...full, phones: ['+49309999'] })
      assert.deepStrictEqual(
        world.audit.map(({ method, fields, result }) => ({ method, fields, result })),
        [
          { method: 'POST', fields: state.managedKeys, result: 'answered' },
          {
            method: 'PATCH',
            fields: [
              'configureSbc',
              'enableCac',
              'carrierRegistration',
              'carrierPasswordDpi',
              'phones',
              'dialPlanPrefixes',
              'm365Scripts'
            ],
            result: 'answered'
          },
          { method: 'PATCH', fields: ['phones', 'carrierHostName'], result: 'answered' }
        ]
      )
    }
  )

  story('names what is no longer declared', {}, async (world) => {
    const state = await created(world, plain)
    const { cacProfile: _profile, ...less } = plain
    const later = world.process()
    await updated(later, state, less)
    assert.deepStrictEqual(
      later.audit.map(({ fields }) => fields),
      [['cacProfile']]
    )
  })

  story('an Error inside of a 200 is no answer like another', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'errorMessage', effect: true }))
    const { state } = await valueOf(SipConnection.create(plain), world.env)
    world.simulator.addFault(onCall('PATCH', { kind: 'errorMessage', effect: false }))
    await valueOf(SipConnection.update(state.siteGuid, state, plain), world.env)
    await updated(world, state, plain)
    assert.deepStrictEqual(
      world.audit.map(({ method, result }) => [method, result]),
      [
        ['POST', 'answered with an error message'],
        ['PATCH', 'answered with an error message'],
        ['PATCH', 'answered']
      ]
    )
  })
})

describe('lifecycle: secrets that the platform echoes', () => {
  story('one that was changed in the portal is replaced in what the platform says later', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.editSite(state.siteGuid, {
      carrierUserPassword: 'made-up-changed',
      customerVariables: { otherPassword: 'made-up-other', Region: 'APAC' }
    })
    world.simulator.addFault(
      onCall('PATCH', {
        kind: 'errorMessage',
        effect: false,
        message: 'Tried made-up-changed, made-up-other, made-up-secret in APAC.'
      })
    )
    const later = world.process()
    const result = await valueOf(SipConnection.update(state.siteGuid, state, args), later.env)
    const said = 'Tried [secret], [secret], [secret] in APAC.'
    assert.deepStrictEqual(
      {
        fault: faultOf(result),
        messages: result.state.executionMessages,
        shown: JSON.stringify([later.warnings, later.trace, later.audit]).includes('made-up-')
      },
      {
        fault: { _tag: 'Failed', words: [said], correlationId: nthId(1), mayHaveChanged: true },
        messages: [modifySaid[1], { level: 'Error', message: said }],
        shown: false
      }
    )
  })
})
