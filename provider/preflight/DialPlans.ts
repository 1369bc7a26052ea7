import { type Rule, tagKey } from '../dial-plan/ChangeSet'
import { few } from '../Words'
import { grouped } from '../Groups'

/** Whether the dial plans of a program fit each other, and what is there. Pure. */

/** A rule as a preview knows it; a tag that is not known yet is absent. */
export interface DeclaredRule {
  readonly prefix: string
  readonly tag?: string
}

/** A dial plan as a preview of its program knows it. */
export interface DeclaredPlan {
  /** Name of the resource in the program. */
  readonly name: string
  /** The connection: its id, or what stands for it as long as it has none. */
  readonly site: string
  readonly dialPlanName: string
  /** The rules whose prefix is known. */
  readonly rules: ReadonlyArray<DeclaredRule>
}

/** A SIP connection that declares `dialPlanPrefixes`. */
export interface DeclaredPrefixes {
  readonly name: string
  readonly site: string
}

/** What is wrong with a dial plan, one line each. */
export interface Contradiction {
  /** The plan; of two that contradict each other the later one. */
  readonly plan: DeclaredPlan
  /** `error`: it can never come right. `warn`: it may not be meant. `info`: both stand in one list, for everybody to see. */
  readonly severity: 'error' | 'warn' | 'info'
  readonly text: string
}

type Owned = DeclaredRule & { readonly plan: DeclaredPlan }

const planKey = ({ site, dialPlanName }: DeclaredPlan): string => `${site} ${dialPlanName.toLowerCase()}`

const differ = (a: DeclaredRule, b: DeclaredRule): boolean =>
  a.tag !== undefined && b.tag !== undefined && tagKey(a.tag) !== tagKey(b.tag)

const ruleText = ({ prefix, tag }: DeclaredRule): string => (tag === undefined ? prefix : `${prefix} (${tag})`)

/** The first of the pairs of each two plans. */
const ofEachTwo = (
  pairs: ReadonlyArray<readonly [earlier: Owned, later: Owned]>,
  said: (earlier: DeclaredPlan, later: DeclaredPlan, pairs: ReadonlyArray<readonly [Owned, Owned]>) => Contradiction
): ReadonlyArray<Contradiction> => {
  const numbers = new Map<DeclaredPlan, number>()
  const number = (plan: DeclaredPlan): number => {
    const known = numbers.get(plan) ?? numbers.size
    numbers.set(plan, known)
    return known
  }
  return [...grouped(pairs, ([a, b]) => `${number(a.plan)} ${number(b.plan)}`).values()].flatMap((of) => {
    const [first] = of
    return first === undefined ? [] : [said(first[0].plan, first[1].plan, of)]
  })
}

/** The same prefix twice: the plan has one tag for it, and the two resources would take it from each other for ever. */
const duplicates = (rules: ReadonlyArray<Owned>): ReadonlyArray<Contradiction> => {
  const first = new Map<string, Owned>()
  const pairs: Array<readonly [Owned, Owned]> = []
  for (const rule of rules) {
    const earlier = first.get(rule.prefix)
    if (earlier === undefined) first.set(rule.prefix, rule)
    else if (earlier.plan !== rule.plan) pairs.push([earlier, rule])
  }
  return ofEachTwo(pairs, (earlier, later, of) => {
    const texts = of.map(([a, b]) => (differ(a, b) ? `${ruleText(b)}, there ${a.tag ?? ''}` : b.prefix))
    return {
      plan: later,
      severity: 'error',
      text: `rules: DialPlan "${earlier.name}" declares ${of.length === 1 ? 'a prefix' : `${of.length} prefixes`} of the same plan too: ${few(texts)}; declare each prefix of a plan once`
    }
  })
}

/** The longest of the declared prefixes that a longer one begins with. */
const nearest = (prefix: string, rules: ReadonlyMap<string, Owned>): Owned | undefined => {
  for (let length = prefix.length - 1; length > 0; length--) {
    const found = rules.get(prefix.slice(0, length))
    if (found !== undefined) return found
  }
  return undefined
}

/** A longer prefix with another tag: it depends on the SBC which of the two gets the calls. */
const shadows = (rules: ReadonlyArray<Owned>): ReadonlyArray<Contradiction> => {
  const first = new Map<string, Owned>()
  for (const rule of rules) if (!first.has(rule.prefix)) first.set(rule.prefix, rule)
  const pairs = rules.flatMap((rule): ReadonlyArray<readonly [Owned, Owned]> => {
    const shorter = nearest(rule.prefix, first)
    return shorter === undefined || !differ(shorter, rule) ? [] : [[shorter, rule]]
  })
  return ofEachTwo(pairs, (holder, plan, of) => {
    const isOwn = holder === plan
    const texts = of.map(([a, b]) => `${ruleText(a)} those of ${ruleText(b)}`)
    return {
      plan,
      severity: isOwn ? 'info' : 'warn',
      text: `rules: a shorter prefix${isOwn ? '' : ` of DialPlan "${holder.name}"`} may take the calls of a longer one with another tag, unless the SBC takes the longest match: ${few(texts)}`
    }
  })
}

const besidesPrefixes = (
  plans: ReadonlyArray<DeclaredPlan>,
  connections: ReadonlyArray<DeclaredPrefixes>
): ReadonlyArray<Contradiction> =>
  plans.flatMap((plan) =>
    connections
      .filter(({ site }) => site === plan.site)
      .map(({ name }) => ({
        plan,
        severity: 'error' as const,
        text: `siteGuid: SipConnection "${name}" declares dialPlanPrefixes of the same connection; each would undo what the other one writes, so take them out of one of the two`
      }))
  )

/**
 * What contradicts within a program.
 *
 * @param plans in the order in which the program declares them
 */
export const contradictions = (
  plans: ReadonlyArray<DeclaredPlan>,
  connections: ReadonlyArray<DeclaredPrefixes>
): ReadonlyArray<Contradiction> => [
  ...besidesPrefixes(plans, connections),
  ...[...grouped(plans, planKey).values()].flatMap((ofPlan) => {
    const rules = ofPlan.flatMap((plan) => plan.rules.map((rule): Owned => ({ ...rule, plan })))
    return [...duplicates(rules), ...shadows(rules)]
  })
]

/** What a new resource finds in its plan: prefixes that are there already. */
export const existing = (declared: ReadonlyArray<DeclaredRule>, live: ReadonlyArray<Rule>): ReadonlyArray<string> => {
  const prefixes = new Set(declared.map(({ prefix }) => prefix))
  const there = live.filter(({ prefix }) => prefixes.has(prefix))
  return there.length === 0
    ? []
    : [
        `rules: the dial plan has ${there.length === 1 ? 'a declared prefix' : `${there.length} of the declared prefixes`} already: ${few(there.map(ruleText))}; to take them over, declare adopt: true (another tag is replaced)`
      ]
}

/** Of a resource that is there already a preview does not know which rules are its own; another tag is worth a look. */
export const otherTags = (
  name: string,
  declared: ReadonlyArray<DeclaredRule>,
  live: ReadonlyArray<Rule>
): ReadonlyArray<string> => {
  const tags = new Map(declared.map((rule) => [rule.prefix, rule] as const))
  const others = live.filter((rule) => {
    const wanted = tags.get(rule.prefix)
    return wanted !== undefined && differ(wanted, rule)
  })
  return others.length === 0
    ? []
    : [
        `Dial plan "${name}" has another tag than declared for ${others.length === 1 ? 'a prefix' : `${others.length} prefixes`}, which this run sets if the prefix is its own: ${few(others.map(ruleText))}`
      ]
}
