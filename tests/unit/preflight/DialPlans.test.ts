import * as assert from 'node:assert'
import * as fc from 'fast-check'
import {
  type DeclaredPlan,
  type DeclaredPrefixes,
  type DeclaredRule,
  contradictions,
  existing,
  otherTags
} from '../../../provider/preflight/DialPlans'
import { check } from '../../support/property'

const [a, b] = ['a.example.net', 'b.example.net']
const rule = (prefix: string, tag?: string): DeclaredRule => ({ prefix, ...(tag === undefined ? {} : { tag }) })
const plan = (name: string, rules: ReadonlyArray<DeclaredRule>, more: Partial<DeclaredPlan> = {}): DeclaredPlan => ({
  name,
  site: 's1',
  dialPlanName: 'CustDialPlan',
  rules,
  ...more
})

/** Severity, name of the plan, text. */
const told = (
  plans: ReadonlyArray<DeclaredPlan>,
  connections: ReadonlyArray<DeclaredPrefixes> = []
): ReadonlyArray<string> =>
  contradictions(plans, connections).map(({ severity, plan: { name }, text }) => `${severity} ${name}: ${text}`)

const twice = (what: string, which: string): string =>
  `error two: rules: DialPlan "one" declares ${what} of the same plan too: ${which}; declare each prefix of a plan once`
const shadow = (severity: string, name: string, whose: string, which: string): string =>
  `${severity} ${name}: rules: a shorter prefix${whose} may take the calls of a longer one with another tag, unless the SBC takes the longest match: ${which}`

describe('Dial plans of a program', () => {
  const cases: ReadonlyArray<
    readonly [string, ReadonlyArray<DeclaredPlan>, ReadonlyArray<string>, ReadonlyArray<DeclaredPrefixes>?]
  > = [
    ['one alone', [plan('one', [rule('+49', a), rule('+1', b)])], []],
    ['prefixes of their own', [plan('one', [rule('+49', a)]), plan('two', [rule('+1', b)])], []],
    [
      'the same prefix with the same tag, however it is spelt',
      [plan('one', [rule('+49', a)]), plan('two', [rule('+49', 'A.example.net.')])],
      [twice('a prefix', '+49')]
    ],
    [
      'the same prefix with another tag, and with one that is not known yet',
      [
        plan('one', [rule('+49', a), rule('+1'), rule('+7', b)]),
        plan('two', [rule('+49', b), rule('+1', b), rule('+7', b)])
      ],
      [twice('3 prefixes', `+49 (${b}), there ${a}, +1, +7`)]
    ],
    [
      'the same prefix three times: each with the first',
      [plan('one', [rule('+49', a)]), plan('two', [rule('+49', a)]), plan('three', [rule('+49', a)])],
      [twice('a prefix', '+49'), twice('a prefix', '+49').replace('error two', 'error three')]
    ],
    [
      'the same prefix in another plan, and at another connection',
      [
        plan('one', [rule('+49', a)]),
        plan('two', [rule('+49', b)], { dialPlanName: 'Zoom' }),
        plan('three', [rule('+49', b)], { site: 's2' })
      ],
      []
    ],
    [
      'names of plans that differ in case alone',
      [plan('one', [rule('+49', a)]), plan('two', [rule('+49', a)], { dialPlanName: 'custdialplan' })],
      [twice('a prefix', '+49')]
    ],
    [
      'a shorter prefix with another tag, declared before or after',
      [plan('one', [rule('+49', a)]), plan('two', [rule('+4930', b), rule('+4940', b)])],
      [
        shadow(
          'warn',
          'two',
          ' of DialPlan "one"',
          `+49 (${a}) those of +4930 (${b}), +49 (${a}) those of +4940 (${b})`
        )
      ]
    ],
    [
      'a longer prefix that was declared before',
      [plan('one', [rule('+4930', b)]), plan('two', [rule('+49', a)])],
      [shadow('warn', 'one', ' of DialPlan "two"', `+49 (${a}) those of +4930 (${b})`)]
    ],
    [
      'of several shorter ones the longest counts',
      [plan('one', [rule('+4', b), rule('+49', a)]), plan('two', [rule('+4930', a)])],
      [shadow('info', 'one', '', `+4 (${b}) those of +49 (${a})`)]
    ],
    [
      'a shorter one with the same tag',
      [plan('one', [rule('+49', a)]), plan('two', [rule('+4930', 'A.EXAMPLE.NET')])],
      []
    ],
    ['a shorter one whose tag is not known yet', [plan('one', [rule('+49')]), plan('two', [rule('+4930', a)])], []],
    ['without a plus it is another number', [plan('one', [rule('49', a)]), plan('two', [rule('+4930', b)])], []],
    [
      'a connection with dialPlanPrefixes of its own',
      [plan('one', [rule('+49', a)]), plan('two', [rule('+49', b)], { site: 's2' })],
      [
        'error two: siteGuid: SipConnection "branch" declares dialPlanPrefixes of the same connection; each would undo what the other one writes, so take them out of one of the two'
      ],
      [
        { name: 'branch', site: 's2' },
        { name: 'other', site: 's3' }
      ]
    ]
  ]
  for (const [name, plans, expected, connections] of cases) {
    it(name, () => {
      assert.deepStrictEqual(told(plans, connections), expected)
    })
  }

  it('of many the first are listed', () => {
    const many = (tag: string) => Array.from({ length: 10_000 }, (_, index) => rule(`+49${10_000 + index}`, tag))
    const [text = '', ...others] = told([plan('one', many(a)), plan('two', many(a))])
    assert.match(text, /declares 10000 prefixes of the same plan too: \+4910000, .* and 99\d\d more; /)
    assert.deepStrictEqual(others, [])
  })

  it('prefixes that no two plans share never are an error, and one that is put into both always is', () => {
    const prefixes = fc.uniqueArray(fc.stringMatching(/^\+?[1-3]{1,4}$/), { minLength: 1 })
    check(
      fc.property(prefixes, fc.integer({ min: 0, max: 30 }), fc.constantFrom(a, b), (all, at, tag) => {
        const half = Math.min(at, all.length)
        const [one, two] = [all.slice(0, half), all.slice(half)].map((each) => each.map((prefix) => rule(prefix, tag)))
        const plans = [plan('one', one ?? []), plan('two', two ?? [])]
        assert.deepStrictEqual(told(plans), [])
        const [shared] = all
        const with3 = [...plans, plan('three', [rule(shared ?? '', b)])]
        assert.strictEqual(contradictions(with3, []).filter(({ severity }) => severity === 'error').length, 1)
      })
    )
  })
})

describe('Dial plans and what is there', () => {
  const live = [rule('+49', a), rule('+1', b)].map(({ prefix, tag = '' }) => ({ prefix, tag, name: 'site' }))

  it('a new resource finds prefixes that exist, whatever their tag', () => {
    assert.deepStrictEqual(existing([rule('+49', a), rule('+1'), rule('+7', a)], live), [
      `rules: the dial plan has 2 of the declared prefixes already: +49 (${a}), +1 (${b}); to take them over, declare adopt: true (another tag is replaced)`
    ])
    assert.deepStrictEqual(existing([rule('+4', a)], live), [])
  })

  it('of one that is there another tag is worth a look', () => {
    assert.deepStrictEqual(otherTags('Zoom', [rule('+49', 'A.example.net'), rule('+1', a)], live), [
      `Dial plan "Zoom" has another tag than declared for a prefix, which this run sets if the prefix is its own: +1 (${b})`
    ])
    assert.deepStrictEqual(otherTags('Zoom', [rule('+49', a), rule('+1')], live), [])
  })
})
