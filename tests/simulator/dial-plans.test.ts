import * as assert from 'node:assert'
import { HEADQUARTERS_GUID } from '../../simulator'
import type { Switches } from '../../simulator'
import { acme, added, at, contoso, least, refused, session, UNKNOWN } from './support'
import type { Session } from './support'

const pathOf = (customer: string, site: string, name: string) =>
  `v2/customer/${customer}/sitelocation/${site}/dialplan/${name}`

const path = pathOf(contoso, HEADQUARTERS_GUID, 'CustDialPlan')

interface Rule {
  readonly name: string
  readonly prefix: string
  readonly tag: string
}

const rule = (prefix: string, tag = 'sbc1.example.net', name = 'CustDialPlan'): Rule => ({ name, prefix, tag })

const patch = (s: Session, add: readonly unknown[], remove: readonly unknown[] = []) =>
  s.send('PATCH', path, { dialPlanId: 'CustDialPlan', add, remove })

const read = (s: Session, at: string = path) => s.send('GET', at)

/** Rules as they are read, without their names. */
const rules = (s: Session): unknown[] =>
  (at(read(s).body, 'ruleDTO') as Rule[]).map(({ prefix, tag }) => `${prefix} ${tag}`)

const detail = (answer: { status: number; body: unknown }) => [answer.status, at(answer.body, 'detail')]

