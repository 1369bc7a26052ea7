import * as assert from 'node:assert'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import type { Fault } from '../../../simulator'
import { errorOf, nthId } from '../../support/TestEnv'
import { acme, created, onCall, plain, removed, story, told } from '../support/Simulated'

const applied = (text: string): ReadonlyArray<string> => text.split('\n').filter((line) => line.includes('Applied'))

describe('lifecycle: delete', () => {
  story('one DELETE, and its task is seen to end', { switches: { deleteTaskMs: 20_000 } }, async (world) => {
    const state = await created(world, plain)
    world.forget()
    const later = world.process()
    await removed(later, state)
    assert.deepStrictEqual(
      { calls: world.calls(), sleeps: later.sleeps, sites: world.sites(), warnings: later.warnings },
      {
        calls: ['DELETE', 'GET task', 'GET task', 'GET task', 'GET task'],
        sleeps: [5000, 7500, 11_250],
        sites: [],
        warnings: []
      }
    )
  })

  story(
    'a cleanup task that fails: an error with the words of the platform, and the connection stays',
    { switches: { deleteTask: 'fails', deleteTaskMs: 6000 } },
    async (world) => {
      const state = await created(world, plain)
      const error = await errorOf(SipConnection.remove(state.siteGuid, state), world.process().env)
      const [task] = world.simulator.state().tasks
      assert.deepStrictEqual(
        { error, applied: applied(told('delete', plain, error, false)), sites: world.sites().map(({ guid }) => guid) },
        {
          error: {
            _tag: 'Failed',
            words: [`Task ${task?.id ?? ''} ended with status Failed.`, 'The SBC cleanup script failed.'],
            correlationId: nthId(1),
            mayHaveChanged: true
          },
          applied: [
            '    Applied: the deletion was sent; what it left on the SBC (IP group, registration) is not known. The connection stays in the state.'
          ],
          sites: [state.siteGuid]
        }
      )
      // The next run deletes it.
      world.simulator.setSwitches({ deleteTask: 'ok' })
      await removed(world.process(), state)
      assert.deepStrictEqual(world.sites(), [])
    }
  )

  story(
    'a cleanup task that never ends: an error at the deadline',
    { switches: { deleteTask: 'never' }, settings: { operationTimeout: 60 } },
    async (world) => {
      const state = await created(world, plain)
      const later = world.process()
      const error = await errorOf(SipConnection.remove(state.siteGuid, state), later.env)
      const [task] = world.simulator.state().tasks
      assert.deepStrictEqual(
        { error, sleeps: later.sleeps },
        {
          error: {
            _tag: 'Deadline',
            awaited: `the end of cleanup task ${task?.id ?? ''}`,
            seconds: 41,
            known: 'its status is InProgress',
            correlationId: nthId(1),
            mayHaveChanged: true
          },
          sleeps: [5000, 7500, 11_250, 16_875]
        }
      )
    }
  )

  story(
    'a cleanup task that the platform has forgotten: the connection itself must be gone',
    { switches: { deleteTask: 'vanishes', deleteTaskMs: 8000 } },
    async (world) => {
      const state = await created(world, plain)
      world.forget()
      await removed(world.process(), state)
      assert.deepStrictEqual(
        { calls: world.calls(), sites: world.sites() },
        { calls: ['DELETE', 'GET task', 'GET', 'GET', 'GET', 'GET details'], sites: [] }
      )
    }
  )

  story(
    'a forgotten cleanup task, and the connection stays: an error at the deadline',
    { switches: { deleteTask: 'fails' }, settings: { operationTimeout: 30 } },
    async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 404 }, { path: '/task/', times: 'always' }))
      const error = await errorOf(SipConnection.remove(state.siteGuid, state), world.process().env)
      assert.deepStrictEqual(error, {
        _tag: 'Deadline',
        awaited: `connection ${state.siteGuid} to disappear`,
        seconds: 24,
        known: 'it can still be read',
        correlationId: nthId(1),
        mayHaveChanged: true
      })
    }
  )

  const lostAnswers: ReadonlyArray<readonly [name: string, fault: Fault]> = [
    ['a reset', { kind: 'resetAfter' }],
    ['500', { kind: 'statusAfterEffect', status: 500 }],
    ['504', { kind: 'statusAfterEffect', status: 504 }]
  ]
  for (const [name, fault] of lostAnswers) {
    story(
      `the answer is lost (${name}), and it is gone: DELETE again, 404, and the service details lack it`,
      {},
      async (world) => {
        const state = await created(world, plain)
        world.simulator.addFault(onCall('DELETE', fault))
        world.forget()
        await removed(world.process(), state)
        assert.deepStrictEqual(
          { calls: world.calls(), sites: world.sites() },
          { calls: ['DELETE', 'DELETE', 'GET details'], sites: [] }
        )
      }
    )
    story(
      `the answer is lost (${name}), and its task runs: DELETE again, and the task is seen to end`,
      { switches: { deleteTaskMs: 20_000 } },
      async (world) => {
        const state = await created(world, plain)
        world.simulator.addFault(onCall('DELETE', fault))
        world.forget()
        await removed(world.process(), state)
        assert.deepStrictEqual(
          {
            calls: [...new Set(world.calls())],
            deletes: world.calls().filter((call) => call === 'DELETE').length,
            sites: world.sites()
          },
          { calls: ['DELETE', 'GET task'], deletes: 2, sites: [] }
        )
      }
    )
  }

  for (const kind of ['emptyBody', 'notJson', 'wrongShape'] as const) {
    story(
      `the answer cannot be understood (${kind}): read until it is gone`,
      { switches: { deleteTaskMs: 8000 } },
      async (world) => {
        const state = await created(world, plain)
        world.simulator.addFault(onCall('DELETE', { kind }))
        world.forget()
        await removed(world.process(), state)
        assert.deepStrictEqual(
          { calls: world.calls(), sites: world.sites() },
          { calls: ['DELETE', 'GET', 'GET', 'GET', 'GET details'], sites: [] }
        )
      }
    )
  }

  story('DELETE has no effect: sent again', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(onCall('DELETE', { kind: 'resetBefore' }, { times: 2 }))
    world.forget()
    await removed(world.process(), state)
    assert.deepStrictEqual(
      { calls: world.calls(), sites: world.sites() },
      { calls: ['DELETE', 'DELETE', 'DELETE', 'GET task'], sites: [] }
    )
  })

  story(
    'DELETE is lost again and again: an error, and the state is kept',
    { settings: { maxRetries: 2 } },
    async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(onCall('DELETE', { kind: 'resetBefore' }, { times: 'always' }))
      world.forget()
      const error = await errorOf(SipConnection.remove(state.siteGuid, state), world.process().env)
      assert.deepStrictEqual(
        { tag: error._tag, calls: world.calls() },
        { tag: 'Lost', calls: ['DELETE', 'DELETE', 'DELETE'] }
      )
    }
  )

  story('a connection that is gone already counts as deleted', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.deleteSite(state.siteGuid)
    world.forget()
    await removed(world.process(), state)
    assert.deepStrictEqual(world.calls(), ['DELETE', 'GET details'])
  })

  story('404, and the service details still list it: an error', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 404 }, { times: 'always' }))
    const error = await errorOf(SipConnection.remove(state.siteGuid, state), world.process().env)
    assert.deepStrictEqual(
      error._tag === 'Mismatch' && error.text,
      `The platform answers 404 for connection ${state.siteGuid}, and lists it in the service details of customer ${acme}; nothing was dropped from the state`
    )
  })

  story('a wrong base URL: an error, and nothing is dropped', {}, async (world) => {
    const baseUrl = world.simulator.origin
    const state = { ...(await created(world, plain)), platform: baseUrl }
    const error = await errorOf(SipConnection.remove(state.siteGuid, state), world.process({ baseUrl }).env)
    assert.deepStrictEqual(
      error._tag === 'Refused' && error.text,
      `The platform knows no customer ${acme} (404), or ${baseUrl} is not its base URL`
    )
  })

  story('409 while something else is being done there is waited for', {}, async (world) => {
    const state = await created(world, plain)
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 409 }, { times: 2 }))
    const later = world.process()
    await removed(later, state)
    assert.deepStrictEqual({ sleeps: later.sleeps, sites: world.sites() }, { sleeps: [250, 500], sites: [] })
  })

  story(
    'an update while it is being deleted waits, and then says that it is gone',
    { switches: { deleteTaskMs: 1000 } },
    async (world) => {
      const state = await created(world, plain)
      world.simulator.addFault(onCall('DELETE', { kind: 'resetAfter' }))
      const killed = world.process({ maxRetries: 0 })
      await errorOf(SipConnection.remove(state.siteGuid, state), killed.env)
      const error = await errorOf(
        SipConnection.update(state.siteGuid, state, { ...plain, cacProfile: '10 sessions' }),
        world.process().env
      )
      assert.deepStrictEqual(
        { text: error._tag === 'Refused' && error.text, sites: world.sites() },
        { text: `Connection ${state.siteGuid} does not exist any more: it was deleted outside of Pulumi`, sites: [] }
      )
    }
  )

  story('readOnly: nothing is sent', {}, async (world) => {
    const state = await created(world, plain)
    world.forget()
    const error = await errorOf(SipConnection.remove(state.siteGuid, state), world.process({ readOnly: true }).env)
    assert.deepStrictEqual(
      { tag: error._tag, applied: applied(told('delete', plain, error, false)), calls: world.calls() },
      {
        tag: 'Refused',
        applied: ['    Applied: nothing was deleted. The connection stays in the state.'],
        calls: []
      }
    )
  })
})
