import * as assert from 'node:assert'
import * as fc from 'fast-check'
import {
  type ChangeSet,
  type Desired,
  type Rule,
  isEmpty,
  planned,
  projected,
  ruleKey,
  sameRules,
  seen,
  tagKey
} from '../../../provider/dial-plan/ChangeSet'
import { check } from '../../support/property'

const [a, b, c] = ['a.example.net', 'b.example.net', 'c.example.net']
const rule = (prefix: string, tag: string, name?: string): Rule => ({
  prefix,
  tag,
  ...(name === undefined ? {} : { name })
})
const sent = (prefix: string, tag: string, name = 'Plan') => ({ name, prefix, tag })

const desired = (more: Partial<Desired>): Desired => ({
  ruleName: 'Plan',
  declared: [],
  owned: [],
  live: [],
  adopt: false,
  ...more
})

const nothing = { change: { add: [], remove: [] }, conflicts: [], setBack: [], left: [] }

describe('DialPlan ChangeSet: planned', () => {
  const cases: Readonly<Record<string, readonly [Partial<Desired>, object]>> = {
    'a new rule in an empty plan': [{ declared: [rule('+49', a)] }, { change: { add: [sent('+49', a)], remove: [] } }],
    'a new rule with a name of its own': [
      { declared: [rule('+49', a, 'Mine')] },
      { change: { add: [sent('+49', a, 'Mine')], remove: [] } }
    ],
    'rules of others stay': [
      { declared: [rule('+49', a)], live: [rule('+1', b), rule('+4930', b)] },
      { change: { add: [sent('+49', a)], remove: [] } }
    ],
    'what is there is not sent, however its tag and its name are spelt': [
      {
        declared: [rule('+49', 'A.example.net.'), rule('+1', b, 'Mine')],
        owned: [rule('+49', a), rule('+1', b)],
        live: [rule('+49', 'a.EXAMPLE.net', 'site-7'), rule('+1', b, 'site-7')]
      },
      {}
    ],
    'a prefix that is no longer declared': [
      { declared: [rule('+1', b)], owned: [rule('+49', a), rule('+1', b)], live: [rule('+49', a), rule('+1', b)] },
      { change: { add: [], remove: [sent('+49', a)] } }
    ],
    'goes under the name that it was given, with the tag as the platform spells it': [
      { owned: [rule('+49', a, 'Mine')], live: [rule('+49', 'A.example.net', 'site-7')] },
      { change: { add: [], remove: [sent('+49', 'A.example.net', 'Mine')] } }
    ],
    'one that is gone already': [{ owned: [rule('+49', a)] }, {}],
    'another tag in the program': [
      { declared: [rule('+49', b)], owned: [rule('+49', a)], live: [rule('+49', a)] },
      { change: { add: [sent('+49', b)], remove: [sent('+49', a)] } }
    ],
    'another tag on the platform is set back, and told': [
      { declared: [rule('+49', a)], owned: [rule('+49', a)], live: [rule('+49', c)] },
      { change: { add: [sent('+49', a)], remove: [sent('+49', c)] }, setBack: [rule('+49', c)] }
    ],
    'a second rule for a prefix of ours goes': [
      { declared: [rule('+49', a)], owned: [rule('+49', a)], live: [rule('+49', a), rule('+49', c)] },
      { change: { add: [], remove: [sent('+49', c)] }, setBack: [rule('+49', c)] }
    ],
    'another tag on a prefix that is to go: it is left': [
      { owned: [rule('+49', a)], live: [rule('+49', c)] },
      { left: [rule('+49', c)] }
    ],
    'a new prefix that is there, with any tag': [
      { declared: [rule('+49', a), rule('+1', a)], live: [rule('+49', a), rule('+1', b)] },
      {
        change: { add: [sent('+1', a)], remove: [sent('+1', b)] },
        conflicts: [rule('+49', a), rule('+1', b)]
      }
    ],
    'the same, taken over': [
      { declared: [rule('+49', a), rule('+1', a)], live: [rule('+49', a), rule('+1', b)], adopt: true },
      { change: { add: [sent('+1', a)], remove: [sent('+1', b)] } }
    ],
    'after a write without a clear end, both tags of a prefix are ours': [
      { declared: [rule('+49', b)], owned: [rule('+49', b), rule('+49', a)], live: [rule('+49', a)] },
      { change: { add: [sent('+49', b)], remove: [sent('+49', a)] } }
    ],
    'and both go when it is no longer declared': [
      { owned: [rule('+49', b), rule('+49', a)], live: [rule('+49', a)] },
      { change: { add: [], remove: [sent('+49', a)] } }
    ]
  }
  for (const [name, [given, expected]] of Object.entries(cases)) {
    it(name, () => {
      assert.deepStrictEqual(planned(desired(given)), { ...nothing, ...expected })
    })
  }

  it('is fast enough for a plan of 10,000 rules, and finds the one that differs', () => {
    const many = (tag: string): ReadonlyArray<Rule> =>
      Array.from({ length: 10_000 }, (_, index) => rule(`+49${String(index).padStart(6, '0')}`, tag))
    const others = Array.from({ length: 10_000 }, (_, index) => rule(`+1${String(index).padStart(6, '0')}`, c))
    const owned = many(a)
    const declared = owned.map((each, index) => (index === 7 ? { ...each, tag: b } : each))
    assert.deepStrictEqual(planned(desired({ declared, owned, live: [...others, ...owned] })), {
      ...nothing,
      change: { add: [sent('+49000007', b)], remove: [sent('+49000007', a)] }
    })
    assert.strictEqual(planned(desired({ declared: many(b), owned, live: owned })).change.add.length, 10_000)
  })
})