describe('simulator: dial plans', () => {
  it('every connection has four, and they are empty', () => {
    const s = session()
    for (const name of ['CustDialPlan', 'OCDialPlan', 'RegisteredUsers', 'Zoom']) {
      const answer = { status: 200, body: { dialPlanId: name, ruleDTO: [] } }
      assert.deepStrictEqual(read(s, pathOf(contoso, HEADQUARTERS_GUID, name)), answer)
      assert.deepStrictEqual(read(s, pathOf(acme, added(s, { ...least, siteLocationName: name }), name)), answer)
    }
  })

  it('change sets: removed first, then added; the rest stays, in its order', () => {
    const s = session()
    assert.deepStrictEqual(patch(s, [rule('+15550102'), rule('+15550101'), rule('5550100')]), { status: 200, body: 1 })
    patch(s, [rule('+15550101', 'sbc2.example.net'), rule('+1555')], [rule('+15550101'), rule('5550100')])
    assert.deepStrictEqual(read(s), {
      status: 200,
      body: {
        dialPlanId: 'CustDialPlan',
        ruleDTO: [
          rule('+15550102', 'sbc1.example.net', 'headquarters'),
          rule('+15550101', 'sbc2.example.net', 'headquarters'),
          rule('+1555', 'sbc1.example.net', 'headquarters')
        ]
      }
    })
    assert.deepStrictEqual(at(read(s, pathOf(contoso, HEADQUARTERS_GUID, 'Zoom')).body, 'ruleDTO'), [])
  })

  it('ruleName: what was written, or else the name of the plan', () => {
    const s = session({ ruleName: 'written' })
    patch(s, [rule('+1', 'sbc1.example.net', 'own'), { prefix: '+2', tag: 'sbc1.example.net' }])
    const written = [rule('+1', 'sbc1.example.net', 'own'), rule('+2')]
    assert.deepStrictEqual(at(read(s).body, 'ruleDTO'), written)
    s.state = { ...s.state, switches: { ...s.state.switches, ruleName: 'site' } }
    assert.deepStrictEqual(
      at(read(s).body, 'ruleDTO'),
      written.map((each) => ({ ...each, name: 'headquarters' }))
    )
  })

  it('unknownRemove: a prefix that is not there, or has another tag', () => {
    const absent = [rule('+2'), rule('+1', 'sbc2.example.net')]
    const s = session()
    patch(s, [rule('+1')])
    assert.deepStrictEqual([patch(s, [], absent).status, rules(s)], [200, ['+1 sbc1.example.net']])
    const strict = session({ unknownRemove: 'refused' })
    patch(strict, [rule('+1')])
    for (const each of absent) {
      assert.deepStrictEqual(detail(patch(strict, [rule('+3')], [each])), [
        400,
        `There is no rule of prefix ${each.prefix} and this tag.`
      ])
    }
    assert.deepStrictEqual(rules(strict), ['+1 sbc1.example.net'])
  })

  const twice: readonly [Switches['duplicateAdd'], readonly unknown[], readonly string[]][] = [
    ['ignored', [200, undefined], ['+1 sbc1.example.net', '+2 sbc1.example.net']],
    ['refused', [400, 'Prefix +1 is there already.'], ['+1 sbc1.example.net']],
    ['doubled', [200, undefined], ['+1 sbc1.example.net', '+2 sbc1.example.net', '+1 SBC1.example.net']]
  ]
  for (const [duplicateAdd, answer, left] of twice) {
    it(`duplicateAdd: ${duplicateAdd}`, () => {
      const s = session({ duplicateAdd })
      patch(s, [rule('+1')])
      assert.deepStrictEqual(detail(patch(s, [rule('+2'), rule('+1', 'SBC1.example.net')])), answer)
      assert.deepStrictEqual(rules(s), left)
    })
  }

  it('doubled rules are removed together', () => {
    const s = session({ duplicateAdd: 'doubled' })
    patch(s, [rule('+1'), rule('+1')])
    patch(s, [], [rule('+1')])
    assert.deepStrictEqual([rules(s), s.state.dialPlans.size], [[], 0])
  })

  it('one prefix has one tag: another one is refused with problem details, and nothing is changed', () => {
    const s = session()
    patch(s, [rule('+1')])
    const answer = patch(s, [rule('+3'), rule('+1', 'sbc2.example.net')])
    const { traceId, errorTicket } = answer.body as { traceId: unknown; errorTicket: unknown }
    assert.deepStrictEqual(answer, {
      status: 400,
      body: {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'Prefix +1 has another tag already.',
        instance: `/tenantui/api/${path}`,
        errorTicket,
        errorCode: 'InvalidDialPlanChange',
        traceId
      }
    })
    assert.deepStrictEqual(rules(s), ['+1 sbc1.example.net'])
  })

  const answers: readonly [Switches['dialPlanAnswer'], unknown][] = [
    ['one', 1],
    ['messages', { executionMessages: [{ level: 'Information', message: 'Dial plan saved.' }] }],
    ['string', 'Dial plan saved.'],
    ['empty', undefined]
  ]
  for (const [dialPlanAnswer, body] of answers) {
    it(`dialPlanAnswer: ${dialPlanAnswer}`, () => {
      assert.deepStrictEqual(patch(session({ dialPlanAnswer }), [rule('+1')]), { status: 200, body })
    })
  }

  it('refuses what is wrong with the body', () => {
    const s = session()
    const digits = ['The value must be digits, with or without a plus in front.']
    const fqdn = ['The value must be a fully qualified domain name.']
    const list = ['The value must be a list.']
    refused(s.send('PATCH', path, {}), { dialPlanId: ['The field is required.'] })
    refused(s.send('PATCH', path, { dialPlanId: 'Zoom', add: [{ prefix: '+1' }] }), {
      dialPlanId: ['The value must be the dial plan in the path.'],
      'add[0].tag': ['The field is required.']
    })
    refused(s.send('PATCH', path, { dialPlanId: 'CustDialPlan', add: {}, remove: 'x', colour: 1 }), {
      add: list,
      remove: list,
      colour: ['This member is not documented.']
    })
    const wrong = [rule('1-2'), rule('+'), rule('+1', 'sbc1'), rule('+1', 'sbc1..net'), rule('+1', 'a.-b.net')]
    refused(patch(s, [...wrong, { ...rule('+1'), colour: 1 }, 7], [rule('')]), {
      'add[0].prefix': digits,
      'add[1].prefix': digits,
      'add[2].tag': fqdn,
      'add[3].tag': fqdn,
      'add[4].tag': fqdn,
      'add[5].colour': ['This member is not documented.'],
      'add[6]': ['The value must be an object.'],
      'remove[0].prefix': digits
    })
    assert.strictEqual(s.state.dialPlans.size, 0)
  })

  it('refuses a plan, a connection, a service that is not there, and a connection of another service', () => {
    const s = session({ addVisibleAfterMs: 10 })
    const early = added(s)
    const table: readonly [string, string][] = [
      [pathOf(contoso, HEADQUARTERS_GUID, 'MyPlan'), 'Dial plan with MyPlan not found'],
      [pathOf(contoso, HEADQUARTERS_GUID, 'custdialplan'), 'Dial plan with custdialplan not found'],
      [pathOf(contoso, UNKNOWN, 'Zoom'), `Site location with ${UNKNOWN} not found`],
      [pathOf(acme, HEADQUARTERS_GUID, 'Zoom'), `Site location with ${HEADQUARTERS_GUID} not found`],
      [pathOf(acme, early, 'Zoom'), `Site location with ${early} not found`],
      [pathOf(UNKNOWN, HEADQUARTERS_GUID, 'Zoom'), `Customer with ${UNKNOWN} not found`]
    ]
    for (const [where, body] of table) {
      assert.deepStrictEqual(read(s, where), { status: 404, body })
      assert.deepStrictEqual(s.send('PATCH', where, { dialPlanId: 'Zoom' }), { status: 404, body })
    }
    refused(read(s, pathOf('x', HEADQUARTERS_GUID, 'Zoom')), { customerGuid: ['The value is not a valid guid.'] })
    refused(read(s, pathOf(contoso, 'x', 'Zoom')), { siteLocationId: ['The value is not a valid guid.'] })
  })

  it('go with their connection', () => {
    const s = session()
    patch(s, [rule('+1')])
    s.send('DELETE', `v2/sitelocation/${HEADQUARTERS_GUID}`)
    assert.strictEqual(s.state.dialPlans.size, 0)
  })

  it('10,000 rules: in one change, and one more', () => {
    const s = session()
    const many = Array.from({ length: 10_000 }, (_, i) => rule(`+1${10_000 + i}`))
    assert.strictEqual(patch(s, many).status, 200)
    patch(s, [rule('+2')], many.slice(1, 9_999))
    assert.deepStrictEqual(rules(s), ['+110000 sbc1.example.net', '+119999 sbc1.example.net', '+2 sbc1.example.net'])
  })
})
