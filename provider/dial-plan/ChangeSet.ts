import { grouped } from '../Groups'
/**
 * What has to change in a dial plan. The platform takes no list of what a plan is to hold, but a list of what is to come and one of what is to go; and a
 * plan holds more than the rules of one program. Source: the vendor's page "Modify Dial Plan Content for SIP Connection".
 */

/** A rule of a dial plan: what is dialled with this prefix goes where the tag says. */
export interface Rule {
  readonly prefix: string
  readonly tag: string
  readonly name?: string | undefined
}

/** A rule as it is sent. */
export interface SentRule {
  readonly name: string
  readonly prefix: string
  readonly tag: string
}

/** What is to come and what is to go, as it is sent. */
export interface ChangeSet {
  readonly add: ReadonlyArray<SentRule>
  readonly remove: ReadonlyArray<SentRule>
}

/** What the rules of a plan are compared with. */
export interface Desired {
  /** Name for rules that have none of their own. */
  readonly ruleName: string
  readonly declared: ReadonlyArray<Rule>
  /** What this resource has written before. A prefix that stands in it is ours, whatever its tag is now. */
  readonly owned: ReadonlyArray<Rule>
  /** The rules of the plan, those of others among them. */
  readonly live: ReadonlyArray<Rule>
  /** Whether rules that were there before are taken over. */
  readonly adopt: boolean
}

/** The change, and what there is to say of it. All lists but the change hold rules as the platform has them. */
export interface Planned {
  readonly change: ChangeSet
  /** In the way of prefixes that are new here; they are not ours. Nothing may be sent then. */
  readonly conflicts: ReadonlyArray<Rule>
  /** Declared prefixes of ours whose tag is none that we have written: set back. */
  readonly setBack: ReadonlyArray<Rule>
  /** Prefixes that are no longer declared, with a tag that is none that we have written: left alone. */
  readonly left: ReadonlyArray<Rule>
}

/** A tag as it is sent: a dot at the end says nothing, and may be none to the platform. */
const sentTag = (tag: string): string => tag.replace(/\.$/, '')

/** A tag as it is compared: host names have no case (RFC 4343). */
export const tagKey = (tag: string): string => sentTag(tag).toLowerCase()

/** A rule as it is compared; its name may be read back as another one. */
export const ruleKey = ({ prefix, tag }: Rule): string => `${prefix} ${tagKey(tag)}`

const byPrefix = (rules: ReadonlyArray<Rule>): ReadonlyMap<string, ReadonlyArray<Rule>> =>
  grouped(rules, ({ prefix }) => prefix)

const keysOf = (rules: ReadonlyArray<Rule>): ReadonlySet<string> => new Set(rules.map(ruleKey))

/** The rules whose prefix is none of these. */
export const without = (rules: ReadonlyArray<Rule>, prefixes: ReadonlyArray<string>): ReadonlyArray<Rule> => {
  const out = new Set(prefixes)
  return rules.filter(({ prefix }) => !out.has(prefix))
}

/**
 * What has to change so that the plan holds what is declared: the differences and nothing else.
 *
 * @example
 * import * as assert from 'node:assert'
 * import { planned } from '../provider/dial-plan/ChangeSet'
 *
 * const [old, kept] = [{ prefix: '+4930', tag: 'a.example.net' }, { prefix: '+4940', tag: 'a.example.net' }]
 * const others = { prefix: '+1', tag: 'x.example.net' }
 * const declared = [kept, { prefix: '+4989', tag: 'b.example.net' }]
 * const { change } = planned({ ruleName: 'CustDialPlan', declared, owned: [old, kept], live: [others, old, kept], adopt: false })
 * assert.deepStrictEqual(change, {
 *   add: [{ name: 'CustDialPlan', prefix: '+4989', tag: 'b.example.net' }],
 *   remove: [{ name: 'CustDialPlan', prefix: '+4930', tag: 'a.example.net' }]
 * })
 */
