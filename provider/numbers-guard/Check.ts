import { type Checked, type Configured, type Finding, type Inputs, declared, decodeEach, failuresOf } from '../Inputs'
import { isUnknown } from '../Unknowns'
import { type ArgKey, argCodecs, requiredKeys } from './Args'

const duplicates = (names: ReadonlyArray<unknown>): ReadonlyArray<Finding<ArgKey>> =>
  names.flatMap((name, index): ReadonlyArray<Finding<ArgKey>> =>
    isUnknown(name) || names.indexOf(name) === index
      ? []
      : [['connections', `is the same name as [${names.indexOf(name)}]; remove one`, `[${index}]`]]
  )

/**
 * Checks the inputs of a guard without any request. Values that are not known yet are skipped, never rejected. All faults come at once, one line an input.
 *
 * @param news inputs of this run
 * @param settings the configuration; its error is one more fault
 */
export const check = (_olds: Inputs, news: Inputs, settings: Configured): Checked => {
  const decoded = decodeEach({ codecs: argCodecs, required: requiredKeys }, declared(news))
  const { values, faults } = decoded
  const findings = faults.has('connections') || !Array.isArray(values.connections) ? [] : duplicates(values.connections)
  return { inputs: values, failures: failuresOf(settings, decoded, findings) }
}
