import * as E from 'fp-ts/Either'
import { grouped } from '../Groups'
import { type Checked, type Configured, type Finding, type Inputs, declared, decodeEach, failuresOf } from '../Inputs'
import { isObject } from '../Json'
import { isUnknown } from '../Unknowns'
import { few } from '../Words'
import { argCodecs } from '../sip-connection/Args'
import { check as checkConnection } from '../sip-connection/Check'
import { type FleetKey, type Rollout, type SipConnectionFleetArgs, fleetCodecs, fleetRequired } from './Args'
import { type Entry, adoptedSite, entriesOf, siteKey } from './Entries'
import { countedOf, limitFaults } from './Limits'
import { matchedTo, planOf } from './Plan'
import { standingByInputs } from './State'

/** The check of a fleet: that of a connection for every entry, and what holds between them. No request is made. */

type Findings = ReadonlyArray<Finding<FleetKey>>

/** The path of an entry within `connections`, in the engine's notation. */
export const entryPath = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `[${JSON.stringify(name)}]`)

/** A fault of an entry: the field, none where it is the entry as a whole. */
interface EntryFault {
  readonly name: string
  readonly field?: string
  readonly text: string
}

/** A line of the check of a connection: `sbcId: is required`. */
const entryFault = (name: string, line: string): EntryFault => {
  const [field = ''] = /^[^:]*/.exec(line) ?? []
  return { name, field, text: line.slice(field.length + 2) }
}

/** The same with the input in front: `connections.berlin`, `connections["branch-7"]`. */
export const connectionPath = (name: string): string => {
  const path = entryPath(name)
  return path.startsWith('[') ? `connections${path}` : `connections.${path}`
}

/** The input that a line of a check is about. */
const keyOf = (line: string): string => /^\w+/.exec(line)?.[0] ?? ''

/** Declared fields in their canonical form. What objects hold is left as it is, since the defaults may hold the rest of it. */
const canonical = (entry: unknown, checked: Inputs): unknown =>
  isObject(entry)
    ? Object.fromEntries(
        Object.entries(declared(entry)).map(([key, value]) => [key, isObject(value) ? value : checked[key]])
      )
    : entry

/** The defaults by the codecs of the inputs; what is missing may stand in the entries. */
const checkedDefaults = (defaults: unknown) =>
  isObject(defaults)
    ? decodeEach({ codecs: argCodecs, required: [] }, declared(defaults))
    : { values: {}, faults: new Map<string, string>() }

/** The most faults that a check tells of connections. */
const most = 50

/** One text for all entries with the same fault. */
const findingsOf = (faults: ReadonlyArray<EntryFault>): Findings => {
  const all = [...grouped(faults, ({ field, text }) => JSON.stringify([field, text])).values()].map(groupFinding)
  return all.length > most
    ? [...all.slice(0, most), ['connections', `${all.length - most} more faults; correct these first`]]
    : all
}

const groupFinding = (group: ReadonlyArray<EntryFault>): Finding<FleetKey> => {
  const [first, ...others] = group
  const { name = '', field, text = '' } = first ?? {}
  if (others.length === 0) return ['connections', text, `${entryPath(name)}${field === undefined ? '' : `.${field}`}`]
  const names = few(group.map((each) => each.name))
  return ['connections', `${group.length} entries (${names}): ${field === undefined ? '' : `${field}: `}${text}`]
}

/** A name that every object has already would be lost on the way through the engine. */
const noReservedName = (entries: ReadonlyArray<Entry>): ReadonlyArray<EntryFault> =>
  entries
    .filter(({ name }) => name in {})
    .map(({ name }) => ({ name, text: 'is a name that JavaScript has a meaning for; give the entry another one' }))

/** Two entries must not be one connection. */
const noSiteTwice = (entries: ReadonlyArray<Entry>): ReadonlyArray<EntryFault> => {
  const seen = new Map<string, string>()
  const twice = (name: string, key: string | undefined, what: string): ReadonlyArray<EntryFault> => {
    if (key === undefined) return []
    const first = seen.get(key)
    if (first === undefined) seen.set(key, name)
    return first === undefined
      ? []
      : [{ name, text: `has the same ${what} as the entry ${JSON.stringify(first)}; remove one of the two` }]
  }
  return entries.flatMap(({ name, args }) => [
    ...twice(name, siteKey(args), 'customer and siteName'),
    ...twice(name, adoptedSite(args), 'site id in adopt')
  ])
}

