import type { LastOperation } from '../State'
import { isUnknown } from '../Unknowns'
import { type SipConnectionArgs, optionKeys } from '../sip-connection/Args'
import { changedKeys } from '../sip-connection/Diff'
import { managedKeysOf } from '../sip-connection/State'
import { type Entry, adoptedSite, siteKey } from './Entries'

/** Which connection of the last run is which of this one, and what is to be done with each. Pure. */

/** A connection as the last run left it. */
export interface Standing extends Entry {
  /** None: it was never made, or, where only the inputs are known, it does not matter. */
  readonly siteGuid: string | undefined
  readonly isMade: boolean
  /** How its last write ended, and what that was; what was not begun is as it was before. */
  readonly outcome: LastOperation['outcome']
  readonly wrote?: LastOperation['kind']
  /** The last run did not bring it to what was declared. */
  readonly failedBefore: boolean
  /** It is no longer declared: its name may be that of another connection by now. */
  readonly isLeftover?: true
}

interface Change<K extends string> {
  readonly kind: K
  readonly name: string
  readonly sbcId: number | undefined
  readonly failedBefore: boolean
}

/** What is to be done with a connection. */
export type Task =
  | (Change<'create'> & { readonly args: SipConnectionArgs })
  | (Change<'update' | 'replace'> & { readonly args: SipConnectionArgs; readonly before: Standing })
  | (Change<'delete'> & { readonly before: Standing })

/** What a run does with a fleet. */
export interface Plan {
  readonly tasks: ReadonlyArray<Task>
  /** Connections that stay as they are, by the name of their entry now. */
  readonly unchanged: ReadonlyMap<string, Standing>
}

/** The first of each key that is asked for is handed out once. */
const taker = (standing: ReadonlyArray<Standing>) => {
  const taken = new Set<Standing>()
  return (keyOf: (each: Standing) => string | undefined) => {
    const byKey = new Map<string, Standing>()
    for (const each of standing) {
      const key = keyOf(each)
      if (key !== undefined && !byKey.has(key)) byKey.set(key, each)
    }
    return (key: string | undefined): Standing | undefined => {
      const found = key === undefined ? undefined : byKey.get(key)
      if (found === undefined || taken.has(found)) return undefined
      taken.add(found)
      return found
    }
  }
}

/** A connection of this run, and the one of the last run that it is. */
export interface Matched {
  readonly entry: Entry
  readonly before: Standing | undefined
}

/**
 * Finds the connections of the last run again: by the site id that `adopt` names, then by customer and name on the platform, then by the name of
 * the entry. So another name in the program is no change on the platform. One that was to be deleted has no name any more: what is declared under it
 * later is another connection.
 */
export const matchedTo = (
  standing: ReadonlyArray<Standing>,
  entries: ReadonlyArray<Entry>
): { readonly matched: ReadonlyArray<Matched>; readonly left: ReadonlyArray<Standing> } => {
  const take = taker(standing)
  const found = new Map<Entry, Standing>()
  const pass = (
    keyOf: (entry: Entry) => string | undefined,
    takeBy: (key: string | undefined) => Standing | undefined
  ) => {
    for (const entry of entries) {
      if (found.has(entry)) continue
      const before = takeBy(keyOf(entry))
      if (before !== undefined) found.set(entry, before)
    }
  }
  pass(
    ({ args }) => adoptedSite(args),
    take(({ siteGuid }) => siteGuid)
  )
  pass(
    ({ args }) => siteKey(args),
    take(({ args }) => siteKey(args))
  )
  pass(
    ({ name }) => name,
    take(({ name, isLeftover }) => (isLeftover === true ? undefined : name))
  )
  const used = new Set(found.values())
  return {
    matched: entries.map((entry) => ({ entry, before: found.get(entry) })),
    left: standing.filter((each) => !used.has(each))
  }
}

/** The inputs that a change would send. */
export const changesOf = (before: Standing, args: Partial<SipConnectionArgs>): ReadonlyArray<string> =>
  changedKeys({ ...before.args, managedKeys: managedKeysOf(before.args) }, args).filter(
    (key) => !optionKeys.includes(key)
  )

const taskOf = ({ entry: { name, args }, before }: Matched): Task | undefined => {
  const declared = args as SipConnectionArgs
  const about = { name, sbcId: args.sbcId, failedBefore: before?.failedBefore === true }
  if (before?.isMade !== true) return { kind: 'create', ...about, args: declared }
  const changed = changesOf(before, args)
  if (changed.length === 0 && before.outcome === 'ok') return undefined
  // A customer that is not known yet may be the same one.
  const isMoved = changed.includes('customerGuid') && !isUnknown(args.customerGuid)
  return { kind: isMoved ? 'replace' : 'update', ...about, args: declared, before }
}

/** What is to be done so that there are these connections and no others. */
export const planOf = (standing: ReadonlyArray<Standing>, entries: ReadonlyArray<Entry>): Plan => {
  const { matched, left } = matchedTo(standing, entries)
  const tasks: Array<Task> = []
  const unchanged = new Map<string, Standing>()
  for (const each of matched) {
    const task = taskOf(each)
    if (task !== undefined) tasks.push(task)
    else if (each.before !== undefined) unchanged.set(each.entry.name, each.before)
  }
  for (const before of left.filter(({ isMade }) => isMade)) {
    const { name, args, failedBefore } = before
    tasks.push({ kind: 'delete', name, sbcId: args.sbcId, failedBefore, before })
  }
  return { tasks, unchanged }
}
