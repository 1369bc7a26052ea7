import type { OutputRule } from '../State'
import { type Properties, unknownValue } from './Properties'

/** The outputs that a write will have, as far as they are known before it. Pure. */

type Rules = Readonly<Record<string, OutputRule>>

/** Outputs of a create: nothing but the inputs is known. */
export const ofCreate = (rules: Rules, inputs: Properties): Properties => ({
  ...Object.fromEntries(Object.keys(rules).map((key) => [key, unknownValue])),
  ...inputs
})

/** Outputs of an update: what a thing keeps is known too. */
export const ofUpdate = (rules: Rules, state: Properties, inputs: Properties): Properties => ({
  ...Object.fromEntries(
    Object.entries(rules).flatMap(([key, rule]) =>
      rule === 'written' ? [[key, unknownValue]] : key in state ? [[key, state[key]]] : []
    )
  ),
  ...inputs
})
