import * as t from 'io-ts'
import type { ExecutionMessage } from '../Answers'
import { optional } from '../Decode'
import { type LastOperation, flag, list, number, pick, managedBy, stateReader, text } from '../State'
import { type ArgKey, type SipConnectionArgs, argKeys, optionKeys } from './Args'

/** What a connection has beside its inputs. */
export interface SipConnectionComputed {
  /** Id of the connection (site location): a uuid, and the id of the resource. */
  readonly siteGuid: string
  /** Microsoft tenant of the customer. */
  readonly tenantId?: string
  /** Deployment state on the SBC as the platform writes it: `Deployed` or a number (3 was seen for deployed connections). */
  readonly sbcDeploymentState?: string
  /** Deployment state on the Microsoft 365 side as the platform writes it; absent when there is none. */
  readonly m365DeploymentState?: string
  /** What the platform said of the last write, with secrets replaced. A read leaves it as it is. */
  readonly executionMessages: ReadonlyArray<ExecutionMessage>
  /** Whether the messages of the last write or the deployment state say that the SBC is programmed. */
  readonly sbcProgrammed: boolean
  /** Ids of the tasks that the platform still has for the connection. */
  readonly pendingTasks: ReadonlyArray<string>
  /** The last write. A read leaves it as it is. */
  readonly lastOperation: LastOperation
  /** Origin and path of the platform that holds the connection. */
  readonly platform: string
}

/** State of a connection: the checked inputs, what is computed, and what the provider needs to know at the next run. */
export type SipConnectionState = SipConnectionArgs &
  SipConnectionComputed & {
    /** The inputs that the program declares; the others are not compared. */
    readonly managedKeys: ReadonlyArray<ArgKey>
    readonly schemaVersion: number
  }

/** What is left of a state that another version wrote, or that holds no more than a program's arguments (`get`). */
export type FoundState = Partial<SipConnectionState>

/** The inputs that an object declares, without the options that are never sent. */
export const managedKeysOf = managedBy(argKeys, optionKeys)

/** The inputs within a state. */
export const argsOf = (state: FoundState): Partial<SipConnectionArgs> =>
  pick(state, [...(state.managedKeys ?? argKeys.filter((key) => !optionKeys.includes(key))), ...optionKeys])

const variables = t.record(t.string, text) as t.Type<unknown, unknown, unknown>

/** The state of a connection as the engine hands it over. */
export const stateFrom = stateReader<FoundState>(
  argKeys,
  {
    customerGuid: text,
    siteName: text,
    sbcId: number,
    sbcConfigurationType: text,
    configureSbc: flag,
    enableCac: flag,
    cacProfile: text,
    carrierRegistration: flag,
    carrierUserName: text,
    carrierUserPassword: text,
    carrierPasswordDpi: text,
    carrierMainLine: text,
    carrierHostName: text,
    phones: list(t.string),
    dialPlanPrefixes: list(t.UnknownRecord),
    sbcScripts: optional(
      t.type({ onboardingScript: number, cleanupScript: number, customerVariables: optional(variables) })
    ),
    m365Scripts: optional(t.UnknownRecord),
    onlinePstnGateway: text,
    proxySet: text,
    allow: list(t.string)
  },
  ['customerGuid']
)
