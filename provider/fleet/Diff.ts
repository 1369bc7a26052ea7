import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import type { ChangeRules, Difference } from '../Difference'
import { type Refused, configError, refused } from '../Errors'
import { sameJson } from '../Json'
import { isUnknown } from '../Unknowns'
import { few } from '../Words'
import { check as checkConnection } from '../sip-connection/Check'
import { type FleetKey, type SipConnectionFleetArgs, fleetKeys } from './Args'
import { connectionPath } from './Check'
import { adoptedSite, entriesOf, siteKey } from './Entries'
import { countedOf, limitFaults } from './Limits'
import { type Plan, type Standing, type Task, changesOf, planOf } from './Plan'
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
  return { changes: tasks.length > 0, ...always }
}

/**
 * The sites that stay with the fleet. One that it lets go, or moves to another customer, is not among them: a resource that has taken it over keeps it
 * then.
 */
export const keptSites = (state: FoundFleet, news: Partial<SipConnectionFleetArgs>): ReadonlyArray<string> =>
  sitesKeptBy(planFor(state, news))

/** The same by the plan. */
export const sitesKeptBy = ({ tasks, unchanged }: Plan): ReadonlyArray<string> => {
  const updated = tasks.flatMap((task) => (task.kind === 'update' ? [task.before] : []))
  return [...unchanged.values(), ...updated].flatMap(({ siteGuid }) => (siteGuid === undefined ? [] : [siteGuid]))
}

/** A reason to refuse the run that only the state tells: nothing is sent then. */
export const refusals = (state: FoundFleet, news: Partial<SipConnectionFleetArgs>): O.Option<Refused> => {
  // One plan for both, since thousands of entries are compared for it.
  const plan = planFor(state, news)
  return pipe(
    otherThanMeant(state, news, plan.tasks),
    O.alt(() => overLimits(state, news, plan))
  )
}

/** Inputs whose rules ask what the connection was before. The check has asked them of the inputs of the last run, and the state may know better. */
const asksBefore = { update: ['siteName', 'sbcId', 'phones'], replace: ['sbcScripts'] } as const

/** No rule that is asked here needs the configuration. */
const noSettings = E.left(configError(''))

/** A change that needs a word, or a replacement that could not make the new connection, by what the platform has. */
const unmeant = (task: Task): ReadonlyArray<string> => {
  if (task.kind !== 'update' && task.kind !== 'replace') return []
  const { name, before, kind, args } = task
  const keys: ReadonlyArray<string> = asksBefore[kind]
  if (kind === 'update' && !changesOf(before, args).some((key) => keys.includes(key))) return []
  return checkConnection(before.args, { ...args }, noSettings)
    .failures.filter((line) => keys.some((key) => line.startsWith(`${key}: `)))
    .map((line) => `${connectionPath(name)}.${line}`)
}

/** An id in `adopt` that contradicts customer and name: one of two connections would be changed, and the other deleted. */
const contradictions = (state: FoundFleet, news: Partial<SipConnectionFleetArgs>): ReadonlyArray<string> => {
  const made = standingOf(state).filter(({ isMade }) => isMade)
  const bySite = new Map(made.map((each) => [each.siteGuid, each]))
  const byKey = new Map<string | undefined, Standing>()
  for (const each of made) if (!byKey.has(siteKey(each.args))) byKey.set(siteKey(each.args), each)
  return entriesOf(news).flatMap(({ name, args }) => {
    const [key, site] = [siteKey(args), adoptedSite(args)]
    const [adopted, named] = [bySite.get(site), key === undefined ? undefined : byKey.get(key)]
    return adopted === undefined || named === undefined || adopted === named
      ? []
      : [
          `${connectionPath(name)}.adopt: names site ${site}, which the fleet has under the name ${JSON.stringify(adopted.name)}, and customerGuid and siteName are those of site ${named.siteGuid}; correct one of them`
        ]
  })
}

const otherThanMeant = (
  state: FoundFleet,
  news: Partial<SipConnectionFleetArgs>,
  tasks: ReadonlyArray<Task>
): O.Option<Refused> => {
  const faults = [...contradictions(state, news), ...tasks.flatMap(unmeant)]
  return faults.length === 0
    ? O.none
    : O.some(
        refused(
          `${few(faults, 10)}; nothing was sent`,
          'correct the program, or add the words that are named, and run again'
        )
      )
}

/**
 * A plan over a limit, by the state: what an earlier run has left undone counts too.
 *
 * @param plan of this state and these inputs, where the caller has it
 */
export const overLimits = (
  state: FoundFleet,
  news: Partial<SipConnectionFleetArgs>,
  { tasks }: Plan = planFor(state, news)
): O.Option<Refused> => {
  const faults = limitFaults(news.limits ?? {}, tasks, countedOf(news))
  return faults.length === 0
    ? O.none
    : O.some(
        refused(`${faults.map(([key, text, path]) => `limits.${path ?? key}: ${text}`).join('; ')}; nothing was sent`)
      )
}
