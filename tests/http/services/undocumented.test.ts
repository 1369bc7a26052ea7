import * as assert from 'node:assert'
import type { OperatorConnectServiceArgs } from '../../../provider/operator-connect-service/Args'
import { find } from '../../../provider/services/Import'
import * as Service from '../../../provider/services/Service'
import { customerGuids } from '../../../simulator'
import { errorOf, valueOf } from '../../support/TestEnv'
import { onCall, story } from '../support/Simulated'
import { altered, withMembers } from './Altered'
import {
  changed,
  customersNamed,
  ended,
  freeTenant,
  globex,
  hostedEssentials,
  made,
  northwind,
  operatorConnect,
  removed,
  tally
} from './Services'

/** Answers of forms that no page shows. */

const nil = '00000000-0000-0000-0000-000000000000'

describe('services: answers that .NET writes where there is nothing', () => {
  story(
    'connections that are null are not told: nothing waits for them, and no error says that there are none',
    {},
    async (world) => {
      const { env, clock } = world.process(
        {},
        { fetch: altered((_request, value) => withMembers(value, { SiteLocation: null })) }
      )
      const began = clock.now()
      const state = await made({ env }, hostedEssentials, northwind)
      assert.deepStrictEqual([state.lastOperation.outcome, clock.now() - began], ['ok', 0])
      const error = await errorOf(Service.remove(hostedEssentials)(state.customerGuid, state), env)
      assert.match(
        'text' in error ? error.text : '',
        /would also delete its SIP connections, which the platform does not list, and/
      )
    }
  )

  for (const lost of [false, true]) {
    story(
      `a lead whose service is the nil uuid has none${lost ? '; the answer to the creation is lost' : ''}`,
      {},
      async (world) => {
        if (lost) world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
        const { env } = world.process(
          {},
          {
            clock: world.clock,
            fetch: altered(({ url }, value) =>
              url.includes('/oc/lead') && JSON.stringify(value).includes('"umpCustomerGuid":null')
                ? withMembers(value, { umpCustomerGuid: nil })
                : undefined
            )
          }
        )
        const state = await made<OperatorConnectServiceArgs>({ env }, operatorConnect, globex)
        assert.deepStrictEqual(
          [customersNamed(world, 'globex').map(({ guid }) => guid), tally(world)['POST from lead']],
          [[state.customerGuid], 1]
        )
      }
    )
  }
})

describe('services: import', () => {
  story('what cannot be declared is not managed: OC Essential', {}, async (world) => {
    const { customerGuid } = await made(world, operatorConnect, globex)
    const { inputs } = await valueOf(find(operatorConnect)(customerGuid), world.process().env)
    assert.deepStrictEqual(Object.keys(inputs).sort(), ['fullName', 'msTenantId', 'shortName'])
  })

  story('what the license change cannot send beside Hosted Essentials is not managed', {}, async (world) => {
    const guid = world.simulator.addCustomer({
      shortName: 'northwind',
      msTenantId: freeTenant,
      licenseType: 0,
      licensedUsersCount: 5
    })
    const { inputs } = await valueOf(find(hostedEssentials)(guid), world.env)
    assert.deepStrictEqual(inputs, {
      shortName: 'northwind',
      fullName: 'northwind',
      msTenantId: freeTenant,
      license: 'HostedEssentials'
    })
  })

  story('a number of users that cannot be declared is not managed', {}, async (world) => {
    world.simulator.editCustomer(customerGuids.acme, { licensedUsersCount: 0 })
    const { inputs } = await valueOf(find(hostedEssentials)(customerGuids.acme), world.env)
    assert.deepStrictEqual([inputs.license, inputs.licensedUsersCount], ['HostedEssentialsPlus', undefined])
  })
})

describe('services: a license that is declared later', () => {
  story('as the platform has it: nothing is sent', {}, async (world) => {
    const before = await made(world, hostedEssentials, northwind)
    world.forget()
    const state = await changed(world.process(), hostedEssentials, before, {
      ...northwind,
      license: 'HostedEssentials'
    })
    assert.deepStrictEqual([state.license, tally(world)], ['HostedEssentials', { 'GET details': 1 }])
  })
})

describe('services: what was sent is told', () => {
  story('the details are those of another service once the license change was sent', {}, async (world) => {
    const before = await made(world, hostedEssentials, northwind)
    let isSent = false
    const { env } = world.process(
      {},
      {
        fetch: altered(
          ({ method }, value) =>
            isSent && method === 'GET' ? withMembers(value, { CustomerShortName: 'southwind' }) : undefined,
          ({ method }) => (isSent ||= method === 'PATCH')
        )
      }
    )
    const args = { ...northwind, license: 'HostedPro' } as const
    const { outcome, fault } = ended(
      await valueOf(Service.update(hostedEssentials)(before.customerGuid, before, args), env)
    )
    assert.deepStrictEqual([outcome, fault?._tag], ['unknown', 'Mismatch'])
    assert.match(String(fault !== undefined && 'text' in fault && fault.text), /; the license change was sent before\./)
  })

  story('an upgrade is not begun where something beside it cannot be sent', {}, async (world) => {
    const before = await made(world, operatorConnect, globex)
    world.forget()
    const error = await errorOf(
      Service.update(operatorConnect)(before.customerGuid, before, { ...globex, fullName: 'Globex', license: 'OcPro' }),
      world.process().env
    )
    assert.match('text' in error ? error.text : '', /^fullName can be changed only with .*; nothing was sent$/)
    assert.deepStrictEqual(tally(world), { 'GET details': 1 })
  })
})

describe('services: a deletion whose first answer is lost', () => {
  story('and the list still has the service when the second one is 404: it is waited for', {}, async (world) => {
    const state = await made(world, hostedEssentials, { ...northwind, deletionProtection: false })
    const listed = world.simulator.state().customers.find(({ guid }) => guid === state.customerGuid)
    let lists = 0
    const { env } = world.process(
      {},
      {
        fetch: altered(({ url }, value) => {
          if (!/\/customer(\?|$)/.test(url) || !Array.isArray(value) || ++lists > 2) return undefined
          return [...(value as unknown[]), { UmpCustomerGuid: listed?.guid, CustomerShortName: listed?.shortName }]
        })
      }
    )
    world.simulator.addFault(onCall('DELETE', { kind: 'resetAfter' }))
    world.forget()
    await removed({ env }, hostedEssentials, state)
    assert.deepStrictEqual([customersNamed(world, 'northwind'), tally(world)['DELETE service'], lists], [[], 2, 3])
  })
})
