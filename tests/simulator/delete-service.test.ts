import * as assert from 'node:assert'
import { HEADQUARTERS_GUID } from '../../simulator'
import { acme, added, at, contoso, refused, session, UNKNOWN } from './support'
import type { Session } from './support'

const plan = `v2/customer/${contoso}/sitelocation/${HEADQUARTERS_GUID}/dialplan/CustDialPlan`

const withRule = (s: Session): Session => {
  const add = [{ name: 'CustDialPlan', prefix: '+15550100', tag: 'sbc1.example.net' }]
  assert.strictEqual(s.send('PATCH', plan, { dialPlanId: 'CustDialPlan', add, remove: [] }).status, 200)
  return s
}

const remove = (s: Session, guid: string = contoso) => s.send('DELETE', `v2/customer/${guid}`)

describe('simulator: Delete Service', () => {
  it('takes its connections and their dial plans with it, and nothing else', () => {
    const s = withRule(session())
    const kept = added(s)
    assert.deepStrictEqual(remove(s), { status: 200, body: 1 })
    assert.deepStrictEqual(
      [`v3/customer/${contoso}`, `v2/sitelocation/${HEADQUARTERS_GUID}`, plan].map((path) => s.send('GET', path)),
      [
        { status: 404, body: `Customer with ${contoso} not found` },
        { status: 404, body: `Site location with ${HEADQUARTERS_GUID} not found` },
        { status: 404, body: `Customer with ${contoso} not found` }
      ]
    )
    assert.deepStrictEqual([s.state.dialPlans.size, s.state.sites.size, s.state.customers.size], [0, 1, 3])
    assert.strictEqual(s.send('GET', `v2/sitelocation/${kept}`).status, 200)
    assert.deepStrictEqual(remove(s), { status: 404, body: `Customer with ${contoso} not found` })
  })

  it('deleteServiceMs: until then everything is there, and a second call changes nothing', () => {
    const s = withRule(session({ deleteServiceMs: 100 }))
    assert.deepStrictEqual(remove(s), { status: 200, body: 1 })
    s.now = 50
    assert.deepStrictEqual(remove(s), { status: 200, body: 1 })
    const seen = [99, 100].map((now) => {
      s.now = now
      const guids = (s.send('GET', 'v3/customer').body as object[]).map((each) => at(each, 'UmpCustomerGuid'))
      return [
        guids.includes(contoso),
        s.send('GET', `v2/customer/${contoso}`).status,
        s.send('GET', `v2/sitelocation/${HEADQUARTERS_GUID}`).status,
        s.state.dialPlans.size
      ]
    })
    assert.deepStrictEqual(seen, [
      [true, 200, 200, 1],
      [false, 404, 404, 0]
    ])
    assert.deepStrictEqual([s.state.due, s.state.nextDueAt], [[], Infinity])
  })

  it('a connection that is being deleted already', () => {
    const s = session({ deleteTaskMs: 100, deleteServiceMs: 10 })
    const guid = added(s)
    s.send('DELETE', `v2/sitelocation/${guid}`)
    remove(s, acme)
    s.now = 200
    assert.strictEqual(s.send('GET', `v2/sitelocation/${guid}`).status, 404)
    assert.deepStrictEqual([s.state.due, s.state.sites.size], [[], 1])
  })

  it('refuses a service that is not there, and a guid that is none', () => {
    assert.deepStrictEqual(remove(session(), UNKNOWN), { status: 404, body: `Customer with ${UNKNOWN} not found` })
    refused(remove(session(), 'contoso'), { customerGuid: ['The value is not a valid guid.'] })
  })
})
