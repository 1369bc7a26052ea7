import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Env } from '../../provider/Env'
import { type ErrorText, type Subject, errorText } from '../../provider/ErrorText'
import { type ProviderError, refused } from '../../provider/Errors'
import { pick } from '../../provider/State'
import { type FieldChange, fieldChanges, isWithin } from '../report/Fields'
import { type OfKind, ofKind, resources } from '../report/Kinds'
import { lineOf } from '../report/Values'
import { reveal } from '../state/Reveal'
import type { Resource } from '../state/StackExport'
import { parseUrn } from '../state/Urn'
import { isLocked } from './Fleets'

/** What came out of the comparison of one resource. */
export interface Result extends OfKind {
  /** Name of the resource. */
  readonly name: string
  /** Of a connection. */
  readonly siteName?: string
  readonly siteGuid?: string
  readonly sbcId?: number
  /** Of another resource. */
  readonly id?: string
  /** `gone`: deleted outside of Pulumi. `error`: it could not be compared. */
  readonly outcome: 'same' | 'drift' | 'gone' | 'error'
  /** Before: what was applied last (the code). After: what the platform holds. */
  readonly fields: ReadonlyArray<FieldChange>
  /** Secret fields that the export holds encrypted. */
  readonly notCompared: ReadonlyArray<string>
  /** The last write did not end well: the next `pulumi up` finishes it. */
  readonly unfinished?: string
  readonly error?: ErrorText
}

type Properties = Readonly<Record<string, unknown>>

/** A resource of the state, ready to be compared. */
export interface Known {
  readonly id: string
  /** What is encrypted is no part of it. */
  readonly properties: Properties
  /** Inputs that are compared. */
  readonly compared: ReadonlyArray<string>
  readonly notCompared: ReadonlyArray<string>
  /** Secrets that the export holds in clear: they are compared, and not shown. */
  readonly secrets: ReadonlyArray<string>
}

/** Without the provider's text, and without nulls, which mean "not declared". */
const own = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).filter(([key, value]) => key !== '__provider' && value !== null && value !== undefined)
  )

/** The inputs that the program declares; an import file may leave the list of them out. */
const managedIn = ({ managedKeys }: Properties, inputs: Properties): ReadonlyArray<string> =>
  Array.isArray(managedKeys) ? managedKeys.filter((key) => typeof key === 'string') : Object.keys(own(inputs))

/** The state of a resource. What is encrypted counts as not managed: a read would otherwise take the live value for the declared one. */
export const knownOf = ({ kind, id = '', inputs = {}, outputs = {} }: Resource): Known => {
  const { properties, encrypted, opened } = reveal(own(outputs))
  const { untold, canonicalId } = resources[kind]
  const all = managedIn(properties, inputs)
  const managedKeys = all.filter((key) => !encrypted.includes(key))
  const isTold = (key: string): boolean => !untold.includes(key)
  return {
    id: canonicalId(id),
    properties: { ...properties, managedKeys },
    compared: managedKeys.filter(isTold),
    notCompared: encrypted.filter((path) => all.filter(isTold).some((key) => isWithin(key, path))),
    secrets: opened
  }
}

const subjectOf = ({ kind }: Resource, { id, properties }: Known): Subject =>
  resources[kind].read(id, properties).subject

const about = (
  resource: Resource,
  known: Known
): Pick<Result, 'kind' | 'name' | 'siteGuid' | 'siteName' | 'sbcId' | 'id'> => {
  const { name } = parseUrn(resource.urn)
  if (resource.kind !== 'sipConnection') return { ...ofKind(resource.kind), name, id: known.id }
  const { name: siteName, sbcId } = subjectOf(resource, known)
  return { name, siteGuid: known.id, ...pick({ siteName, sbcId }, ['siteName', 'sbcId']) }
}

const unfinishedOf = ({ lastOperation }: Properties): Pick<Result, 'unfinished'> => {
  const { kind, outcome } = (lastOperation ?? {}) as { readonly kind?: unknown; readonly outcome?: unknown }
  return typeof kind !== 'string' || typeof outcome !== 'string' || outcome === 'ok'
    ? {}
    : { unfinished: lineOf(`the last ${kind} ended ${outcome}`) }
}

/**
 * The result of a read.
 *
 * @param found the live values of the managed inputs; none: it is gone
 */
export const resultOf = (resource: Resource, known: Known, found: O.Option<Properties>): Result => {
  const { properties, compared, notCompared, secrets } = known
  const live = reveal(O.isSome(found) ? found.value : {})
  const isSecret = (path: string): boolean => [...secrets, ...live.opened].some((secret) => isWithin(secret, path))
  const fields = O.isSome(found)
    ? fieldChanges(pick(properties, compared), pick(live.properties, compared), undefined, isSecret)
    : []
  return {
    ...about(resource, known),
    outcome: O.isNone(found) ? 'gone' : fields.length === 0 ? 'same' : 'drift',
    fields,
    notCompared,
    ...unfinishedOf(properties)
  }
}

/** The result of a resource that could not be compared. */
export const failureOf = (resource: Resource, known: Known, error: ProviderError, now: number): Result => {
  const { headline, details } = errorText(subjectOf(resource, known), error, false, now)
  // Those two lines speak of `pulumi refresh`.
  const fitting = details.filter((line) => !/^(Applied:|Next: run "pulumi refresh")/.test(line))
  return {
    ...about(resource, known),
    outcome: 'error',
    fields: [],
    notCompared: [],
    ...unfinishedOf(known.properties),
    error: { headline, details: fitting }
  }
}

/** A fleet is compared connection by connection (`Fleets.ts`), where it shows them. */
const lockedFleet: ProviderError = refused(
  'Its connections are encrypted as a whole in this export, so that there is nothing to compare',
  'run with --show-secrets, or give an export that was made with it; connections that are declared as one secret (pulumi.secret) cannot be compared'
)

/** Compares one resource with the platform. */
export const compare = async (
  resource: Resource,
  env: E.Either<ProviderError, Env>,
  now: () => number
): Promise<Result> => {
  const known = knownOf(resource)
  if (E.isLeft(env)) return failureOf(resource, known, env.left, now())
  if (resource.kind === 'sipConnectionFleet' && isLocked(resource))
    return failureOf(resource, known, lockedFleet, now())
  const { program } = resources[resource.kind].read(known.id, known.properties)
  const found = await program(env.right)()
  return E.isLeft(found)
    ? failureOf(resource, known, found.left, now())
    : resultOf(resource, known, O.map(({ inputs }: { readonly inputs: Properties }) => inputs)(found.right))
}
