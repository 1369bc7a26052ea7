import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import type { ExecutionMessage } from '../Answers'
import type { Refused } from '../Errors'
import { type LastOperation, flag, list, stateReader, text } from '../State'
import { type ArgKey, type NumbersGuardArgs, argKeys, optionKeys } from './Args'

/** What a guard has beside its inputs. */
export interface NumbersGuardComputed {
  /** Always empty: a guard writes nothing on the platform. */
  readonly executionMessages: ReadonlyArray<ExecutionMessage>
  /** When the guard was set, or its list was changed. */
  readonly lastOperation: LastOperation
  /** Origin and path of the platform that holds the numbers. */
  readonly platform: string
}

/** State of a guard. */
export type NumbersGuardState = NumbersGuardArgs &
  NumbersGuardComputed & {
    readonly managedKeys: ReadonlyArray<ArgKey>
    readonly schemaVersion: number
  }

/** What is left of a state that another version wrote, or that an import file holds. */
export type FoundState = Partial<NumbersGuardState>

/** The inputs that an object declares, without the options. */
export const managedKeysOf = (args: Partial<NumbersGuardArgs>): ReadonlyArray<ArgKey> =>
  argKeys.filter((key) => args[key] !== undefined && !optionKeys.includes(key))

const read = stateReader(argKeys, {
  customerGuid: text,
  msTenantId: text,
  connections: list(t.string),
  deletionProtection: flag,
  allow: list(t.string)
})

/** The state of a guard as the engine hands it over; its customer in lower case, since an import file may hold ids as the portal shows them. */
export const stateFrom = (properties: Readonly<Record<string, unknown>>): E.Either<Refused, FoundState> =>
  pipe(
    read(properties),
    E.map((state: FoundState) =>
      state.customerGuid === undefined ? state : { ...state, customerGuid: state.customerGuid.toLowerCase() }
    )
  )