describe('DialPlan ChangeSet: what is seen of a change', () => {
  const change: ChangeSet = { add: [sent('+49', b)], remove: [sent('+49', a)] }
  for (const [expected, live] of [
    ['all', [rule('+49', 'B.example.net', 'site')]],
    ['nothing', [rule('+49', a)]],
    ['partly', []],
    ['partly', [rule('+49', a), rule('+49', b)]]
  ] as const) {
    it(`${expected}: ${JSON.stringify(live)}`, () => {
      assert.strictEqual(seen(change, live), expected)
    })
  }
})

describe('DialPlan ChangeSet: projected', () => {
  const owned = [rule('+49', a, 'Mine'), rule('+1', b), rule('+7', c)]

  it('shows our rules in our order and spelling, and none of others', () => {
    const live = [rule('+7', c, 'site'), rule('+33', a), rule('+1', 'B.EXAMPLE.net.'), rule('+49', a, 'site')]
    assert.deepStrictEqual(projected(owned, live), { rules: owned, changedOutside: [] })
  })

  it('leaves out what is gone, and shows and names another tag', () => {
    assert.deepStrictEqual(projected(owned, [rule('+49', c), rule('+7', c)]), {
      rules: [rule('+49', c, 'Mine'), rule('+7', c)],
      changedOutside: ['+49']
    })
  })

  it('shows of two tags that may be there the one that is', () => {
    const unclear = [rule('+49', b), rule('+49', a)]
    assert.deepStrictEqual(projected(unclear, [rule('+49', a)]), { rules: [rule('+49', a)], changedOutside: [] })
    assert.deepStrictEqual(projected(unclear, [rule('+49', c)]), { rules: [rule('+49', c)], changedOutside: ['+49'] })
  })
})

