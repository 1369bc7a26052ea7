import * as O from 'fp-ts/Option'
import type { ExecutionMessage } from './Answers'
import { type ChangeRule, changedBy } from './Difference'
import { type Subject, errorText, whole } from './ErrorText'
import { type ProviderError, isDefinite } from './Errors'
import { isObject, plainJson, sameJson } from './Json'
import { type SecretPlaces, isMarked, withSecretMarks } from './SecretMarks'
import { hidden, redactJson } from './Secrets'
import { type FieldChange, fieldChanges, pathTo } from './shown/Fields'

/**
 * What the change report says of a write: who reads it wants to know what was done with which connection, what it was before, and how it ended. No
 * value of a secret is in it: `[secret]` stands in its place.
 */

/** Version of the JSON form. `audiocodes-live rollback` reads every version up to its own. */
export const reportVersion = 1

/** Inputs with `[secret]` in the place of secrets. */
export type ShownInputs = Readonly<Record<string, unknown>>

/** A row of the report: a write, from its beginning to its end. */
export interface Reported {
  /** Type of the resource, as a program calls it: `SipConnection`. */
  readonly resource: string
  /** Name of the thing on the platform, or its id where it has none. */
  readonly name: string
  /** Where the thing is an entry of a fleet: the id of the fleet, as far as there is one, and the name of the entry. */
  readonly entry?: Entry
  readonly kind: 'create' | 'adopt' | 'update' | 'delete'
  /** Id of the resource, as soon as it has one. */
  readonly id?: string
  readonly customerGuid?: string
  readonly sbcId?: number
  /**
   * The inputs before: as declared at the last run, with what a read just before the write told otherwise. Absent for a creation. Of a takeover, what a
   * read told.
   */
  readonly before?: ShownInputs
  /** The inputs as declared by this run. Absent for a deletion. */
  readonly after?: ShownInputs
  /** The fields that differ, nested ones by themselves; of a secret both values are `[secret]`. Empty for a creation and a deletion. */
  readonly changes: ReadonlyArray<FieldChange>
  /** What the platform said. */
  readonly messages: ReadonlyArray<ExecutionMessage>
  /** `unknown`: the request was sent and its end is not known. */
  readonly result: 'ok' | 'failed' | 'unknown'
  /** Whether a request was sent that has changed something on the platform, or may have. */
  readonly touched: boolean
  /** The error as the run told it. */
  readonly failure?: string
  readonly correlationId?: string
  /** UTC, RFC 3339. */
  readonly startedAt: string
  readonly durationMs: number
}

/** An entry of a fleet. */
export interface Entry {
  readonly fleet?: string
  readonly name: string
}

/** A write as it is known when it sets out. */
export interface Change {
  /** Type of the resource. */
  readonly resource: string
  /** Its kind, and what it is about. */
  readonly subject: Subject
  readonly entry?: Entry
  readonly id?: string
  /** The state; absent for a creation, and where it is not understood. */
  readonly before?: object
  /** The checked inputs; absent for a deletion. */
  readonly after?: object
  readonly secrets: SecretPlaces
  /** The names of the inputs, and what a change of each means. */
  readonly rules: Readonly<Record<string, ChangeRule>>
}

/** What a platform that was read just before the write told of these inputs. `had`: their form, where it is equal to a value. */
export type Told = (had: object, keys: ReadonlyArray<string>) => object

/** How a write ended. Times are in ms since the epoch. */
export interface End {
  readonly fault: O.Option<ProviderError>
  /** Whether the thing is kept in the state although the write failed. */
  readonly kept: boolean
  readonly id?: string
  /** The state, where there is one. */
  readonly state?: object
  readonly told?: Told
  readonly messages: ReadonlyArray<ExecutionMessage>
  readonly touched: boolean
  readonly correlationId?: string
  readonly scrub: (text: string) => string
  readonly startedAt: number
  readonly endedAt: number
}

type Inputs = Readonly<Record<string, unknown>>

const picked = (from: Inputs, keys: ReadonlyArray<string>): Inputs =>
  Object.fromEntries(
    keys.flatMap((key) => (from[key] === undefined || from[key] === null ? [] : [[key, from[key]] as const]))
  )

/** The inputs that a state declares: what is not managed is not ours to tell. */
const declaredIn = (state: Inputs, { rules }: Change): Inputs => {
  const managed = state.managedKeys as ReadonlyArray<string> | undefined
  return picked(
    state,
    Object.keys(rules).filter((key) => rules[key] === 'option' || managed === undefined || managed.includes(key))
  )
}

/** Inputs with `[secret]` in the place of what is marked. */
const masked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(masked)
  if (!isObject(value)) return value
  return isMarked(value) ? hidden : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item)]))
}