const rolloutFits = (rollout: Rollout | undefined, entries: ReadonlyArray<Entry>): Findings => {
  if (rollout === undefined || isUnknown(rollout)) return []
  const { canary, verify, batchSize, soakSeconds, pauseBetweenBatches } = rollout
  const names = new Set(entries.map(({ name }) => name))
  const strangers = Array.isArray(canary) ? canary.filter((name: string) => !isUnknown(name) && !names.has(name)) : []
  const alone = canary === undefined && batchSize === undefined
  return [
    ...(strangers.length > 0
      ? [['rollout', `names no connection of the fleet: ${few(strangers)}`, 'canary'] as const]
      : []),
    ...(alone && verify !== undefined
      ? [['rollout', 'is never asked without canary or batchSize; declare one of them', 'verify'] as const]
      : []),
    ...(canary === undefined && soakSeconds !== undefined
      ? [['rollout', 'needs canary, which it waits for', 'soakSeconds'] as const]
      : []),
    ...(alone && pauseBetweenBatches !== undefined
      ? [['rollout', 'needs canary or batchSize', 'pauseBetweenBatches'] as const]
      : [])
  ]
}

/** What this run would do, by the inputs of the last one: more than the limits allow is found before there is a state to ask. */
const withinLimits = (olds: Partial<SipConnectionFleetArgs>, news: SipConnectionFleetArgs): Findings => {
  const { limits } = news
  if (limits === undefined || isUnknown(limits)) return []
  const entries = entriesOf(news)
  return limitFaults(limits, planOf(standingByInputs(olds), entries).tasks, countedOf(news)).map(
    ([key, text, path]) => ['limits', text, path ?? key]
  )
}

/**
 * Checks the inputs of a fleet. All faults come at once, those that many entries share in one line, and none holds a value.
 *
 * @param olds inputs of the last run, empty for a new fleet
 */
export const check = (olds: Inputs, news: Inputs, settings: Configured): Checked => {
  const { values, faults } = decodeEach({ codecs: fleetCodecs, required: fleetRequired }, declared(news))
  const defaults = checkedDefaults(values.defaults)
  const fleet = {
    ...values,
    ...(isObject(values.defaults) ? { defaults: defaults.values } : {})
  } as Partial<SipConnectionFleetArgs>
  const found = new Map(faults)
  for (const [key, line] of defaults.faults) found.set(`defaults.${key}`, `defaults.${line}`)
  if (faults.has('connections') || !isObject(values.connections))
    return { inputs: fleet, failures: failuresOf(settings, { values, faults: found }, []) }

  const entries = entriesOf(fleet)
  const declaredEntries = values.connections
  const before = beforeOf(olds, entries)
  /** Inputs that the fleet itself declares wrongly: each is told once, and not again of every entry. */
  const sharedFaults = new Set([...defaults.faults.keys(), ...(faults.has('adopt') ? ['adopt'] : [])])
  const judged = entries.map(({ name, args }) => {
    const own = declaredEntries[name]
    const { inputs, failures } = checkConnection(before.get(name) ?? {}, args, settings)
    const isToldOfAll = (line: string): boolean =>
      sharedFaults.has(keyOf(line)) && !(isObject(own) && keyOf(line) in declared(own))
    return {
      entry: [name, canonical(own, inputs)] as const,
      faults: failures
        .filter((line) => line !== settingsText(settings) && !isToldOfAll(line))
        .map((line) => entryFault(name, line))
    }
  })
  const connections = Object.fromEntries(judged.map(({ entry }) => entry))
  const told = judged.flatMap((each) => each.faults)
  const checked = { ...fleet, connections } as SipConnectionFleetArgs
  const isWhole = told.length === 0 && defaults.faults.size === 0
  const findings = [
    ...findingsOf([...told, ...noReservedName(entries), ...noSiteTwice(entries)]),
    ...(faults.has('rollout') ? [] : rolloutFits(checked.rollout, entries)),
    ...(faults.has('limits') || !isWhole ? [] : withinLimits(olds, checked))
  ]
  return { inputs: checked as unknown as Inputs, failures: failuresOf(settings, { values, faults: found }, findings) }
}

const settingsText = (settings: Configured): string | undefined => (E.isLeft(settings) ? settings.left.text : undefined)

/** The inputs of the last run of every entry that had some. */
const beforeOf = (olds: Inputs, entries: ReadonlyArray<Entry>): ReadonlyMap<string, Inputs> =>
  new Map(
    matchedTo(standingByInputs(olds as Partial<SipConnectionFleetArgs>), entries).matched.flatMap(
      ({ entry, before }) => (before === undefined ? [] : [[entry.name, before.args as Inputs] as const])
    )
  )
