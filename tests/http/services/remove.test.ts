import * as assert from 'node:assert'
import type { Env } from '../../../provider/Env'
import type { HostedEssentialsServiceArgs } from '../../../provider/hosted-essentials-service/Args'
import * as Service from '../../../provider/services/Service'
import type { ServiceState } from '../../../provider/services/State'
import { sitesOf } from '../../../provider/Customers'
import { operation } from '../../../provider/Operations'
import type { Fault } from '../../../simulator'
import { errorOf, valueOf } from '../../support/TestEnv'
import { type World, onCall, story } from '../support/Simulated'
import {
  calls,
  customersNamed,
  freeTenant,
  globex,
  globexLead,
  hostedEssentials,
  made,
  northwind,
  operatorConnect,
  removed,
  tally,
  told
} from './Services'

type State = ServiceState<HostedEssentialsServiceArgs>

/** A service that may go. */
const free: HostedEssentialsServiceArgs = { ...northwind, deletionProtection: false }

const textOf = async (state: State, env: Env): Promise<string> => {
  const error = await errorOf(Service.remove(hostedEssentials)(state.customerGuid, state), env)
  return 'text' in error ? error.text : error._tag
}

const newService = async (world: World, args = free): Promise<State> => {
  const state = await made(world.process(), hostedEssentials, args)
  world.forget()
  return state
}

describe('services: delete, and the service is protected', () => {
  story('refused with what would go; the default, and true', {}, async (world) => {
    for (const deletionProtection of [undefined, true]) {
      const shortName = `northwind${deletionProtection === undefined ? 0 : 1}`
      const args = { ...northwind, shortName, ...(deletionProtection === undefined ? {} : { deletionProtection }) }
      const state = await newService(world, args)
      const error = await errorOf(Service.remove(hostedEssentials)(state.customerGuid, state), world.process().env)
      assert.deepStrictEqual(
        [calls(world), told('delete', args, error, false, state.customerGuid).split('\n').slice(0, 4)],
        [
          ['GET details'],
          [
            `Delete of Hosted Essentials service "${shortName}" (customer ${state.customerGuid}) failed: The service is protected: its deletion would also delete its SIP connection (${shortName}) and all dial plans; nothing was sent`,
            '    Applied: nothing was deleted. The service stays in the state.',
            '    Calls: not affected.',
            '    Next: if that is meant, declare deletionProtection: false and run "pulumi up" before it is destroyed; "pulumi state delete <urn>" forgets it and leaves it on the platform.'
          ]
        ]
      )
      assert.strictEqual(customersNamed(world, shortName).length, 1)
    }
  })

  story('ten connections are named, and how many more there are', {}, async (world) => {
    const state = await newService(world, northwind)
    const names = Array.from({ length: 13 }, (_, n) => `branch-${n + 1}`)
    for (const name of names) world.simulator.addSite({ customerGuid: state.customerGuid, name, sbcId: 3 })
    assert.strictEqual(
      await textOf(state, world.process().env),
      `The service is protected: its deletion would also delete its 14 SIP connections (northwind, ${names.slice(0, 9).join(', ')} and 4 more) and all dial plans; nothing was sent`
    )
  })

  story('no connections, and a list that the platform does not tell', {}, async (world) => {
    const state = await newService(world, northwind)
    for (const { guid, customerGuid } of world.simulator.state().sites) {
      if (customerGuid === state.customerGuid) world.simulator.deleteSite(guid)
    }
    const none = await textOf(state, world.process().env)
    world.simulator.addFault(
      onCall('GET', { kind: 'status', status: 200, body: { CustomerShortName: 'northwind', LicenseType: 0 } })
    )
    assert.deepStrictEqual(
      [none, await textOf(state, world.process().env)],
      ['what belongs to it (it has no SIP connections)', 'its SIP connections, which the platform does not list,'].map(
        (what) =>
          `The service is protected: its deletion would also delete ${what} and all dial plans; nothing was sent`
      )
    )
  })
})

