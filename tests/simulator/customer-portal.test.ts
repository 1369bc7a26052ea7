import * as assert from 'node:assert'
import { customerGuids, HEADQUARTERS_GUID, manyLeads, startSimulator } from '../../simulator'
import type { CustomerEdit, Customer, Simulator } from '../../simulator'
import { exchange } from './http'
import { acme, contoso, UNKNOWN } from './support'

describe('simulator: services in the portal', () => {
  let simulator: Simulator
  beforeEach(async () => {
    simulator = await startSimulator()
  })
  afterEach(() => simulator.close())

  const send = async (method: string, path: string, body?: unknown) => {
    const seen = await exchange(simulator.origin, method, path, body)
    if (typeof seen === 'string') throw new Error(`no answer but ${seen}`)
    return { status: seen.status, body: JSON.parse(seen.text) as unknown }
  }
  const held = (guid: string): Customer | undefined => simulator.state().customers.find((each) => each.guid === guid)
  const why = (act: () => unknown) => {
    try {
      return act()
    } catch (cause) {
      return (cause as Error).message.replace(/: choose among .*/, '')
    }
  }

  it('are added, as blank as a service can be, last in the lists', async () => {
    const guid = simulator.addCustomer({ shortName: 'acme', msTenantId: 'a0a0a0a0-0001-4000-8000-000000000009' })
    const { body } = await send('GET', '/tenantui/api/v3/customer?allDetails=true')
    assert.deepStrictEqual((body as unknown[]).slice(4), [
      {
        UmpCustomerGuid: guid,
        CustomerShortName: 'acme',
        CustomerFullName: 'acme',
        LicenseType: 0,
        LicensedUsersCount: null,
        MsTenantId: 'a0a0a0a0-0001-4000-8000-000000000009',
        ActiveUserCount: 0,
        LiveHubActiveUsersCount: 0,
        LiveHubSimpleUsersCount: 0,
        SiteLocation: []
      }
    ])
    const wanted = 'abcdef01-0000-4000-8000-000000000000'
    assert.strictEqual(simulator.addCustomer({ shortName: 'x', fullName: 'X', guid: wanted.toUpperCase() }), wanted)
    assert.deepStrictEqual([held(wanted)?.fullName, held(wanted)?.msTenantId], ['X', null])
  })

  it('a connection of a service without a tenant shows none', async () => {
    const customerGuid = simulator.addCustomer({ shortName: 'bare' })
    const site = simulator.addSite({ customerGuid, name: 'branch' })
    const { body } = await send('GET', `/tenantui/api/v2/sitelocation/${site}`)
    assert.strictEqual((body as { tenantId: unknown }).tenantId, '')
  })

  it('two connections of one name at one service', async () => {
    const guids = [1, 2].map(() => simulator.addSite({ customerGuid: acme, name: 'twin' }))
    const { body } = await send('GET', `/tenantui/api/v2/customer/${acme}`)
    assert.deepStrictEqual(
      (body as { SiteLocation: { id: string; name: string }[] }).SiteLocation.map(({ id, name }) => [id, name]),
      guids.map((guid) => [guid, 'twin'])
    )
  })

  it('are edited, and deleted with their connections', async () => {
    simulator.editCustomer(contoso.toUpperCase(), { shortName: 'contoso-2', licenseType: 0, msTenantId: null })
    const { shortName, fullName, licenseType, msTenantId } = held(contoso) ?? {}
    assert.deepStrictEqual([shortName, fullName, licenseType, msTenantId], ['contoso-2', 'Contoso Limited', 0, null])
    simulator.deleteCustomer(contoso)
    assert.deepStrictEqual([held(contoso), simulator.site(HEADQUARTERS_GUID)], [undefined, undefined])
    assert.deepStrictEqual(await send('GET', `/tenantui/api/v2/customer/${contoso}`), {
      status: 404,
      body: `Customer with ${contoso} not found`
    })
    simulator.reset()
    assert.strictEqual(held(contoso)?.shortName, 'contoso')
  })

  const values: readonly [keyof CustomerEdit, readonly unknown[], readonly unknown[]][] = [
    ['shortName', ['n', ''], [1, null]],
    ['licenseType', [5], ['5', null, 1.5]],
    ['licensedUsersCount', [0, null], ['0']],
    ['msTenantId', ['', null], [1]],
    ['clientSecretExpirationDate', ['1/31/2030 9:00:00 AM', null], [0]],
    ['activeUserCount', [1], [null]]
  ]
  for (const [name, good, bad] of values) {
    it(`take values of the right type for ${name}, and no others`, () => {
      const outcome = (value: unknown) => why(() => simulator.editCustomer(acme, { [name]: value }))
      assert.deepStrictEqual(
        [good.map(outcome), bad.map(outcome)],
        [good.map(() => undefined), bad.map(() => `Field "${name}" cannot have a value of this type.`)]
      )
    })
  }

  it('refuse what makes no sense', () => {
    assert.deepStrictEqual(
      [
        why(() => simulator.editCustomer(UNKNOWN, {})),
        why(() => simulator.editCustomer(acme, { guid: UNKNOWN } as object)),
        why(() => simulator.editCustomer(acme, { toString: 1 } as object)),
        why(() => simulator.deleteCustomer('x')),
        why(() => simulator.addCustomer({} as { shortName: string })),
        why(() => simulator.addCustomer({ shortName: 'a', guid: 'x' })),
        why(() => simulator.addCustomer({ shortName: 'a', guid: acme }))
      ],
      [
        `There is no customer ${UNKNOWN}.`,
        'A customer has no field "guid" to set',
        'A customer has no field "toString" to set',
        'There is no customer x.',
        'Field "shortName" cannot have a value of this type.',
        'The guid of a customer must be a well-formed guid.',
        `There is a customer ${acme} already.`
      ]
    )
    assert.strictEqual(simulator.state().customers.length, 4)
  })

  it('admin calls do the same', async () => {
    const made = await send('POST', '/__simulator/customers', { shortName: 'made' })
    const { guid } = made.body as { guid: string }
    assert.strictEqual(held(guid)?.shortName, 'made')
    assert.deepStrictEqual(await send('POST', `/__simulator/customers/${guid}`, { fullName: 'Made' }), {
      status: 200,
      body: held(guid)
    })
    assert.strictEqual(held(guid)?.fullName, 'Made')
    assert.deepStrictEqual(await send('DELETE', `/__simulator/customers/${guid}`), { status: 200, body: {} })
    assert.strictEqual(held(guid), undefined)
    assert.deepStrictEqual(await send('DELETE', '/__simulator/customers/x'), {
      status: 400,
      body: { error: 'There is no customer x.' }
    })
  })

  it('setLists: other lists in place of those of the seed, until reset', async () => {
    simulator.setLists({ leads: manyLeads(3), scripts: [] })
    const tenantIds = ((await send('GET', '/tenantui/api/v2/oc/lead')).body as { tenantId: string }[]).map(
      (l) => l.tenantId
    )
    assert.deepStrictEqual(
      tenantIds,
      simulator.state().leads.map(({ tenantId }) => tenantId)
    )
    assert.deepStrictEqual([tenantIds.length, new Set(tenantIds).size], [3, 3])
    assert.deepStrictEqual((await send('GET', '/tenantui/api/v2/scripttemplates')).body, [])
    assert.strictEqual(simulator.state().sbcs.length, 3)
    simulator.reset()
    assert.deepStrictEqual([simulator.state().leads.length, simulator.state().scripts.length], [4, 11])
    assert.strictEqual(held(customerGuids.umbrella)?.licenseType, 3)
  })
})
