import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, optional } from './Decode'
import { type Refused, refused } from './Errors'
import { few } from './Words'

/** What the states of all resources have in common. */

/** Version of the shape of a state. The state of every released version stays readable. */
export const schemaVersion = 1

/** How the last write of a resource ended. */
export interface LastOperation {
  readonly kind: 'create' | 'adopt' | 'update'
  /** `unknown`: the request was sent and its end is not known. */
  readonly outcome: 'ok' | 'failed' | 'unknown'
  /** UTC, RFC 3339. */
  readonly startedAt: string
  readonly durationMs: number
  /** Sent as `x-correlation-id` with every request of the operation. */
  readonly correlationId: string
  /** The platform's own ids of the requests, where it gave any. */
  readonly serverIds: ReadonlyArray<string>
  /** Tasks that the operation waited for. */
  readonly taskIds: ReadonlyArray<string>
}

/** What a state holds beside its inputs, whatever the resource; all of it absent in a look (`get`) or an import file. */
export interface Kept<K extends string> {
  readonly lastOperation?: LastOperation
  /** Origin and path of the platform that holds the thing. */
  readonly platform?: string
  /** The inputs that the program declares; the others are not compared. */
  readonly managedKeys?: ReadonlyArray<K>
  readonly schemaVersion?: number
}

/** What a preview knows of an output: `kept` stays as it is once it is there, `written` comes anew from every write. */
export type OutputRule = 'kept' | 'written'

/** Whether the last write is known to have ended otherwise than well; the next run finishes it. */
export const isUnfinished = ({ lastOperation }: { readonly lastOperation?: LastOperation }): boolean =>
  lastOperation !== undefined && lastOperation.outcome !== 'ok'

/** The named keys of an object that have a value. */
export const pick = <T extends object, K extends keyof T>(from: T, keys: ReadonlyArray<K>): Pick<T, K> =>
  Object.fromEntries(
    keys.filter((key) => from[key] !== undefined && from[key] !== null).map((key) => [key, from[key]])
  ) as Pick<T, K>

/** Names of the inputs that an object declares, without the options, which are never sent. */
export const managedBy =
  <K extends string>(keys: ReadonlyArray<K>, options: ReadonlyArray<K>) =>
  (args: Readonly<Partial<Record<K, unknown>>>): ReadonlyArray<K> =>
    keys.filter((key) => args[key] !== undefined && !options.includes(key))

/** Codecs for the shapes of a state, all of them optional: a state may be partial. */
export const text = optional(t.string)
export const flag = optional(t.boolean)
export const number = optional(t.number)
export const list = <A>(item: t.Type<A, unknown, unknown>): t.Type<ReadonlyArray<A> | undefined, unknown, unknown> =>
  optional<ReadonlyArray<A>>(t.readonlyArray(item))

const inputName = <K extends string>(keys: ReadonlyArray<K>): t.Type<K, unknown, unknown> =>
  new t.Type<K, unknown, unknown>(
    'the name of an input of this version',
    (u): u is K => keys.some((key) => key === u),
    (u, context) => {
      const found = keys.find((key) => key === u)
      return found === undefined ? t.failure(u, context) : t.success(found)
    },
    t.identity
  )

/**
 * Reads a state as the engine hands it over. Most were written by this provider, and some by hand, in an import file. One of a newer version is
 * refused, since its meaning is not known here.
 *
 * @param keys names of the inputs
 * @param shapes shapes of what the code relies on; whether a value is right is for the check to say
 * @param guids keys of uuids, which come out in lower case: an import file may hold them as the portal shows them
 */
export const stateReader = <S>(keys: ReadonlyArray<string>, shapes: t.Props, guids: ReadonlyArray<string>) => {
  const all = t.type({
    executionMessages: list(t.type({ level: t.string, message: t.string })),
    lastOperation: optional(t.type({ kind: t.string, outcome: t.string, correlationId: t.string })),
    platform: text,
    managedKeys: list(inputName(keys)),
    schemaVersion: number,
    ...shapes
  })
  return (properties: Readonly<Record<string, unknown>>): E.Either<Refused, S> => {
    const version = properties.schemaVersion
    if (typeof version === 'number' && version > schemaVersion)
      return E.left(
        refused(
          `The state was written by a newer version of pulumi-audiocodes-live (schemaVersion ${version}; this one knows ${schemaVersion})`,
          'install the newer version in this project (npm install pulumi-audiocodes-live@latest) and run again'
        )
      )
    const shaped = decode(all, properties)
    return E.isRight(shaped)
      ? E.right(
          Object.fromEntries(
            Object.entries(properties)
              .filter(([, value]) => value !== null)
              .map(([key, value]) => [
                key,
                guids.includes(key) && typeof value === 'string' ? value.toLowerCase() : value
              ])
          ) as S
        )
      : E.left(
          refused(
            `The state is not as pulumi-audiocodes-live writes it (${few(shaped.left, 10)})`,
            'correct the import file, or the state with "pulumi state edit", and run again'
          )
        )
  }
}
