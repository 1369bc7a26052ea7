/** Dial plans edited in the portal, behind the provider's back. */
import { withChangedPlan } from './DialPlanRules'
import { isText } from './EditChecks'
import { dialPlanNames } from './State'
import * as Table from './Table'
import type { DialPlanRule, State } from './Types'

type Rule = Omit<DialPlanRule, 'name'> & { readonly name?: string }

/** What is to change in a dial plan; removed first. A rule to add is named after the plan unless it has a name. */
export interface DialPlanEdit {
  readonly add?: readonly Rule[]
  readonly remove?: readonly Rule[]
}

const isRule = (value: unknown): value is Rule => {
  if (typeof value !== 'object' || value === null) return false
  const { name, prefix, tag, ...rest } = value as Readonly<Record<string, unknown>>
  return isText(prefix) && isText(tag) && (name === undefined || isText(name)) && Object.keys(rest).length === 0
}

const checkedRules = (what: string, value: unknown): readonly Rule[] => {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every(isRule)) return value
  throw new Error(`"${what}" must be a list of rules with prefix, tag and perhaps name, all of them texts.`)
}

/** @throws Error with one sentence for an unknown site or dial plan, or a change that makes no sense; nothing is changed then */
export const editedDialPlan = (state: State, siteGuid: string, name: string, edit: DialPlanEdit): State => {
  const { add, remove, ...rest } = edit
  const guid = siteGuid.toLowerCase()
  if (Table.get(state.sites, guid) === undefined) throw new Error(`There is no site ${siteGuid}.`)
  if (!(dialPlanNames as readonly string[]).includes(name)) {
    throw new Error(`There is no dial plan "${name}": choose among ${dialPlanNames.join(', ')}.`)
  }
  for (const member of Object.keys(rest)) throw new Error(`A dial plan edit has no member "${member}".`)
  const change = {
    add: checkedRules('add', add).map((rule) => ({ ...rule, name: rule.name ?? name })),
    remove: checkedRules('remove', remove)
  }
  const how = { unknownRemove: 'refused', duplicateAdd: 'refused' } as const
  const next = withChangedPlan(state, guid, name, change, how)
  if (typeof next === 'string') throw new Error(next)
  return next
}
