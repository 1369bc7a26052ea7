import * as O from 'fp-ts/Option'
import type { ChangeRules, Difference } from '../Difference'
import { type Refused, refused } from '../Errors'
import { sameJson } from '../Json'
import { isUnknown } from '../Unknowns'
import { type FleetKey, type SipConnectionFleetArgs, fleetKeys } from './Args'
import { entriesOf } from './Entries'
import { countedOf, limitFaults } from './Limits'
import { type Plan, planOf } from './Plan'
import { type FoundFleet, standingOf } from './State'

/** What this run does with the connections that the state knows. */
export const planFor = (state: FoundFleet, news: Partial<SipConnectionFleetArgs>): Plan =>
  // Connections that are not known yet say nothing of those that are there.
  isUnknown(news.connections) ? { tasks: [], unchanged: new Map() } : planOf(standingOf(state), entriesOf(news))

/** What a change of each input means; none replaces the fleet. */
export const changeRules: ChangeRules<FleetKey> = {
  defaults: 'update',
  connections: 'update',
  rollout: 'option',
  limits: 'option',
  adopt: 'option'
}

/** A fleet is never replaced. One that the last run left unfinished has a difference whatever its inputs say. */
export const diff = (state: FoundFleet, news: Partial<SipConnectionFleetArgs>): Difference => {
  const always = { replaces: [], deleteBeforeReplace: false }
  const isSame = fleetKeys.every((key) => sameJson(state[key] ?? undefined, news[key] ?? undefined))
  if (!isSame) return always
  const { tasks } = planFor(state, news)
  return { changes: tasks.length > 0 || state.failure !== undefined, ...always }
}

/**
 * The sites that stay with the fleet. One that it lets go, or moves to another customer, is not among them: a resource that has taken it over keeps it
 * then.
 */
export const keptSites = (state: FoundFleet, news: Partial<SipConnectionFleetArgs>): ReadonlyArray<string> => {
  const { tasks, unchanged } = planFor(state, news)
  const updated = tasks.flatMap((task) => (task.kind === 'update' ? [task.before] : []))
  return [...unchanged.values(), ...updated].flatMap(({ siteGuid }) => (siteGuid === undefined ? [] : [siteGuid]))
}

/** A plan over a limit, by the state: what an earlier run has left undone counts too. */
export const overLimits = (state: FoundFleet, news: Partial<SipConnectionFleetArgs>): O.Option<Refused> => {
  const faults = limitFaults(news.limits ?? {}, planFor(state, news).tasks, countedOf(news))
  return faults.length === 0
    ? O.none
    : O.some(
        refused(`${faults.map(([key, text, path]) => `limits.${path ?? key}: ${text}`).join('; ')}; nothing was sent`)
      )
}
