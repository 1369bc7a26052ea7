import * as assert from 'node:assert'
import { HEADQUARTERS_GUID, startSimulator } from '../../simulator'
import type { DialPlanEdit, NewLead, Simulator } from '../../simulator'
import { exchange } from './http'
import { contoso, UNKNOWN } from './support'

describe('simulator: dial plans and leads in the portal', () => {
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
  const why = (act: () => unknown) => {
    try {
      return act()
    } catch (cause) {
      return (cause as Error).message.replace(/: choose among .*/, '')
    }
  }
  const tag = 'sbc1.example.net'
  const edit = (change: DialPlanEdit) => simulator.editDialPlan(HEADQUARTERS_GUID.toUpperCase(), 'CustDialPlan', change)
  const held = () => simulator.dialPlan(HEADQUARTERS_GUID, 'CustDialPlan')

  it('a dial plan is edited: what Get shows, and the state', async () => {
    edit({
      add: [
        { prefix: '+1', tag },
        { prefix: '+2', tag, name: 'own' }
      ]
    })
    edit({ add: [{ prefix: '+1', tag: 'sbc2.example.net' }], remove: [{ prefix: '+1', tag }] })
    const rules = [
      { name: 'own', prefix: '+2', tag },
      { name: 'CustDialPlan', prefix: '+1', tag: 'sbc2.example.net' }
    ]
    assert.deepStrictEqual(held(), rules)
    assert.deepStrictEqual(simulator.state().dialPlans, [{ siteGuid: HEADQUARTERS_GUID, name: 'CustDialPlan', rules }])
    const path = `/tenantui/api/v2/customer/${contoso}/sitelocation/${HEADQUARTERS_GUID}/dialplan/CustDialPlan`
    const ruleDTO = rules.map((rule) => ({ ...rule, name: 'headquarters' }))
    assert.deepStrictEqual((await send('GET', path)).body, { dialPlanId: 'CustDialPlan', ruleDTO })
    assert.deepStrictEqual(simulator.dialPlan(HEADQUARTERS_GUID, 'Zoom'), [])
    simulator.reset()
    assert.deepStrictEqual(simulator.state().dialPlans, [])
  })

  it('an edit that makes no sense changes nothing', () => {
    edit({ add: [{ prefix: '+1', tag }] })
    const before = held()
    const texts = 'must be a list of rules with prefix, tag and perhaps name, all of them texts.'
    assert.deepStrictEqual(
      [
        why(() => simulator.editDialPlan(UNKNOWN, 'Zoom', {})),
        why(() => simulator.editDialPlan(HEADQUARTERS_GUID, 'zoom', {})),
        why(() => edit({ rules: [] } as object)),
        why(() => edit({ add: 'x' } as object)),
        why(() => edit({ remove: [{ prefix: '+1' }] } as object)),
        why(() => edit({ add: [{ prefix: '+1', tag, colour: 1 }] } as object)),
        why(() =>
          edit({
            add: [
              { prefix: '+2', tag },
              { prefix: '+1', tag }
            ]
          })
        ),
        why(() => edit({ add: [{ prefix: '+1', tag: 'sbc2.example.net' }] })),
        why(() => edit({ remove: [{ prefix: '+2', tag }] }))
      ],
      [
        `There is no site ${UNKNOWN}.`,
        'There is no dial plan "zoom"',
        'A dial plan edit has no member "rules".',
        `"add" ${texts}`,
        `"remove" ${texts}`,
        `"add" ${texts}`,
        'Prefix +1 is there already.',
        'Prefix +1 has another tag already.',
        'There is no rule of prefix +2 and this tag.'
      ]
    )
    assert.deepStrictEqual(held(), before)
  })

  it('a lead comes in, active and without a service', async () => {
    const tenantId = 'A0A0A0A0-0001-4000-8000-0000000000AA'
    const id = simulator.addLead({ tenantId, companyName: 'Hooli', consentedCountries: ['DE'] })
    const { body } = await send('GET', `/tenantui/api/v2/oc/lead?msTenantId=${tenantId}`)
    assert.deepStrictEqual(
      (body as Record<string, unknown>[]).map(({ id: leadId, tenantId: of, status, umpCustomerGuid, isNotActive }) => [
        ...[leadId, of, status, umpCustomerGuid, isNotActive]
      ]),
      [[id, tenantId.toLowerCase(), 'Active', null, false]]
    )
    const answer = await send('POST', '/tenantui/api/v3/customer', {
      configurationName: 'OcEssential_TENANT_TYPE',
      customerShortName: 'hooli',
      msTenantId: tenantId
    })
    assert.strictEqual(answer.status, 200)
  })

  it('a lead that makes no sense does not', () => {
    const good = { tenantId: UNKNOWN, companyName: 'Hooli' }
    assert.deepStrictEqual(
      [
        why(() => simulator.addLead({ companyName: 'Hooli' } as NewLead)),
        why(() => simulator.addLead({ tenantId: UNKNOWN } as NewLead)),
        why(() => simulator.addLead({ ...good, status: 'Gone' } as unknown as NewLead)),
        why(() => simulator.addLead({ ...good, id: UNKNOWN } as NewLead))
      ],
      [
        'Field "tenantId" cannot have a value of this type.',
        'Field "companyName" cannot have a value of this type.',
        'Field "status" cannot have a value of this type.',
        'A lead has no field "id" to set'
      ]
    )
    assert.strictEqual(simulator.state().leads.length, 4)
  })

  it('admin calls do the same', async () => {
    const path = `/__simulator/sites/${HEADQUARTERS_GUID}/dialplans/Zoom`
    const rules = [{ name: 'Zoom', prefix: '+1', tag }]
    assert.deepStrictEqual(await send('POST', path, { add: [{ prefix: '+1', tag }] }), { status: 200, body: rules })
    assert.deepStrictEqual(simulator.dialPlan(HEADQUARTERS_GUID, 'Zoom'), rules)
    assert.strictEqual((await send('POST', path, { add: 1 })).status, 400)
    assert.strictEqual((await send('POST', `/__simulator/customers/${contoso}/dialplans/Zoom`, {})).status, 404)
    const lead = { tenantId: UNKNOWN, companyName: 'Hooli' }
    const { body } = await send('POST', '/__simulator/leads', lead)
    assert.deepStrictEqual(body, { id: simulator.state().leads[4]?.id })
  })
})
