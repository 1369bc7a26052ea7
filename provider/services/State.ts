import * as t from 'io-ts'
import type { ExecutionMessage } from '../Answers'
import { optional } from '../Decode'
import { type Kept, type LastOperation, flag, number, stateReader, text } from '../State'
import type { ServiceArgs } from './Args'

/** What a service has beside its inputs. */
export interface ServiceComputed {
  /** Id of the service (customer): a uuid, and the id of the resource. */
  readonly customerGuid: string
  /** License as the platform writes it: 0, 1, 2 for Hosted Essentials, 3, 4, 5 for Operator Connect. */
  readonly licenseType?: number
  /** Id of the connection that was made with the service, when the details list exactly one, or one that is named as it was made. */
  readonly siteGuid?: string
  /** Name of that connection. */
  readonly siteName?: string
  /** What the platform said of the last write, with secrets replaced. A read leaves it as it is. */
  readonly executionMessages: ReadonlyArray<ExecutionMessage>
  /** The last write. A read leaves it as it is. */
  readonly lastOperation: LastOperation
  /** Origin and path of the platform that holds the service. */
  readonly platform: string
}

/** Where an Operator Connect service comes from. */
export interface Origin {
  /** Id of the lead that the service was made of, a uuid. */
  readonly leadId?: string
  /** Task that made it, as long as this provider made it. */
  readonly jobId?: string
}

/** State of a service: the checked inputs, what is computed, and what the provider needs to know at the next run. */
export type ServiceState<A extends ServiceArgs> = A &
  ServiceComputed &
  Origin & {
    /** The inputs that the program declares and the platform holds; the others are not compared. */
    readonly managedKeys: ReadonlyArray<keyof A & string>
    readonly schemaVersion: number
  }

/** What is left of a state that another version wrote, or that holds no more than an id (`get`, an import file). */
export type FoundState<A extends ServiceArgs> = Partial<ServiceState<A>>

/** What the lifecycle needs to know of a state, whatever the kind of service. */
export type AnyState = Partial<ServiceArgs & ServiceComputed & Origin> & Kept<string>

const variables = t.record(t.string, text) as t.Type<unknown, unknown, unknown>

/** The state of a service as the engine hands it over. */
export const stateFrom = <A extends ServiceArgs>(keys: ReadonlyArray<string>) =>
  stateReader<FoundState<A>>(
    keys,
    {
      shortName: text,
      fullName: text,
      msTenantId: text,
      ovocCustomerType: text,
      configuration: text,
      siteLocation: optional(t.UnknownRecord),
      channelId: text,
      lcCustomerId: text,
      scriptParameters: optional(variables),
      license: text,
      licensedUsersCount: number,
      applicationClientId: text,
      applicationClientSecret: text,
      deletionProtection: flag,
      licenseType: number,
      siteGuid: text,
      siteName: text,
      leadId: text,
      jobId: text
    },
    ['msTenantId']
  )
