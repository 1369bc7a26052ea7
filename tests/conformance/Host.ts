import type * as E from 'fp-ts/Either'
import type { resources } from '../../provider/resources'
import type { JsonObject } from '../support/Json'

/**
 * A host of the core as the engine speaks to it. Properties are as the engine keeps them: secrets in its wire form, and `__provider` where the
 * host has one.
 */

/** A resource by its name in `provider/resources.ts`. */
export type Kind = keyof typeof resources

/** Where the dynamic host keeps the text that loads it. */
export const providerKey = '__provider'

/** A call that was answered with an error. */
export interface Failure {
  /** The gRPC status; 2 is what a provider may answer, everything else is a defect. */
  readonly code: number
  readonly text: string
  /** What the engine must keep, when a write took effect in part. */
  readonly kept?: { readonly id: string; readonly properties: JsonObject; readonly reasons: readonly string[] }
  /** What else only one of the hosts tells. */
  readonly own: JsonObject
}

export interface Checked {
  readonly inputs: JsonObject
  readonly failures: readonly { readonly property: string; readonly reason: string }[]
}

export interface Compared {
  /** `unknown`: the engine compares the inputs by itself. */
  readonly changes: 'none' | 'some' | 'unknown'
  readonly replaces: readonly string[]
  readonly deleteBeforeReplace: boolean
  /** Kinds of change by property path; none: the host does not tell. */
  readonly detail?: Readonly<Record<string, string>>
}

/** A resource of the state. */
export interface Kept {
  readonly id: string
  readonly inputs: JsonObject
  readonly outputs: JsonObject
}

export type Answer<A> = Promise<E.Either<Failure, A>>

/** The calls of an engine to a provider process. */
export interface Host {
  readonly name: 'dynamic' | 'plugin'
  /**
   * A configuration for all that follows, by plain key.
   *
   * @param instance name of an explicit provider instance
   * @returns what is wrong with it, if the host is asked for that before anything else
   */
  readonly configure: (settings: Readonly<Record<string, string>>, instance?: string) => Promise<readonly string[]>
  readonly check: (kind: Kind, olds: JsonObject, news: JsonObject) => Answer<Checked>
  readonly diff: (kind: Kind, old: Kept, news: JsonObject) => Answer<Compared>
  readonly create: (kind: Kind, inputs: JsonObject) => Answer<{ readonly id: string; readonly outputs: JsonObject }>
  /** @returns an empty id when it is gone; inputs that are missing stay as they are */
  readonly read: (
    kind: Kind,
    id: string,
    outputs: JsonObject,
    inputs: JsonObject
  ) => Answer<{ readonly id: string; readonly outputs: JsonObject; readonly inputs?: JsonObject }>
  readonly update: (kind: Kind, old: Kept, news: JsonObject) => Answer<JsonObject>
  readonly delete: (kind: Kind, old: Kept) => Answer<void>
  /** The outputs that a preview shows before a write; none: the host is not asked. */
  readonly preview?: (kind: Kind, old: Kept | undefined, news: JsonObject) => Answer<JsonObject>
  /** The notices that were shown since the last call, line by line. */
  readonly notices: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}
