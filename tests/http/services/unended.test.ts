import * as assert from 'node:assert'
import * as Service from '../../../provider/services/Service'
import { errorOf, valueOf } from '../../support/TestEnv'
import { onCall, story } from '../support/Simulated'
import { calls, changed, customersNamed, ended, globex, made, operatorConnect, tally, told } from './Services'

/** Tasks whose end is not seen: nothing is begun a second time beside them. */

describe('services: the task of a creation cannot be read', () => {
  story(
    'the service is looked for as long as it may take to be made',
    { settings: { maxRetries: 0 }, switches: { serviceTaskMs: 200_000 } },
    async (world) => {
      world.simulator.addFault(onCall('GET', { kind: 'status', status: 502 }, { path: '/task/', times: 'always' }))
      const { id, outcome, fault } = ended(await valueOf(Service.create(operatorConnect)(globex), world.env))
      assert.deepStrictEqual(
        [customersNamed(world, 'globex').map(({ guid }) => guid), outcome, fault?._tag],
        [[id], 'unknown', 'Lost']
      )
    }
  )
})

describe('services: the task of a creation does not end in time', () => {
  const warning = (task: string): string =>
    `The task ${task}, which makes service "globex", has not ended as far as is known. Run again only when it has ended: until then nothing tells of the service, and a run would make a second one.`

  story('the person is warned', { switches: { serviceTask: 'never' } }, async (world) => {
    await errorOf(Service.create(operatorConnect)(globex), world.env)
    assert.deepStrictEqual(world.warnings, [warning(world.simulator.state().tasks[0]?.id ?? '')])
  })

  story('for the run was cancelled: the person is warned', { switches: { serviceTaskMs: 200_000 } }, async (world) => {
    let isCancelled = false
    const process = world.process(
      {},
      {
        clock: { ...world.clock, sleep: async (ms) => ((isCancelled = true), world.clock.sleep(ms)) },
        cancelled: () => isCancelled
      }
    )
    const error = await errorOf(Service.create(operatorConnect)(globex), process.env)
    assert.deepStrictEqual(
      [error._tag, process.warnings],
      ['Refused', [warning(world.simulator.state().tasks[0]?.id ?? '')]]
    )
    assert.doesNotMatch(told('create', globex, error), /goes on where this ended/)
  })
})

describe('services: the task of a license upgrade does not end in time', () => {
  const pro = { ...globex, license: 'OcPro', licensedUsersCount: 5 } as const

  story('the next run waits for it, and begins no second one', {}, async (world) => {
    const before = await made(world, operatorConnect, globex)
    world.simulator.setSwitches({ serviceTaskMs: 2_000_000 })
    const first = ended(
      await valueOf(Service.update(operatorConnect)(before.customerGuid, before, pro), world.process().env)
    )
    assert.deepStrictEqual([first.outcome, first.fault?._tag], ['unknown', 'Deadline'])
    const state = await changed(world.process(), operatorConnect, first.state, pro)
    assert.deepStrictEqual(
      [state.licenseType, state.license, state.lastOperation.outcome, tally(world)['POST upgrade']],
      [5, 'OcPro', 'ok', 1]
    )
  })

  story('and fails later: the next run begins another one', {}, async (world) => {
    const before = await made(world, operatorConnect, globex)
    world.simulator.setSwitches({ serviceTaskMs: 2_000_000, serviceTask: 'fails' })
    const first = ended(
      await valueOf(Service.update(operatorConnect)(before.customerGuid, before, pro), world.process().env)
    )
    world.simulator.setSwitches({ serviceTaskMs: 1000, serviceTask: 'ok' })
    const state = await changed(world.process(), operatorConnect, first.state, pro)
    assert.deepStrictEqual([state.licenseType, tally(world)['POST upgrade']], [5, 2])
  })

  story('and never ends: nothing is sent, and the next run knows of it too', {}, async (world) => {
    const before = await made(world, operatorConnect, globex)
    world.simulator.setSwitches({ serviceTask: 'never' })
    let { state } = ended(
      await valueOf(Service.update(operatorConnect)(before.customerGuid, before, pro), world.process().env)
    )
    world.forget()
    for (const run of [1, 2]) {
      const next = ended(
        await valueOf(Service.update(operatorConnect)(state.customerGuid, state, pro), world.process().env)
      )
      state = next.state
      assert.deepStrictEqual([run, next.outcome, next.fault?._tag], [run, 'unknown', 'Deadline'])
    }
    assert.deepStrictEqual(
      calls(world).filter((call) => !call.startsWith('GET')),
      []
    )
  })
})
