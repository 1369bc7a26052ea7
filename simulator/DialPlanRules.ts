/** Rules of dial plans: how a change set makes one plan out of another. */
import { dialPlanKey } from './State'
import type { Switches } from './Switches'
import * as Table from './Table'
import type { DialPlan, DialPlanRule, State } from './Types'

/** Not what the plan is to hold, but what is to change in it; removed first. */
export interface DialPlanChange {
  readonly add: readonly DialPlanRule[]
  readonly remove: readonly Omit<DialPlanRule, 'name'>[]
}

export const dialPlanOf = (state: State, siteGuid: string, name: string): DialPlan =>
  Table.get(state.dialPlans, dialPlanKey(siteGuid, name)) ?? Table.empty()

/** The rules of a plan, oldest first. */
export const rulesOf = (plan: DialPlan): readonly DialPlanRule[] =>
  Table.values(plan)
    .flat()
    .sort((a, b) => a.order - b.order)
    .map(({ name, prefix, tag }) => ({ name, prefix, tag }))

const sameTag = (a: Omit<DialPlanRule, 'name'>, b: Omit<DialPlanRule, 'name'>): boolean =>
  a.tag.toLowerCase() === b.tag.toLowerCase()

type How = Pick<Switches, 'unknownRemove' | 'duplicateAdd'>

const withoutRule = (plan: DialPlan, rule: Omit<DialPlanRule, 'name'>, how: How): DialPlan | string => {
  const there = Table.get(plan, rule.prefix) ?? []
  const left = there.filter((each) => !sameTag(each, rule))
  if (left.length === there.length) {
    return how.unknownRemove === 'ignored' ? plan : `There is no rule of prefix ${rule.prefix} and this tag.`
  }
  return left.length === 0 ? Table.remove(plan, rule.prefix) : Table.set(plan, rule.prefix, left)
}

const withRule = (plan: DialPlan, rule: DialPlanRule, how: How, order: number): DialPlan | string => {
  const there = Table.get(plan, rule.prefix) ?? []
  if (there.some((each) => !sameTag(each, rule))) return `Prefix ${rule.prefix} has another tag already.`
  if (there.length > 0 && how.duplicateAdd === 'ignored') return plan
  if (there.length > 0 && how.duplicateAdd === 'refused') return `Prefix ${rule.prefix} is there already.`
  return Table.set(plan, rule.prefix, [...there, { ...rule, order }])
}

/** The plan after the change, or why no part of the change is made. */
const changed = (plan: DialPlan, { add, remove }: DialPlanChange, how: How, order: number): DialPlan | string => {
  let next = plan
  for (const rule of remove) {
    const without = withoutRule(next, rule, how)
    if (typeof without === 'string') return without
    next = without
  }
  for (const [i, rule] of add.entries()) {
    const more = withRule(next, rule, how, order + i)
    if (typeof more === 'string') return more
    next = more
  }
  return next
}

/** The state in which the plan has changed, or why no part of the change is made. */
export const withChangedPlan = (
  state: State,
  siteGuid: string,
  name: string,
  change: DialPlanChange,
  how: How = state.switches
): State | string => {
  const plan = changed(dialPlanOf(state, siteGuid, name), change, how, state.counter + 1)
  if (typeof plan === 'string') return plan
  const key = dialPlanKey(siteGuid, name)
  return {
    ...state,
    counter: state.counter + change.add.length,
    dialPlans: plan.size === 0 ? Table.remove(state.dialPlans, key) : Table.set(state.dialPlans, key, plan)
  }
}
