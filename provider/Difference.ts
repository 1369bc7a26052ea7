import { sameJson } from './Json'
import { type LastOperation, isUnfinished } from './State'

/**
 * What a change of an input means: `replace` deletes the thing and makes another one, `update` is sent to the platform, `option` steers
 * the provider and is only written to the state.
 */
export type ChangeRule = 'update' | 'replace' | 'option'

/** The rules of a resource; an input without a line does not compile. */
export type ChangeRules<K extends string> = Readonly<Record<K, ChangeRule>>

/**
 * What the engine is told. `changes: undefined` leaves the list of changed properties to the engine, which then honours
 * `replaceOnChanges` and shows the single fields.
 */
export interface Difference {
  readonly changes?: boolean
  readonly replaces: ReadonlyArray<string>
  readonly deleteBeforeReplace: boolean
}

type Compared<K extends string> = Readonly<Partial<Record<K, unknown>>> & {
  readonly managedKeys?: ReadonlyArray<K>
  readonly lastOperation?: LastOperation
}

/** The inputs that differ between a state and the checked inputs of this run, in the order of the rules. */
export const changedBy =
  <K extends string>(rules: ChangeRules<K>) =>
  (state: Compared<K>, news: Readonly<Partial<Record<K, unknown>>>): ReadonlyArray<K> => {
    // What was not managed at the last run has no value to compare with.
    const managed = (key: K): unknown =>
      state.managedKeys === undefined || state.managedKeys.includes(key) || rules[key] === 'option'
        ? state[key]
        : undefined
    return (Object.keys(rules) as Array<K>).filter(
      (key) => !sameJson(managed(key) ?? undefined, news[key] ?? undefined)
    )
  }

/** Compares a state with the checked inputs of this run, by a table of rules. */
export const differenceBy = <K extends string>(rules: ChangeRules<K>) => {
  const changedKeys = changedBy(rules)
  return (state: Compared<K>, news: Readonly<Partial<Record<K, unknown>>>): Difference => {
    const changed = changedKeys(state, news)
    // A value that is not known yet counts as another one: it may be.
    const replaces = changed.filter((key) => rules[key] === 'replace')
    const deleteBeforeReplace = replaces.length > 0
    // The engine forgets at a refresh that a write failed, and what it compares by itself are the inputs alone.
    if (isUnfinished(state)) return { changes: true, replaces, deleteBeforeReplace }
    return changed.length === 0 ? { changes: false, replaces, deleteBeforeReplace } : { replaces, deleteBeforeReplace }
  }
}
