import * as assert from 'node:assert'
import { onCall, story } from '../support/Simulated'
import { connection, connections, fleetStack, profiles } from './Stack'

const scripts = { onboardingScript: 12001, cleanupScript: 12002 }

describe('a fleet: read', () => {
  const args = { connections: connections(['a1', 'a2', 'a3']) }

  story('nothing changed: a GET each, and the same state', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(args)
    const before = stack.state()
    assert.deepStrictEqual(await stack.refresh(), { done: 'nothing', said: [], sent: { GET: 3 } })
    assert.deepStrictEqual({ state: stack.state(), inputs: stack.inputs() }, { state: before, inputs: args })
  })

  story('a field that was changed outside stands in its entry, and the next run sets it again', {}, async (world) => {
    const stack = fleetStack(world)
    const shared = { customerVariables: { Region: 'EMEA', Site: 'HH' } }
    const declared = {
      defaults: { sbcScripts: { ...scripts, ...shared }, cacProfile: '5 sessions' },
      connections: {
        a1: { ...connection('a1'), cacProfile: undefined },
        a2: { ...connection('a2'), sbcScripts: { cleanupScript: 12002 }, cacProfile: undefined }
      }
    } as unknown as typeof args
    await stack.up(declared)
    const { a1, a2 } = stack.state().siteGuids
    world.simulator.editSite(a1 ?? '', { cacProfile: '50 sessions' })
    world.simulator.editSite(a2 ?? '', { customerVariables: { Region: 'APAC', Site: 'HH' } })
    const inputs = stack.inputs()
    assert.deepStrictEqual(await stack.refresh(), { done: 'updated', said: [], sent: { GET: 2 } })
    const found = {
      ...inputs,
      connections: {
        a1: { ...inputs.connections['a1'], cacProfile: '50 sessions' },
        a2: {
          ...inputs.connections['a2'],
          sbcScripts: { cleanupScript: 12002, customerVariables: { Region: 'APAC' } }
        }
      }
    }
    assert.deepStrictEqual(
      { inputs: stack.inputs(), connections: stack.state().connections },
      { inputs: found, connections: found.connections }
    )
    assert.deepStrictEqual(await stack.preview(declared), ['update fleet'])
    assert.deepStrictEqual(await stack.up(declared), { done: 'updated', said: [], sent: { PATCH: 2, GET: 4 } })
    assert.deepStrictEqual(
      {
        profiles: profiles(world),
        variables: world.sites().map(({ customerVariables }) => customerVariables),
        preview: await stack.preview(declared)
      },
      {
        profiles: { a1: '5 sessions', a2: '5 sessions' },
        variables: [shared.customerVariables, shared.customerVariables],
        preview: []
      }
    )
  })

  story('a connection that is gone is no longer in the state, and the next run makes it again', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(args)
    const { a2 = '', ...others } = stack.state().siteGuids
    world.simulator.deleteSite(a2)
    // Whether it is gone, and not only the address wrong, its customer tells.
    assert.deepStrictEqual(await stack.refresh(), { done: 'updated', said: [], sent: { GET: 3, 'GET details': 1 } })
    const { siteGuids, deploymentStates, executionMessages } = stack.state()
    assert.deepStrictEqual(
      {
        inputs: stack.inputs(),
        siteGuids,
        names: [Object.keys(deploymentStates), Object.keys(executionMessages)]
      },
      {
        inputs: { connections: connections(['a1', 'a3']) },
        siteGuids: others,
        names: [
          ['a1', 'a3'],
          ['a1', 'a3']
        ]
      }
    )
    assert.deepStrictEqual(await stack.up(args), {
      done: 'updated',
      said: [],
      sent: { 'GET details': 1, POST: 1, GET: 1 }
    })
    assert.deepStrictEqual(await stack.preview(args), [])
  })

  story('what is pending and what is left over is read too, and goes on where it was', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(args)
    const { a1 = '', a2 = '', a3 = '' } = stack.state().siteGuids
    const next = {
      connections: { a1: connection('a1', { cacProfile: '10 sessions' }), a2: args.connections['a2'] ?? {} }
    }
    world.simulator.addFault(onCall('PATCH', { kind: 'status', status: 400 }))
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 400 }))
    await stack.up(next)
    world.simulator.editSite(a1, { cacProfile: '1 session' })
    world.simulator.editSite(a3, { cacProfile: '3 sessions' })
    assert.deepStrictEqual(await stack.refresh(), { done: 'updated', said: [], sent: { GET: 3 } })
    const { pending, leftovers, siteGuids, connections: declared } = stack.state()
    assert.deepStrictEqual(
      { pending, leftovers, siteGuids, declared },
      {
        pending: { a1: { args: connection('a1', { cacProfile: '1 session' }), outcome: 'ok' } },
        leftovers: { [a3]: { name: 'a3', args: connection('a3', { cacProfile: '3 sessions' }), outcome: 'ok' } },
        siteGuids: { a1, a2 },
        declared: next.connections
      }
    )
    world.simulator.deleteSite(a3)
    await stack.refresh()
    assert.deepStrictEqual([stack.state().leftovers, await stack.preview(next)], [{}, ['update fleet']])
    assert.deepStrictEqual(await stack.up(next), { done: 'updated', said: [], sent: { PATCH: 1, GET: 2 } })
    assert.deepStrictEqual([profiles(world), await stack.preview(next)], [{ a1: '10 sessions', a2: '5 sessions' }, []])
  })

  story('a read that fails leaves the state as it is', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(args)
    const before = stack.state()
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 403 }, { path: 'sitelocation/' }))
    const { done } = await stack.refresh()
    assert.deepStrictEqual([done, stack.state()], ['failed', before])
  })
})

describe('a fleet: delete', () => {
  const args = { connections: connections(['a1', 'a2', 'a3']) }

  story('a DELETE each', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up(args)
    const { done, sent } = await stack.destroy()
    assert.deepStrictEqual([done, sent['DELETE'], sent['POST'], world.sites()], ['deleted', 3, undefined, []])
  })

  story(
    'some fail: the fleet stays, and the next run deletes the rest and meets the others as gone',
    {},
    async (world) => {
      const stack = fleetStack(world)
      await stack.up(args)
      const { a2 = '' } = stack.state().siteGuids
      world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 400 }, { path: a2 }))
      const ran = await stack.destroy()
      assert.deepStrictEqual(
        {
          done: ran.done,
          said: ran.said.slice(0, 2),
          next: ran.said.at(-2),
          sites: world.sites().map(({ name }) => name)
        },
        {
          done: 'failed',
          said: ['Delete of fleet of SIP connections failed: 1 connection failed', 'Done: 2 deleted (a1, a3).'],
          next: 'Next: run the same command again; it goes on with what is left. Where the rest is to stay, run "pulumi refresh", which finds what is gone, and then "pulumi up".',
          sites: ['a2']
        }
      )
      assert.deepStrictEqual([(await stack.destroy()).done, world.sites()], ['deleted', []])
    }
  )

  story('what was not made has nothing to delete; what is left over goes too', {}, async (world) => {
    const stack = fleetStack(world)
    await stack.up({ connections: connections(['a1', 'a2']) })
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 400 }))
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 400 }))
    await stack.up({ connections: connections(['a1', 'a3']) })
    const { sent } = await stack.destroy()
    assert.deepStrictEqual([sent['DELETE'], world.sites()], [2, []])
  })
})
