import { isObject } from '../Json'
import { few } from '../Words'
import type { SipConnectionFleetArgs } from '../fleet/Args'
import { connectionPath } from '../fleet/Check'
import { planFor } from '../fleet/Diff'
import type { FoundFleet } from '../fleet/State'
import type { Declaration } from './Declaration'
import { grouped } from '../Groups'

/** The connections of a fleet that a preview looks at, and what is said of them: a line for all that have the same finding. Pure. */

/** A connection that the run would make or change, by the name of its entry. */
export interface DeclaredEntry {
  readonly name: string
  readonly declaration: Declaration
}

/**
 * The connections that the plan of the provider would make or change. One that moves to another customer is made there.
 *
 * @param state as the last run left it; empty for a new fleet
 * @param mayReplace whether options of the resource may replace the fleet
 */
export const entriesToInspect = (
  state: FoundFleet,
  news: Partial<SipConnectionFleetArgs>,
  mayReplace: boolean
): ReadonlyArray<DeclaredEntry> =>
  planFor(state, news).tasks.flatMap((task): ReadonlyArray<DeclaredEntry> => {
    if (task.kind === 'delete') return []
    const { name, args } = task
    const siteGuid = task.kind === 'update' ? task.before.siteGuid : undefined
    return [{ name, declaration: { args, mayReplace, ...(siteGuid === undefined ? {} : { siteGuid }) } }]
  })

/** A finding of a connection: `sbcId: there is no SBC 42`. */
export interface Found extends DeclaredEntry {
  readonly finding: string
}

type Fleet = Partial<SipConnectionFleetArgs>

/** Where the value of an input comes from. */
type Origin = 'entry' | 'defaults' | 'fleet'

const scripts = ['onboardingScript', 'cleanupScript']

/** Whether an entry, or the defaults, declare a value; of scripts their ids, since variables have nothing to do with the preflight. */
const declares = (given: unknown, [key = '', ...rest]: ReadonlyArray<string>): boolean => {
  const value = isObject(given) ? given[key] : undefined
  if (value === undefined || value === null) return false
  if (rest.length > 0) return declares(value, rest)
  return isObject(value) ? scripts.some((script) => declares(value, [script])) : true
}

/** As the entry is put together: what it does not declare comes from the defaults, and `adopt` at last from the fleet. */
const originOf = ({ defaults, connections = {} }: Fleet, name: string, input: string): Origin => {
  const path = input.split('.')
  if (declares(connections[name], path)) return 'entry'
  if (declares(defaults, path)) return 'defaults'
  return input === 'adopt' ? 'fleet' : 'entry'
}

const uuids = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi

/** What is wrong with one name and its site is told once for all names with which the same is wrong. */
const ofAnyName = (text: string, siteName: string | undefined): string =>
  (siteName === undefined ? text : text.replaceAll(`"${siteName}"`, '"<siteName>"')).replace(uuids, '<site id>')

interface Placed {
  readonly name: string
  readonly input: string
  readonly origin: Origin
  /** Without the input. */
  readonly text: string
  readonly common: string
}

const placed = (fleet: Fleet, { name, declaration, finding }: Found): Placed => {
  const [input = ''] = /^[^:]*/.exec(finding) ?? []
  const text = finding.slice(input.length + 2)
  const isOfName = input === 'siteName' || input === 'adopt'
  const common = isOfName ? ofAnyName(text, declaration.args.siteName) : text
  return { name, input, origin: originOf(fleet, name, input), text, common }
}

const entriesText = (names: ReadonlyArray<string>): string =>
  `${names.length} ${names.length === 1 ? 'entry' : 'entries'} (${few(names)})`

const line = (group: ReadonlyArray<Placed>): string => {
  const [first, ...others] = group
  if (first === undefined) return ''
  const { name, input, origin, text, common } = first
  const names = group.map((each) => each.name)
  if (origin !== 'entry') {
    const path = origin === 'defaults' ? `defaults.${input}` : input
    return `${path}: ${entriesText(names)}: ${others.length === 0 ? text : common}`
  }
  return others.length === 0
    ? `${connectionPath(name)}.${input}: ${text}`
    : `connections: ${entriesText(names)}: ${input}: ${common}`
}

/** The most lines that are told of a fleet. */
const most = 50

/** A line for all findings that are the same, with their number, the first names, and where the value stands. */
export const findingLines = (fleet: Fleet, found: ReadonlyArray<Found>): ReadonlyArray<string> => {
  const groups = grouped(
    found.map((one) => placed(fleet, one)),
    ({ origin, input, common }) => JSON.stringify([origin, input, common])
  )
  const lines = [...groups.values()].map(line)
  return lines.length > most
    ? [...lines.slice(0, most), `${lines.length - most} more findings; correct these first`]
    : lines
}

/** Each notice once, with the first of the entries that it is about. */
export const noticesOf = (
  all: ReadonlyArray<readonly [name: string, notice: string]>
): ReadonlyArray<readonly [notice: string, entries: string]> =>
  [...grouped(all, ([, notice]) => notice)].map(([notice, about]) => [notice, few(about.map(([name]) => name))])