export const planned = ({ ruleName, declared, owned, live, adopt }: Desired): Planned => {
  const [there, ours] = [byPrefix(live), byPrefix(owned)]
  const written = keysOf(owned)
  const wanted = new Set(declared.map(({ prefix }) => prefix))
  const isWritten = (rule: Rule): boolean => written.has(ruleKey(rule))
  const liveAt = (prefix: string): ReadonlyArray<Rule> => there.get(prefix) ?? []
  const others = ({ prefix, tag }: Rule): ReadonlyArray<Rule> =>
    liveAt(prefix).filter((rule) => tagKey(rule.tag) !== tagKey(tag))
  const sent = ({ prefix, tag, name = ours.get(prefix)?.[0]?.name ?? ruleName }: Rule): SentRule => ({
    name,
    prefix,
    tag
  })
  // Under the name that we gave it: the platform may read another one back.
  const removal = ({ prefix, tag }: Rule): SentRule => sent({ prefix, tag })

  const missing = declared.filter((rule) => !liveAt(rule.prefix).some(({ tag }) => tagKey(tag) === tagKey(rule.tag)))
  const dropped = [...ours.keys()].filter((prefix) => !wanted.has(prefix)).flatMap(liveAt)
  return {
    change: {
      add: missing.map((rule) => sent({ ...rule, tag: sentTag(rule.tag), name: rule.name ?? ruleName })),
      remove: [...declared.flatMap(others), ...dropped.filter(isWritten)].map(removal)
    },
    conflicts: adopt ? [] : declared.flatMap(({ prefix }) => (ours.has(prefix) ? [] : liveAt(prefix))),
    setBack: declared
      .filter(({ prefix }) => ours.has(prefix))
      .flatMap((rule) => others(rule).filter((r) => !isWritten(r))),
    left: dropped.filter((rule) => !isWritten(rule))
  }
}

export const isEmpty = ({ add, remove }: ChangeSet): boolean => add.length === 0 && remove.length === 0

/**
 * How much of a change a later read of the plan shows. `partly`: some of it. A change without content is there at once.
 */
export const seen = ({ add, remove }: ChangeSet, live: ReadonlyArray<Rule>): 'all' | 'partly' | 'nothing' => {
  const there = keysOf(live)
  const done = [...add.map((rule) => there.has(ruleKey(rule))), ...remove.map((rule) => !there.has(ruleKey(rule)))]
  return done.every(Boolean) ? 'all' : done.some(Boolean) ? 'partly' : 'nothing'
}

/** Our rules as the platform has them. */
export interface Projected {
  /** In the order and the spelling of what we have written; with another tag where the platform has another one; without those that are gone. */
  readonly rules: ReadonlyArray<Rule>
  /** Prefixes whose tag is none that we have written. */
  readonly changedOutside: ReadonlyArray<string>
}

/** What a read shows of the rules that are ours; those of others stay out of sight. */
export const projected = (owned: ReadonlyArray<Rule>, live: ReadonlyArray<Rule>): Projected => {
  const [there, present] = [byPrefix(live), keysOf(live)]
  const rules: Array<Rule> = []
  const changedOutside: Array<string> = []
  for (const [prefix, ours] of byPrefix(owned)) {
    // After a write without a clear end both tags of a prefix may be there, and then both are ours.
    const intact = ours.filter((rule) => present.has(ruleKey(rule)))
    const other = there.get(prefix)?.[0]
    for (const rule of intact) rules.push(rule)
    if (intact.length === 0 && other !== undefined) {
      rules.push({ ...ours[0], prefix, tag: other.tag })
      changedOutside.push(prefix)
    }
  }
  return { rules, changedOutside }
}

/** Rules without regard to their order and to the spelling of tags; the name counts. */
export const sameRules = (a: ReadonlyArray<Rule>, b: ReadonlyArray<Rule>): boolean => {
  const keys = (rules: ReadonlyArray<Rule>): ReadonlyArray<string> =>
    rules.map((rule) => `${ruleKey(rule)} ${rule.name ?? ''}`).sort()
  const [left, right] = [keys(a), keys(b)]
  return left.length === right.length && left.every((key, index) => key === right[index])
}