/** Paths of what is marked. */
const markedPaths = (value: unknown, path = ''): ReadonlyArray<string> =>
  !isObject(value)
    ? []
    : isMarked(value)
      ? [path]
      : Object.entries(value).flatMap(([key, item]) => markedPaths(item, pathTo(path, key)))

const shown = (inputs: Inputs, { secrets }: Change, { scrub }: End): ShownInputs =>
  redactJson(masked(withSecretMarks(inputs, secrets)), scrub) as ShownInputs

/** The inputs before the write, and those that the platform told otherwise than the state. */
const inputsBefore = (change: Change, { told }: End): Inputs | undefined => {
  const after = (change.after ?? {}) as Inputs
  const declared = change.before === undefined ? undefined : declaredIn(change.before as Inputs, change)
  if (told === undefined) return declared
  // A value of this run serves as a form only where it is one: an object would lend what the platform lacks of it.
  const forms = Object.fromEntries(Object.entries(after).filter(([, value]) => typeof value !== 'object'))
  const keys = Object.keys(change.rules).filter(
    (key) => change.rules[key] !== 'option' && (after[key] ?? declared?.[key]) !== undefined
  )
  return { ...declared, ...picked(plainJson(told({ ...forms, ...declared }, keys)) as Inputs, keys) }
}

/** The inputs that differ: by the comparison of every update, and by what the platform told. Of a takeover the platform alone tells. */
const changedInputs = (change: Change, before: Inputs, after: Inputs): ReadonlyArray<string> => {
  const byState = change.before === undefined ? [] : changedBy(change.rules)(change.before as Inputs, after)
  return Object.keys(change.rules).filter(
    (key) => byState.includes(key) || (key in before && key in after && !sameJson(before[key], after[key]))
  )
}

/** A secret has two values that are hidden, and a text may hold one that was met on the way. */
const changesOf = (change: Change, before: Inputs, after: Inputs, { scrub }: End): ReadonlyArray<FieldChange> => {
  const keys = changedInputs(change, before, after)
  const [was, is] = [picked(before, keys), picked(after, keys)]
  const secretPaths = new Set([was, is].flatMap((inputs) => markedPaths(withSecretMarks(inputs, change.secrets))))
  return fieldChanges(
    was,
    is,
    () => false,
    (path) => secretPaths.has(path)
  ).map((field) => redactJson(field, scrub) as FieldChange)
}

const resultOf = ({ fault, touched }: End): Reported['result'] =>
  O.isNone(fault) ? 'ok' : isDefinite(fault.value) || !touched ? 'failed' : 'unknown'

const kindOf = ({ subject: { kind } }: Change, { state }: End): Reported['kind'] => {
  const written = (state as { readonly lastOperation?: { readonly kind?: string } } | undefined)?.lastOperation?.kind
  return written === 'adopt' ? 'adopt' : kind === 'create' || kind === 'delete' ? kind : 'update'
}

/** Whether a write has a row: it failed, it has changed something on the platform or may have, or it took something over. */
const isReported = (kind: Reported['kind'], { fault, touched }: End): boolean =>
  O.isSome(fault) || touched || kind === 'adopt'

const failureOf = ({ subject }: Change, { fault, kept, endedAt, scrub }: End): { readonly failure?: string } =>
  O.isNone(fault) ? {} : { failure: scrub(whole(errorText(subject, fault.value, kept, endedAt))) }

/**
 * The row of a write. None for one that has sent nothing and failed at nothing: a change of options alone, a thing that was gone already or is kept for
 * another resource.
 */
export const rowOf = (change: Change, end: End): O.Option<Reported> => {
  const kind = kindOf(change, end)
  if (!isReported(kind, end)) return O.none
  const { resource, subject, entry } = change
  const { scrub } = end
  const id = end.id ?? change.id
  const before = kind === 'create' ? undefined : inputsBefore(change, end)
  const after = change.after as Inputs | undefined
  const changes = before === undefined || after === undefined ? [] : changesOf(change, before, after, end)
  return O.some({
    resource,
    name: scrub(subject.name ?? id ?? ''),
    ...(entry === undefined ? {} : { entry: { ...entry, name: scrub(entry.name) } }),
    kind,
    ...(id === undefined ? {} : { id }),
    ...(subject.customerGuid === undefined ? {} : { customerGuid: subject.customerGuid }),
    ...(subject.sbcId === undefined ? {} : { sbcId: subject.sbcId }),
    ...(before === undefined ? {} : { before: shown(before, change, end) }),
    ...(after === undefined ? {} : { after: shown(after, change, end) }),
    changes,
    messages: end.messages.map(({ level, message }) => ({ level, message: scrub(message) })),
    result: resultOf(end),
    touched: end.touched,
    ...failureOf(change, end),
    ...(end.correlationId === undefined ? {} : { correlationId: end.correlationId }),
    startedAt: new Date(end.startedAt).toISOString(),
    durationMs: end.endedAt - end.startedAt
  })
}
