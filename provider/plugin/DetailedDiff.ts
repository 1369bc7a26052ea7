import { isObject, sameJson } from '../Json'
import type { Properties } from './Properties'

/** Which properties a change touches, path by path, in the engine's notation: `phones[1]`, `sbcScripts.customerVariables.Zone`. Pure. */

/** What happens to a property. */
export type Kind = 'add' | 'delete' | 'update'

/** A changed property. */
export interface Change {
  readonly kind: Kind
  /** The change replaces the resource. */
  readonly replaces: boolean
  /** The change is one of the inputs, and not of the outputs. */
  readonly isInput: boolean
}

/** Changes by the path of the property. */
export type DetailedDiff = Readonly<Record<string, Change>>

const isPlainKey = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key)

/** A key in the engine's notation. */
const below = (path: string, key: string): string => {
  if (!isPlainKey(key)) return `${path}["${key.replace(/["\\]/g, '\\$&')}"]`
  return path === '' ? key : `${path}.${key}`
}

type Entry = readonly [path: string, kind: Kind]

const isAbsent = (value: unknown): boolean => value === undefined || value === null

const entries = (path: string, before: unknown, after: unknown): ReadonlyArray<Entry> => {
  if (isAbsent(before) && isAbsent(after)) return []
  if (isAbsent(before)) return [[path, 'add']]
  if (isAbsent(after)) return [[path, 'delete']]
  if (Array.isArray(before) && Array.isArray(after)) {
    const longer = before.length > after.length ? before : after
    return longer.flatMap((_, index) => entries(`${path}[${index}]`, before[index], after[index]))
  }
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) => entries(below(path, key), before[key], after[key]))
  }
  return sameJson(before, after) ? [] : [[path, 'update']]
}

/**
 * The changes from one set of inputs to another.
 *
 * @param replaces the inputs whose change replaces the resource
 */
export const detailedDiff = (before: Properties, after: Properties, replaces: ReadonlyArray<string>): DetailedDiff =>
  Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      entries(below('', key), before[key], after[key]).map(([path, kind]): [string, Change] => [
        path,
        { kind, replaces: replaces.includes(key), isInput: true }
      ])
    )
  )

/** The inputs within a state: those that were managed, and those that steered the provider, which the old inputs name. */
export const inputsIn = (state: Properties, oldInputs: Properties, news: Properties): Properties => {
  const managed = Array.isArray(state.managedKeys) ? (state.managedKeys as ReadonlyArray<unknown>) : undefined
  const keys = [...new Set([...Object.keys(oldInputs), ...(managed ?? []).map(String), ...Object.keys(news)])]
  return Object.fromEntries(
    keys
      .filter((key) => managed === undefined || managed.includes(key) || key in oldInputs)
      .map((key) => [key, state[key]])
  )
}
