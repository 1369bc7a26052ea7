import * as assert from 'node:assert'
import * as Service from '../../../provider/services/Service'
import * as SipConnection from '../../../provider/sip-connection/SipConnection'
import { tenants } from '../../../simulator'
import { errorOf, valueOf } from '../../support/TestEnv'
import { onCall, plain, story } from '../support/Simulated'
import { altered, withMembers } from './Altered'
import {
  calls,
  customersNamed,
  ended,
  freeTenant,
  globex,
  globexLead,
  hostedEssentials,
  made,
  northwind,
  operatorConnect,
  removed,
  spied,
  tally
} from './Services'

/** Services that are not ours: one that somebody else makes meanwhile, and one that the platform tells little of. */

const textOf = (error: object): unknown => 'text' in error && error.text

describe('services: one that somebody else made while the creation ran', () => {
  story('of the other kind, under the same name: it is left alone', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'resetBefore' }))
    const { env } = world.process(
      {},
      {
        clock: world.clock,
        fetch: spied(({ method }) => {
          if (method !== 'POST') return
          world.simulator.addCustomer({ shortName: 'northwind', msTenantId: freeTenant, licenseType: 3 })
        })
      }
    )
    const error = await errorOf(Service.create(hostedEssentials)({ ...northwind, license: 'HostedPro' }), env)
    assert.deepStrictEqual(
      [
        textOf(error)
          ?.toString()
          .replace(/customer [^)]+/, 'customer …'),
        error.mayHaveChanged,
        env.claims.size
      ],
      [
        `A service "northwind" exists already at Microsoft tenant ${freeTenant} (customer …); the answer to its creation was lost`,
        true,
        0
      ]
    )
    assert.strictEqual(tally(world)['PATCH license'], undefined)
  })

  story('on another SBC, and the creation ends with an error message: nothing is kept', {}, async (world) => {
    const executionMessages = [{ level: 'Error', message: 'The short name is in use.' }]
    world.simulator.addFault(onCall('POST', { kind: 'status', status: 200, body: { executionMessages } }))
    const { env } = world.process(
      {},
      {
        clock: world.clock,
        fetch: spied(({ method }) => {
          if (method !== 'POST') return
          const guid = world.simulator.addCustomer({ shortName: 'northwind', msTenantId: freeTenant })
          world.simulator.addSite({ customerGuid: guid, name: 'northwind', sbcId: 5 })
        })
      }
    )
    const error = await errorOf(Service.create(hostedEssentials)(northwind), env)
    assert.match(String(textOf(error)), /exists already .* \(customer [^)]+\); /)
    assert.strictEqual(env.claims.size, 0)
  })

  story('of the lead, under another name: nothing is kept', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'resetBefore' }))
    const { env } = world.process(
      {},
      {
        clock: world.clock,
        fetch: spied(({ method }) => {
          if (method !== 'POST') return
          const umpCustomerGuid = world.simulator.addCustomer({
            shortName: 'other',
            msTenantId: tenants.globex,
            licenseType: 3
          })
          const leads = world.simulator
            .state()
            .leads.map((lead) => (lead.id === globexLead ? { ...lead, umpCustomerGuid } : lead))
          world.simulator.setLists({ leads })
        })
      }
    )
    const error = await errorOf(Service.create(operatorConnect)(globex), env)
    assert.strictEqual(error._tag, 'Mismatch')
    assert.strictEqual(env.claims.size, 0)
  })
})

describe('services: several leads of a tenant', () => {
  story('an active one with a service counts, wherever it stands: nothing is sent', {}, async (world) => {
    const { initech } = tenants
    world.simulator.addLead({ tenantId: initech, companyName: 'Initech again' })
    const leads = [...world.simulator.state().leads].reverse()
    world.simulator.setLists({ leads })
    const args = { ...globex, msTenantId: initech, shortName: 'initech' }
    const error = await errorOf(Service.create(operatorConnect)(args), world.env)
    assert.match(String(textOf(error)), /^The lead of Microsoft tenant .* has a service already \(customer /)
    assert.deepStrictEqual(calls(world), ['GET lead'])
  })
})

describe('services: a service whose tenant the list does not tell', () => {
  const untold = altered(({ url }, value) =>
    /\/customer(\?|$)/.test(url) ? withMembers(value, { MsTenantId: null }) : undefined
  )

  for (const adopt of [false, true]) {
    story(`of the declared tenant, as its details say; adopt: ${String(adopt)}: no second one`, {}, async (world) => {
      const guid = world.simulator.addCustomer({ shortName: 'northwind', msTenantId: freeTenant })
      const { env } = world.process({}, { fetch: untold })
      const end = await Service.create(hostedEssentials)({ ...northwind, fullName: 'northwind', adopt })(env)()
      assert.deepStrictEqual(
        [
          end._tag,
          end._tag === 'Right' ? end.right.id : /exists already/.test(String(textOf(end.left))),
          customersNamed(world, 'northwind').map((each) => each.guid),
          tally(world)['POST service']
        ],
        [adopt ? 'Right' : 'Left', adopt ? guid : true, [guid], undefined]
      )
    })
  }

  story('of another tenant: it is made', {}, async (world) => {
    world.simulator.addCustomer({ shortName: 'northwind', msTenantId: tenants.acme })
    const { env } = world.process({}, { fetch: untold })
    const state = await made({ env }, hostedEssentials, northwind)
    assert.deepStrictEqual(
      [customersNamed(world, 'northwind').length, state.lastOperation.kind, tally(world)['POST service']],
      [2, 'create', 1]
    )
  })

  story('and the answer to the creation is lost: it is found', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'resetAfter' }))
    const { env } = world.process({}, { fetch: untold })
    const state = await made({ env }, hostedEssentials, northwind)
    assert.deepStrictEqual(
      customersNamed(world, 'northwind').map(({ guid }) => guid),
      [state.customerGuid]
    )
  })
})

