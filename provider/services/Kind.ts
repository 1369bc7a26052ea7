import type { Program } from '../Env'
import type { Thing } from '../ErrorText'
import type { Request } from '../Http'
import type { ChangeRules } from '../Difference'
import type { Settings } from '../Settings'
import type { ServiceArgs } from './Args'
import type { Licenses } from './License'
import type { Origin } from './State'
import type { ServiceAnswer } from './Wire'

/** A service in the words of a message. @param noun as the headline calls it */
export const serviceThing = (noun: string): Thing => ({
  noun,
  short: 'service',
  remains: 'what is left of its connections on the SBCs (IP groups, registrations)',
  // Until its task has ended nobody sees the service.
  next: 'Where the platform has a task for it, wait for its end before the next run, which looks first and takes what is there.',
  calls: 'those of this service'
})

/** What is there of a service before it is made. */
export interface Present {
  /** Ids of the services that this one would be. */
  readonly customerGuids: ReadonlyArray<string>
  readonly origin: Origin
}

/** A kind of service: how it is found, how it is made, and which licenses it has. The rest of its life is the same for all. */
export interface Kind<A extends ServiceArgs> {
  /** Name of the class in a program. */
  readonly type: string
  readonly thing: Thing
  readonly argKeys: ReadonlyArray<keyof A & string>
  /** Inputs that steer the provider and are no outputs. */
  readonly optionKeys: ReadonlyArray<keyof A & string>
  readonly changeRules: ChangeRules<keyof A & string>
  readonly licenses: Licenses
  /** What is told of where its services come from. */
  readonly origin: ReadonlyArray<keyof Origin>
  /** What no other operation of this process may do meanwhile. */
  readonly turn: (args: A) => string
  /** That there is such a service, in words. */
  readonly isTaken: (args: A) => string
  /** What is there already; an error when nothing can be made of it. */
  readonly present: (args: A) => Program<Present>
  /** Why a new one cannot be made of these inputs, once it is known that none is there. */
  readonly mayMake: (args: A) => Program<void>
  readonly creation: (args: A, settings: Pick<Settings, 'siteLocationShape'>) => Creation
  /** Ids of the services that this one may be, read anew: how a lost creation has ended. */
  readonly look: (args: A) => Program<ReadonlyArray<string>>
  /** Whether a connection is made with the service. */
  readonly hasConnection: (args: A) => boolean
  /** Name that the connection is made with, where the inputs give one. */
  readonly connectionName: (args: Partial<A>) => string | undefined
}

/** The `POST` that makes a service. */
export type Creation = Pick<Request<ServiceAnswer>, 'path' | 'body'>
