import { type ChangeRules, type Difference, changedBy, differenceBy } from '../Difference'
import { hasUnknown } from '../Unknowns'
import type { ArgKey, DialPlanArgs } from './Args'
import { sameRules } from './ChangeSet'
import type { FoundState } from './State'

/** What a change of each input means; `update` is a `PATCH` with the differences. */
export const changeRules: ChangeRules<ArgKey> = {
  customerGuid: 'replace',
  siteGuid: 'replace',
  dialPlanName: 'replace',
  rules: 'update',
  adopt: 'option'
}

/** The inputs of this run, with the rules of the state where they are the same but for their order and their spelling. */
const aligned = ({ rules: before }: FoundState, news: Partial<DialPlanArgs>): Partial<DialPlanArgs> => {
  const { rules } = news
  // A value that is not known yet stands in the place of a list.
  return before === undefined || rules === undefined || hasUnknown(rules) || !sameRules(before, rules)
    ? news
    : { ...news, rules: before }
}

const changed = changedBy(changeRules)
const difference = differenceBy(changeRules)

/** The inputs that differ between a state and the checked inputs of this run. */
export const changedKeys = (state: FoundState, news: Partial<DialPlanArgs>): ReadonlyArray<ArgKey> =>
  changed(state, aligned(state, news))

/** Compares a state with the checked inputs of this run. */
export const diff = (state: FoundState, news: Partial<DialPlanArgs>): Difference => {
  const found = difference(state, aligned(state, news))
  // A tag that was changed outside, and is declared so by now: an update makes it ours.
  return found.changes === false && (state.changedOutside ?? []).length > 0 ? { ...found, changes: true } : found
}
