import * as assert from 'node:assert'
import { succeeded } from '../support/EngineRun'
import {
  acme,
  complaintAbout,
  guidOf,
  minimal,
  planned,
  program,
  resource,
  sites,
  startWorld,
  traffic,
  type World
} from './World'

describe('Destroying connections', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({
      program: program({ one: minimal('one'), two: minimal('two'), three: minimal('three') }),
      simulator: { switches: { deleteTaskMs: 300 } }
    })
    succeeded(await world.stack.up())
  })
  after(() => world.end())

  it('deletes one that the program no longer declares, and waits for its cleanup', async () => {
    const { stack, simulator } = world
    stack.setProgram(program({ one: minimal('one'), two: minimal('two') }))
    assert.deepStrictEqual(await planned(stack), ['delete three'])
    simulator.clearRequests()
    succeeded(await stack.up())
    const [first, ...polls] = traffic(simulator)
    assert.strictEqual(first, 'DELETE (gone)')
    assert.ok(polls.length >= 3 && polls.every((line) => line === 'GET task'), polls.join(', '))
    assert.deepStrictEqual(sites(simulator), ['one', 'two'])
  })

  it('keeps a connection whose cleanup fails, and says what may be left', async () => {
    const { stack, simulator } = world
    simulator.setSwitches({ deleteTask: 'fails', deleteTaskMs: 0 })
    const result = await stack.destroy()
    for (const name of ['one', 'two']) {
      const [headline, ...details] = complaintAbout(result, name)
      const { id } = await resource(stack, name)
      assert.strictEqual(id, guidOf(simulator, name))
      assert.strictEqual(
        headline,
        `Delete of SIP connection "${name}" (customer ${acme}, site ${id}, SBC 3) failed: the platform reports an error`
      )
      assert.match(details[0] ?? '', /^Platform: Task tsk_\d+ ended with status Failed\.$/)
      assert.deepStrictEqual(details.slice(1), [
        'Platform: The SBC cleanup script failed.',
        'Applied: the deletion was sent; what it left on the SBC (IP group, registration) is not known. The connection stays in the state.',
        'Calls: those of this connection may be affected until a run succeeds.',
        'Next: run "pulumi destroy" or "pulumi up" again; it goes on where this ended.',
        'correlation id <id>, <time>'
      ])
    }
    assert.deepStrictEqual(sites(simulator), ['one', 'two'])
    assert.deepStrictEqual(await planned(stack), [])
  })

  it('ends when it is run again, also for one that is gone meanwhile', async () => {
    const { stack, simulator } = world
    simulator.setSwitches({ deleteTask: 'ok' })
    simulator.deleteSite(guidOf(simulator, 'two'))
    simulator.clearRequests()
    succeeded(await stack.destroy())
    assert.deepStrictEqual([...traffic(simulator)].sort(), [
      'DELETE (gone)',
      'DELETE (gone)',
      'GET details v3',
      'GET task'
    ])
    assert.deepStrictEqual([sites(simulator), await stack.resources()], [[], []])
  })
})
