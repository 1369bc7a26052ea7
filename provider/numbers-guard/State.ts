import * as t from 'io-ts'
import type { ExecutionMessage } from '../Answers'
import { type LastOperation, flag, list, managedBy, stateReader, text } from '../State'
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
export const managedKeysOf = managedBy(argKeys, optionKeys)

/** The state of a guard as the engine hands it over. */
export const stateFrom = stateReader<FoundState>(
  argKeys,
  {
    customerGuid: text,
    msTenantId: text,
    connections: list(t.string),
    deletionProtection: flag,
    allow: list(t.string)
  },
  ['customerGuid']
)
