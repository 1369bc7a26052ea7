import { sameJson } from '../Json'
import { type ArgKey, type SipConnectionArgs, argKeys, optionKeys } from './Args'
import { type FoundState, isUnfinished } from './State'

/**
 * What a change of an input means: `replace` deletes the connection and makes another one, `update` is a `PATCH`, `option` steers
 * the provider and is only written to the state. An input without a line does not compile.
 */
export const changeRules: Readonly<Record<ArgKey, 'update' | 'replace' | 'option'>> = {
  customerGuid: 'replace',
  siteName: 'update',
  sbcId: 'update',
  sbcConfigurationType: 'update',
  configureSbc: 'update',
  enableCac: 'update',
  cacProfile: 'update',
  carrierRegistration: 'update',
  carrierUserName: 'update',
  carrierUserPassword: 'update',
  carrierPasswordDpi: 'update',
  carrierMainLine: 'update',
  carrierHostName: 'update',
  phones: 'update',
  dialPlanPrefixes: 'update',
  sbcScripts: 'update',
  m365Scripts: 'update',
  onlinePstnGateway: 'update',
  proxySet: 'update',
  adopt: 'option',
  allow: 'option'
}

/**
 * What the engine is told. `changes: undefined` leaves the list of changed properties to the engine, which then honours
 * `replaceOnChanges` and shows the single fields.
 */
export interface Difference {
  readonly changes?: boolean
  readonly replaces: ReadonlyArray<string>
  readonly deleteBeforeReplace: boolean
}

/** The value of an input that was managed at the last run. */
const managed = (state: FoundState, key: ArgKey): unknown =>
  state.managedKeys === undefined || state.managedKeys.includes(key) || optionKeys.includes(key)
    ? state[key]
    : undefined

/** The inputs that differ between a state and the checked inputs of this run. */
export const changedKeys = (state: FoundState, news: Partial<SipConnectionArgs>): ReadonlyArray<ArgKey> =>
  argKeys.filter((key) => !sameJson(managed(state, key) ?? undefined, news[key] ?? undefined))

/** Compares a state with the checked inputs of this run, by the table above. */
export const diff = (state: FoundState, news: Partial<SipConnectionArgs>): Difference => {
  const changed = changedKeys(state, news)
  // A customer that is not known yet counts as another one: it may be.
  const replaces = changed.filter((key) => changeRules[key] === 'replace')
  const deleteBeforeReplace = replaces.length > 0
  // The engine forgets at a refresh that a write failed, and what it compares by itself are the inputs alone.
  if (isUnfinished(state)) return { changes: true, replaces, deleteBeforeReplace }
  return changed.length === 0 ? { changes: false, replaces, deleteBeforeReplace } : { replaces, deleteBeforeReplace }
}
