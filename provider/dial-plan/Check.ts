import { type Checked, type Configured, type Finding, type Inputs, declared, decodeEach, failuresOf } from '../Inputs'
import { isUnknown } from '../Unknowns'
import { type ArgKey, type DialPlanRule, argCodecs, defaultDialPlanName, requiredKeys } from './Args'

/** Of two rules for one prefix nobody could tell which one holds. */
const duplicates = (rules: ReadonlyArray<DialPlanRule>): ReadonlyArray<Finding<ArgKey>> => {
  const first = new Map<string, number>()
  return rules.flatMap((rule, index): ReadonlyArray<Finding<ArgKey>> => {
    if (isUnknown(rule) || isUnknown(rule.prefix)) return []
    const before = first.get(rule.prefix)
    if (before !== undefined) return [['rules', `is the same prefix as [${before}]; remove one`, `[${index}].prefix`]]
    first.set(rule.prefix, index)
    return []
  })
}

const none: Finding<ArgKey> = ['rules', 'is empty; declare at least one rule, or remove the resource']

/**
 * Checks the inputs of a dial plan without any request. Values that are not known yet are skipped, never rejected. All faults come at once, one line an
 * input.
 *
 * @param news inputs of this run
 * @param settings the configuration; its error is one more fault
 */
export const check = (_olds: Inputs, news: Inputs, settings: Configured): Checked => {
  const decoded = decodeEach({ codecs: argCodecs, required: requiredKeys }, declared(news))
  const { values, faults } = decoded
  const { rules } = values
  const findings = faults.has('rules') || !Array.isArray(rules) ? [] : rules.length === 0 ? [none] : duplicates(rules)
  return {
    inputs: { ...values, dialPlanName: values.dialPlanName ?? defaultDialPlanName },
    failures: failuresOf(settings, decoded, findings)
  }
}