describe('DialPlan ChangeSet: for any plan', () => {
  const prefixes = fc.constantFrom('+49', '+4930', '+1', '+33', '030', '7')
  const tags = fc.constantFrom(a, b, c, 'A.example.net', 'b.Example.NET.')
  const rules = (): fc.Arbitrary<ReadonlyArray<Rule>> =>
    fc.uniqueArray(fc.record({ prefix: prefixes, tag: tags }), { selector: ({ prefix }) => prefix })
  const anyRules = (): fc.Arbitrary<ReadonlyArray<Rule>> =>
    fc.uniqueArray(fc.record({ prefix: prefixes, tag: tags }), { selector: ruleKey })
  const situation = (): fc.Arbitrary<Desired> =>
    fc.record({
      ruleName: fc.constant('Plan'),
      declared: rules(),
      owned: anyRules(),
      live: anyRules(),
      adopt: fc.boolean()
    })

  /** The platform: removed first, then added; a rule that is there is not added twice. */
  const applied = (live: ReadonlyArray<Rule>, { add, remove }: ChangeSet): ReadonlyArray<Rule> => {
    const gone = new Set(remove.map(ruleKey))
    const left = live.filter((each) => !gone.has(ruleKey(each)))
    return [...left, ...add]
  }
  const keys = (all: ReadonlyArray<Rule>): ReadonlyArray<string> => all.map(ruleKey).sort()

  it('the plan then has every declared rule, and its prefixes have no other one', () => {
    check(
      fc.property(situation(), (given) => {
        const { change } = planned(given)
        const after = applied(given.live, change)
        for (const { prefix, tag } of given.declared)
          assert.deepStrictEqual(
            after.filter((each) => each.prefix === prefix).map((each) => tagKey(each.tag)),
            [tagKey(tag)]
          )
      }),
      500
    )
  })

  it('rules whose prefix is neither declared nor ours are never touched', () => {
    check(
      fc.property(situation(), (given) => {
        const mine = new Set([...given.declared, ...given.owned].map(({ prefix }) => prefix))
        const foreign = (all: ReadonlyArray<Rule>) => keys(all.filter(({ prefix }) => !mine.has(prefix)))
        assert.deepStrictEqual(foreign(applied(given.live, planned(given).change)), foreign(given.live))
      }),
      500
    )
  })

  it('a prefix that is not declared loses exactly the rules that we have written', () => {
    check(
      fc.property(situation(), (given) => {
        const wanted = new Set(given.declared.map(({ prefix }) => prefix))
        const ours = new Set(given.owned.map(ruleKey))
        const undeclared = given.live.filter(({ prefix }) => !wanted.has(prefix))
        assert.deepStrictEqual(
          keys(planned(given).change.remove.filter(({ prefix }) => !wanted.has(prefix))),
          keys(undeclared.filter((each) => ours.has(ruleKey(each))))
        )
      }),
      500
    )
  })

  it('without adopt a foreign rule is in the way; with it nothing is', () => {
    check(
      fc.property(situation(), (given) => {
        const ours = new Set(given.owned.map(({ prefix }) => prefix))
        const inTheWay = given.live.filter(
          ({ prefix }) => !ours.has(prefix) && given.declared.some((each) => each.prefix === prefix)
        )
        assert.deepStrictEqual(keys(planned(given).conflicts), given.adopt ? [] : keys(inTheWay))
      }),
      500
    )
  })

  it('it holds the differences alone: done once, nothing is left to do, and a look shows all of it', () => {
    check(
      fc.property(situation(), (given) => {
        const { change } = planned(given)
        const live = applied(given.live, change)
        assert.ok(change.add.every((each) => !keys(given.live).includes(ruleKey(each))))
        assert.ok(change.remove.every((each) => keys(given.live).includes(ruleKey(each))))
        assert.strictEqual(seen(change, live), 'all')
        assert.ok(isEmpty(planned({ ...given, live, owned: given.declared, adopt: true }).change))
        assert.ok(isEmpty(change) || seen(change, given.live) === 'nothing')
      }),
      500
    )
  })

  it('a read after a write shows what was written', () => {
    check(
      fc.property(situation(), (given) => {
        const live = applied(given.live, planned(given).change)
        assert.deepStrictEqual(projected(given.declared, live), { rules: given.declared, changedOutside: [] })
      })
    )
  })

  it('the order of rules and the spelling of tags make no difference, anything else does', () => {
    check(
      fc.property(rules(), fc.infiniteStream(fc.boolean()), (all, upper) => {
        const spelt = all.map(({ prefix, tag }) =>
          rule(prefix, upper.next().value === true ? `${tagKey(tag).toUpperCase()}.` : tag)
        )
        assert.ok(sameRules(all, [...spelt].reverse()))
        assert.ok(!sameRules(all, [...all, rule('+99', a)]))
        assert.ok(all.length === 0 || !sameRules(all, [rule('+99', a), ...all.slice(1)]))
      })
    )
  })
})