describe('services: delete', () => {
  story('reads, deletes, and sees that it is gone from details and list', {}, async (world) => {
    const state = await newService(world)
    await removed(world, hostedEssentials, state)
    assert.deepStrictEqual(
      [calls(world), customersNamed(world, 'northwind')],
      [['GET details', 'DELETE service', 'GET details', 'GET services'], []]
    )
  })

  story('of Operator Connect: the lead is free again', {}, async (world) => {
    const state = await made(world, operatorConnect, { ...globex, deletionProtection: false })
    await removed(world, operatorConnect, state)
    assert.strictEqual(world.simulator.state().leads.find(({ id }) => id === globexLead)?.umpCustomerGuid, null)
  })

  story('that takes its time is waited for', { switches: { deleteServiceMs: 60_000 } }, async (world) => {
    const state = await newService(world)
    await removed(world, hostedEssentials, state)
    const { 'GET details': reads = 0, ...others } = tally(world)
    assert.deepStrictEqual(others, { 'DELETE service': 1, 'GET services': 1 })
    assert.ok(reads > 3 && reads < 10, `${reads} reads`)
  })

  story(
    'that never happens: a deadline, and the service stays',
    { switches: { deleteServiceMs: 7_200_000 } },
    async (world) => {
      const state = await newService(world)
      const error = await errorOf(Service.remove(hostedEssentials)(state.customerGuid, state), world.env)
      assert.deepStrictEqual(
        [error._tag, 'awaited' in error && error.awaited, 'known' in error && error.known, error.mayHaveChanged],
        ['Deadline', `service ${state.customerGuid} to disappear`, 'it can still be read', true]
      )
    }
  )

  const lost: ReadonlyArray<Fault> = [
    { kind: 'resetAfter' },
    { kind: 'resetBefore' },
    { kind: 'statusAfterEffect', status: 502 },
    { kind: 'emptyBody' },
    { kind: 'notJson' }
  ]
  for (const fault of lost) {
    story(`whose answer is lost (${fault.kind}): it is gone`, {}, async (world) => {
      const state = await newService(world)
      world.simulator.addFault(onCall('DELETE', fault))
      await removed(world.process(), hostedEssentials, state)
      assert.deepStrictEqual(customersNamed(world, 'northwind'), [])
    })
  }

  story('an error among the messages is a failure', {}, async (world) => {
    const state = await newService(world)
    world.simulator.addFault(onCall('DELETE', { kind: 'errorMessage', effect: false, message: 'It is in use.' }))
    const error = await errorOf(Service.remove(hostedEssentials)(state.customerGuid, state), world.process().env)
    assert.deepStrictEqual(
      ['words' in error && error.words, customersNamed(world, 'northwind').length],
      [['It is in use.'], 1]
    )
  })

  story(
    'one that is gone already counts as deleted, protected or not, when a list that is read anew lacks it',
    {},
    async (world) => {
      for (const args of [free, northwind]) {
        const state = await newService(world, args)
        const process = world.process()
        // This process has read the list while the service was there.
        await made(process, hostedEssentials, { ...northwind, shortName: `other${String(args === free)}` })
        world.simulator.deleteCustomer(state.customerGuid)
        world.forget()
        await removed(process, hostedEssentials, state)
        assert.deepStrictEqual(calls(world), ['GET details', 'GET services'])
      }
    }
  )

  story('404, and listed: an error, and nothing is deleted', {}, async (world) => {
    const state = await newService(world)
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 404 }, { path: state.customerGuid }))
    assert.strictEqual(
      await textOf(state, world.process().env),
      `The platform answers 404 for service ${state.customerGuid}, and lists it among its services; nothing was dropped from the state`
    )
    world.simulator.addFault(onCall('DELETE', { kind: 'status', status: 404 }))
    assert.match(await textOf(state, world.process().env), /answers 404 .* and lists it/)
    assert.strictEqual(customersNamed(world, 'northwind').length, 1)
  })

  story('404 everywhere, as at a wrong address: an error', {}, async (world) => {
    const state = await newService(world)
    world.simulator.addFault(onCall('GET', { kind: 'status', status: 404 }, { times: 'always' }))
    assert.strictEqual(await textOf(state, world.process().env), 'NotFound')
  })

  story('an id under which there is another service: nothing is sent', {}, async (world) => {
    const state = await newService(world)
    for (const edit of [
      { shortName: 'other' },
      { shortName: 'northwind', msTenantId: 'a0a0a0a0-0001-4000-8000-0000000000cc' }
    ]) {
      world.simulator.editCustomer(state.customerGuid, edit)
      assert.match(
        await textOf(state, world.process().env),
        /a service of another id, short name or Microsoft tenant; nothing was sent to it/
      )
    }
    assert.deepStrictEqual(tally(world), { 'GET details': 2 })
  })

  story('taken over by another resource in this run: it is kept, and that is told', {}, async (world) => {
    const state = await newService(world)
    const process = world.process()
    // Ids count from 1 in every process of the tests, and those of two runs differ.
    process.env.newId()
    await made(process, hostedEssentials, { ...free, adopt: true })
    world.forget()
    await removed(process, hostedEssentials, state)
    assert.deepStrictEqual(
      [calls(world), process.warnings],
      [[], [`Service ${state.customerGuid} was taken over by another resource of this program: it is not deleted.`]]
    )
  })

  story('read-only: nothing is deleted', {}, async (world) => {
    const state = await newService(world)
    assert.match(await textOf(state, world.process({ readOnly: true }).env), /readOnly/)
    assert.deepStrictEqual(calls(world), ['GET details'])
  })

  story(
    'no list of this process has it after: a new one of the same name is made, and its connections are read anew',
    {},
    async (world) => {
      const look = (customerGuid: string) => operation('lookup', [])(sitesOf(customerGuid))
      const state = await newService(world)
      const { env } = world
      await valueOf(look(state.customerGuid), env)
      await removed(world, hostedEssentials, state)
      assert.deepStrictEqual(await valueOf(look(state.customerGuid), env), [])
      const again = await made(world, hostedEssentials, free)
      assert.notStrictEqual(again.customerGuid, state.customerGuid)
      assert.strictEqual(again.msTenantId, freeTenant)
    }
  )
})
