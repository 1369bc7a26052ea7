import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Env } from '../../provider/Env'
import { type ErrorText, type Subject, errorText } from '../../provider/ErrorText'
import type { ProviderError } from '../../provider/Errors'
import { type ArgKey, type SipConnectionArgs, argKeys, optionKeys } from '../../provider/sip-connection/Args'
import { visibleKeys } from '../../provider/sip-connection/Live'
import { type FoundConnection, read } from '../../provider/sip-connection/SipConnection'
import { isUnfinished, pick } from '../../provider/State'
import { type FoundState, argsOf, stateFrom } from '../../provider/sip-connection/State'
import { type FieldChange, fieldChanges, isWithin } from '../report/Fields'
import { reveal } from '../state/Reveal'
import type { Resource } from '../state/StackExport'
import { parseUrn } from '../state/Urn'

/** What came out of the comparison of one connection. */
export interface Result {
  /** Name of the resource. */
  readonly name: string
  readonly siteName?: string
  readonly siteGuid: string
  readonly sbcId?: number
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

/** Inputs whose live value the platform does not tell. The password is told, though it is not shown in a look. */
export const untoldKeys: ReadonlyArray<ArgKey> = argKeys.filter(
  (key) => !visibleKeys.includes(key) && !optionKeys.includes(key) && key !== 'carrierUserPassword'
)

const toldKeys = argKeys.filter((key) => !untoldKeys.includes(key))

/** A connection of the state, ready to be compared. */
export interface Known {
  readonly siteGuid: string
  readonly state: FoundState
  readonly notCompared: ReadonlyArray<string>
  /** Secrets that the export holds in clear: they are compared, and not shown. */
  readonly secrets: ReadonlyArray<string>
}

type Properties = Readonly<Record<string, unknown>>

/** Without the provider's text, and without nulls, which mean "not declared". */
const own = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).filter(([key, value]) => key !== '__provider' && value !== null && value !== undefined)
  )

/** The state of a resource. What is encrypted counts as not managed: a read would otherwise take the live value for the declared one. */
export const knownOf = (resource: Resource): E.Either<ProviderError, Known> => {
  const { properties, encrypted, opened } = reveal(own(resource.outputs ?? {}))
  const state = stateFrom(properties)
  if (E.isLeft(state)) return state
  const { managedKeys, customerGuid } = state.right
  return E.right({
    siteGuid: (resource.id ?? '').toLowerCase(),
    state: {
      ...state.right,
      ...(customerGuid === undefined ? {} : { customerGuid: customerGuid.toLowerCase() }),
      managedKeys: (managedKeys ?? argKeys.filter((key) => key in properties)).filter((key) => !encrypted.includes(key))
    },
    secrets: opened,
    notCompared: encrypted.filter((path) => toldKeys.some((key) => isWithin(key, path)))
  })
}

const about = (resource: Resource, state: FoundState) => ({
  name: parseUrn(resource.urn).name,
  siteGuid: (resource.id ?? '').toLowerCase(),
  ...pick(state, ['siteName', 'sbcId'])
})

const unfinishedOf = (state: FoundState): Pick<Result, 'unfinished'> =>
  isUnfinished(state)
    ? {
        unfinished: `the last ${state.lastOperation?.kind ?? 'write'} ended ${state.lastOperation?.outcome ?? 'unknown'}`
      }
    : {}

const managedOf = (args: Partial<SipConnectionArgs>, state: FoundState): Properties =>
  pick(args, state.managedKeys ?? [])

/** The result of a read. */
export const resultOf = (resource: Resource, known: Known, found: O.Option<FoundConnection>): Result => {
  const { state, notCompared, secrets } = known
  const fields = O.isSome(found)
    ? fieldChanges(managedOf(argsOf(state), state), managedOf(found.value.inputs, state), undefined, (path) =>
        secrets.some((secret) => isWithin(secret, path))
      )
    : []
  return {
    ...about(resource, state),
    outcome: O.isNone(found) ? 'gone' : fields.length === 0 ? 'same' : 'drift',
    fields,
    notCompared,
    ...unfinishedOf(state)
  }
}

/** The result of a connection that could not be compared. */
export const failureOf = (resource: Resource, state: FoundState, error: ProviderError, now: number): Result => {
  const { siteGuid } = about(resource, state)
  const { siteName: name } = state
  const subject: Subject = { kind: 'read', siteGuid, ...pick({ ...state, name }, ['customerGuid', 'name', 'sbcId']) }
  const { headline, details } = errorText(subject, error, false, now)
  // Those two lines speak of `pulumi refresh`.
  const fitting = details.filter((line) => !/^(Applied:|Next: run "pulumi refresh")/.test(line))
  return {
    ...about(resource, state),
    outcome: 'error',
    fields: [],
    notCompared: [],
    ...unfinishedOf(state),
    error: { headline, details: fitting }
  }
}

/** Compares one connection with the platform. */
export const compare = async (
  resource: Resource,
  env: E.Either<ProviderError, Env>,
  now: () => number
): Promise<Result> => {
  const known = knownOf(resource)
  if (E.isLeft(known)) return failureOf(resource, {}, known.left, now())
  const { siteGuid, state } = known.right
  if (E.isLeft(env)) return failureOf(resource, state, env.left, now())
  const found = await read(siteGuid, state)(env.right)()
  return E.isLeft(found) ? failureOf(resource, state, found.left, now()) : resultOf(resource, known.right, found.right)
}
