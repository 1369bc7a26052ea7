import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, optional } from '../Decode'
import { type Refused, refused } from '../Errors'
import { type ArgKey, type SipConnectionArgs, argKeys, optionKeys } from './Args'
import type { ExecutionMessage } from './Wire'

/** Version of the shape below. The state of every released version stays readable. */
export const schemaVersion = 1

/** How the last write of a connection ended. */
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
export const managedKeysOf = (args: Partial<SipConnectionArgs>): ReadonlyArray<ArgKey> =>
  argKeys.filter((key) => args[key] !== undefined && !optionKeys.includes(key))

/** Whether the last write is known to have ended otherwise than well; the next run finishes it. */
export const isUnfinished = ({ lastOperation }: FoundState): boolean =>
  lastOperation !== undefined && lastOperation.outcome !== 'ok'

/** The named keys of an object that have a value. */
export const pick = <T extends object, K extends keyof T>(from: T, keys: ReadonlyArray<K>): Pick<T, K> =>
  Object.fromEntries(
    keys.filter((key) => from[key] !== undefined && from[key] !== null).map((key) => [key, from[key]])
  ) as Pick<T, K>

/** The inputs within a state. */
export const argsOf = (state: FoundState): Partial<SipConnectionArgs> =>
  pick(state, [...(state.managedKeys ?? argKeys.filter((key) => !optionKeys.includes(key))), ...optionKeys])

const list = <A>(item: t.Type<A, unknown, unknown>): t.Type<ReadonlyArray<A> | undefined, unknown, unknown> =>
  optional<ReadonlyArray<A>>(t.readonlyArray(item))
const text = optional(t.string)
const inputName = new t.Type<ArgKey, unknown, unknown>(
  'the name of an input of this version',
  (u): u is ArgKey => argKeys.some((key) => key === u),
  (u, context) => {
    const found = argKeys.find((key) => key === u)
    return found === undefined ? t.failure(u, context) : t.success(found)
  },
  t.identity
)
const flag = optional(t.boolean)
const number = optional(t.number)
const variables = t.record(t.string, text) as t.Type<unknown, unknown, unknown>

/** Shapes of what a state holds, as far as the code relies on them. Whether a value is right is for the check to say. */
const shapes = t.type({
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
  allow: list(t.string),
  executionMessages: list(t.type({ level: t.string, message: t.string })),
  lastOperation: optional(t.type({ kind: t.string, outcome: t.string, correlationId: t.string })),
  platform: text,
  managedKeys: list(inputName),
  schemaVersion: number
})

/**
 * A state as the engine hands it over. Most were written by this provider, and some by hand, in an import file. One of a newer version is
 * refused, since its meaning is not known here.
 */
export const stateFrom = (properties: Readonly<Record<string, unknown>>): E.Either<Refused, FoundState> => {
  const version = properties.schemaVersion
  if (typeof version === 'number' && version > schemaVersion)
    return E.left(
      refused(
        `The state was written by a newer version of pulumi-audiocodes-live (schemaVersion ${version}; this one knows ${schemaVersion})`,
        'install the newer version in this project (npm install pulumi-audiocodes-live@latest) and run again'
      )
    )
  const shaped = decode(shapes, properties)
  return E.isRight(shaped)
    ? E.right(Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)))
    : E.left(
        refused(
          `The state is not as pulumi-audiocodes-live writes it (${shaped.left.join('; ')})`,
          'correct the import file, or the state with "pulumi state edit", and run again'
        )
      )
}