describe('services: names in another case', () => {
  const shouting = altered((_request, value) => {
    const upper = (u: unknown): unknown =>
      Array.isArray(u)
        ? u.map(upper)
        : typeof u === 'object' && u !== null && 'CustomerShortName' in u
          ? { ...u, CustomerShortName: String(u.CustomerShortName).toUpperCase() }
          : u
    return upper(value)
  })

  story(
    'the platform writes the short name its own way: it is the same service, without a drift',
    {},
    async (world) => {
      const { env } = world.process({}, { fetch: shouting })
      const state = await made({ env }, hostedEssentials, { ...northwind, deletionProtection: false })
      const found = await valueOf(Service.read(hostedEssentials)(state.customerGuid, state), env)
      assert.ok(found._tag === 'Some')
      assert.deepStrictEqual([state.shortName, found.value.inputs.shortName], ['northwind', 'northwind'])
      await removed({ env }, hostedEssentials, state)
      assert.deepStrictEqual(customersNamed(world, 'northwind'), [])
    }
  )

  story('one that differs by case alone exists: no second one', {}, async (world) => {
    world.simulator.addCustomer({ shortName: 'NorthWind', msTenantId: freeTenant })
    const error = await errorOf(Service.create(hostedEssentials)(northwind), world.env)
    assert.match(String(textOf(error)), /exists already/)
    assert.deepStrictEqual(calls(world), ['GET services'])
  })
})

describe('services: one whose first connection has the id of the service', () => {
  story('both are managed, and each is deleted by its own resource', {}, async (world) => {
    const guid = world.simulator.addCustomer({ shortName: 'northwind', msTenantId: freeTenant })
    world.simulator.addSite({ customerGuid: guid, name: 'branch-07', sbcId: 5 })
    const siteGuid = world.simulator.state().sites.find(({ customerGuid }) => customerGuid === guid)?.guid ?? ''
    const { env } = world.process(
      {},
      {
        fetch: (request) =>
          altered((_r, value) => JSON.parse(JSON.stringify(value ?? null).replaceAll(siteGuid, guid)) as unknown)({
            ...request,
            url: request.url.replace(`sitelocation/${guid}`, `sitelocation/${siteGuid}`)
          })
      }
    )
    const service = await made({ env }, hostedEssentials, {
      ...northwind,
      fullName: 'northwind',
      adopt: true,
      deletionProtection: false
    })
    const connection = await valueOf(
      SipConnection.create({ ...plain, customerGuid: guid, adopt: true, enableCac: false, carrierRegistration: false }),
      env
    )
    assert.deepStrictEqual([service.siteGuid, connection.id], [guid, guid])
    await valueOf(SipConnection.remove(connection.id, connection.state), env)
    assert.deepStrictEqual(
      world.simulator.state().sites.filter(({ customerGuid }) => customerGuid === guid),
      []
    )
    await removed({ env }, hostedEssentials, service)
    assert.deepStrictEqual(customersNamed(world, 'northwind'), [])
  })
})

describe('services: what is made with a fault', () => {
  story('is told by the service that is there', {}, async (world) => {
    world.simulator.addFault(onCall('POST', { kind: 'errorMessage', effect: true, message: 'No room on the SBC.' }))
    const { id, outcome } = ended(await valueOf(Service.create(hostedEssentials)(northwind), world.env))
    assert.deepStrictEqual([id, outcome], [customersNamed(world, 'northwind')[0]?.guid, 'failed'])
  })
})
