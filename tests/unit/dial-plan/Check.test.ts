import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import { check } from '../../../provider/dial-plan/Check'
import { configError } from '../../../provider/Errors'
import { unknowns } from '../../support/unknowns'
import { customerGuid, defaults, siteGuid } from '../support'
import { allArgs } from './support'

const settings = E.right(defaults)
const rule = { prefix: '+4930', tag: 'sbc1.example.net' }
const least = { customerGuid, siteGuid, rules: [rule] }

describe('DialPlan check', () => {
  it('takes the least, with the name of the usual plan, and every input', () => {
    assert.deepStrictEqual(check({}, least, settings), {
      inputs: { ...least, dialPlanName: 'CustDialPlan' },
      failures: []
    })
    assert.deepStrictEqual(check({}, allArgs, settings), { inputs: allArgs, failures: [] })
  })

  it('brings uuids into lower case, and leaves out what is null', () => {
    const given = {
      customerGuid: customerGuid.toUpperCase(),
      siteGuid: siteGuid.toUpperCase(),
      rules: [{ ...rule, name: null }],
      dialPlanName: null,
      adopt: null
    }
    assert.deepStrictEqual(check({}, given, settings), {
      inputs: { ...least, dialPlanName: 'CustDialPlan' },
      failures: []
    })
  })

  it('tells everything at once, with the path of the field and without the value', () => {
    const given = {
      customerGuid: 'Zq7',
      siteId: siteGuid,
      dialPlanName: 'a/Zq7',
      rules: [
        { prefix: 'Zq7', tag: 'Zq7' },
        { prefix: 4930, tag: 'sbc1.example.net.', colour: 'Zq7' },
        { prefix: '+1234567890123456', tag: '' },
        'Zq7',
        { tag: 'sbc1.example.net', name: ' Zq7' }
      ],
      adopt: 'Zq7'
    }
    const { failures } = check({}, given, E.left(configError('no baseUrl')))
    assert.deepStrictEqual(failures, [
      'no baseUrl',
      'customerGuid: expected a uuid such as 11111111-2222-3333-4444-555555555555',
      'siteId: unknown input; did you mean siteGuid?',
      'dialPlanName: expected the name of a dial plan such as CustDialPlan, without a slash',
      [
        'rules[0].prefix: expected 1 to 15 digits, with or without a "+" in front',
        'rules[0].tag: expected a fully qualified domain name such as sbc1.example.net',
        'rules[1].colour: is not a field of it; the fields are prefix, tag, name',
        'rules[1].prefix: expected a prefix of 1 to 15 digits, with or without a "+"',
        'rules[2].prefix: expected 1 to 15 digits, with or without a "+" in front',
        'rules[2].tag: is empty; expected a fully qualified domain name, or leave it out',
        'rules[3]: expected an object with prefix, tag and perhaps name',
        'rules[4].prefix: expected a prefix of 1 to 15 digits, with or without a "+"',
        'rules[4].name: has a blank at an end; remove it (the name of a rule)'
      ].join('; '),
      'adopt: expected true or false',
      'siteGuid: is required'
    ])
    assert.ok(!failures.join().includes('Zq7'))
  })

  for (const [name, rules, failure] of [
    ['an empty list', [], 'rules: is empty; declare at least one rule, or remove the resource'],
    ['no list', 'x', 'rules: expected a list of rules'],
    ['none', undefined, 'rules: is required'],
    [
      'a prefix twice, with the same tag or with another one',
      [rule, { prefix: '+1', tag: 'a.example.net' }, rule, { prefix: '+1', tag: 'b.example.net' }],
      'rules[2].prefix: is the same prefix as [0]; remove one; rules[3].prefix: is the same prefix as [1]; remove one'
    ]
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.deepStrictEqual(check({}, { ...least, rules }, settings).failures, [failure])
    })
  }

  for (const dialPlanName of ['.', '..', 'a/b', ' Zoom', '']) {
    it(`refuses the plan ${JSON.stringify(dialPlanName)}`, () => {
      const { failures } = check({}, { ...least, dialPlanName }, settings)
      assert.strictEqual(failures.length, 1)
      assert.match(failures[0] ?? '', /^dialPlanName: /)
    })
  }

  it('lets pass what is not known yet, at any depth, and judges the rest', () => {
    for (const value of Object.values(unknowns)) {
      const all = Object.fromEntries(Object.keys(allArgs).map((key) => [key, value]))
      assert.deepStrictEqual(check({}, all, settings), { inputs: all, failures: [] })
      const rules = [
        value,
        { prefix: value, tag: value },
        { prefix: value, tag: rule.tag },
        rule,
        { ...rule, tag: value }
      ]
      assert.deepStrictEqual(check({}, { ...least, rules }, settings).failures, [
        'rules[4].prefix: is the same prefix as [3]; remove one'
      ])
    }
  })

  it('takes 10,000 prefixes, and names one that is there twice', () => {
    const rules = Array.from({ length: 10_000 }, (_, index) => ({
      prefix: `+49${String(index).padStart(6, '0')}`,
      tag: 'sbc1.example.net'
    }))
    assert.deepStrictEqual(check({}, { ...least, rules }, settings).failures, [])
    assert.deepStrictEqual(check({}, { ...least, rules: [...rules, rules[4711]] }, settings).failures, [
      'rules[10000].prefix: is the same prefix as [4711]; remove one'
    ])
  })
})
