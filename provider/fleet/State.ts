import * as t from 'io-ts'
import { optional } from '../Decode'
import { type LastOperation, flag, list, stateReader } from '../State'
import type { SecretPlaces } from '../SecretMarks'
import { type SipConnectionArgs, secretPlaces as connectionSecrets } from '../sip-connection/Args'
import { type SipConnectionFleetArgs, fleetKeys, fleetSecrets } from './Args'
import { entriesOf } from './Entries'
import type { Standing } from './Plan'

/** What a run did with the connections of a fleet. */
export interface Summary {
  /** Connections that it made or took over. */
  readonly created: number
  /** Connections that it changed; a move to another customer counts here. */
  readonly updated: number
  /** Connections that it deleted. */
  readonly deleted: number
  /** Connections that it left as they were. */
  readonly unchanged: number
  /** Connections that it tried to change, in vain or in part. */
  readonly failed: number
  /** Connections that the run should have changed and did not begin. */
  readonly notBegun: number
}

/** A connection that is not (yet) as its entry declares. */
export interface Pending {
  /** The inputs that the platform has; absent while there is no connection. */
  readonly args?: Partial<SipConnectionArgs>
  readonly outcome: LastOperation['outcome']
  /** What its last write was: an id that comes from a creation that did not end well is not relied on without a look. */
  readonly wrote?: LastOperation['kind']
}

/** A connection that is no longer declared, and not deleted yet. */
export interface Leftover extends Pending {
  readonly name: string
  readonly args: Partial<SipConnectionArgs>
}

/** What a fleet has beside its inputs. */
export interface FleetComputed {
  /** Site ids (uuids) by the names of the entries. */
  readonly siteGuids: Readonly<Record<string, string>>
  /** Deployment states on the SBCs as the platform writes them (`Deployed`, or 3), by the names of the entries. */
  readonly deploymentStates: Readonly<Record<string, string>>
  /**
   * What the platform said of the last write of each connection, with secrets replaced, by the names of the entries: a line a message, those of level
   * `Error` with `Error: ` in front. One text, since the messages would otherwise be the largest part of a state of thousands.
   */
  readonly executionMessages: Readonly<Record<string, string>>
  /** What the last run did, in numbers of connections. */
  readonly summary: Summary
  /** Why connections are not as declared, by the names of their entries; empty when all are. */
  readonly failures: Readonly<Record<string, string>>
  /** How the last write of the fleet ended. */
  readonly lastOperation: LastOperation
  /** Origin and path of the platform that holds the connections. */
  readonly platform: string
}

/** State of a fleet: the inputs as of the last run, what is computed, and the connections that the run did not bring to what was declared. */
export type FleetState = SipConnectionFleetArgs &
  FleetComputed & {
    /** By the names of the entries. */
    readonly pending: Readonly<Record<string, Pending>>
    /** By site id. */
    readonly leftovers: Readonly<Record<string, Leftover>>
    /** Names of the canary of a run that was ended early, where the program says only how many: the next run takes others, and asks for these first. */
    readonly canary?: ReadonlyArray<string>
    readonly schemaVersion: number
  }

export type FoundFleet = Partial<FleetState>

/** Where the state of a fleet has secrets. */
export const stateSecrets: SecretPlaces = {
  ...fleetSecrets,
  within: [
    ...(fleetSecrets.within ?? []),
    { path: ['pending', '*', 'args'], places: connectionSecrets },
    { path: ['leftovers', '*', 'args'], places: connectionSecrets }
  ],
  wholes: ['pending', 'leftovers']
}

const texts = optional(t.record(t.string, t.string))
const objects = optional(t.record(t.string, t.UnknownRecord))

/** The state of a fleet as the engine hands it over. */
export const stateFrom = stateReader<FoundFleet>(
  fleetKeys,
  {
    defaults: optional(t.UnknownRecord),
    connections: objects,
    rollout: optional(t.UnknownRecord),
    limits: optional(t.UnknownRecord),
    adopt: flag,
    siteGuids: texts,
    deploymentStates: texts,
    executionMessages: texts,
    failures: texts,
    pending: objects,
    leftovers: objects,
    canary: list(t.string)
  },
  []
)

/** The connections that a state knows, those that are no longer declared too. */
export const standingOf = (state: FoundFleet): ReadonlyArray<Standing> => {
  const { siteGuids = {}, pending = {}, leftovers = {}, failures = {} } = state
  return [
    ...entriesOf(state).map(({ name, args }): Standing => {
      const siteGuid = siteGuids[name]
      const open = pending[name]
      return {
        name,
        args: open?.args ?? args,
        siteGuid,
        isMade: siteGuid !== undefined,
        outcome: open?.outcome ?? 'ok',
        ...(open?.wrote === undefined ? {} : { wrote: open.wrote }),
        failedBefore: name in failures
      }
    }),
    ...Object.entries(leftovers).map(([siteGuid, leftover]): Standing => ({
      ...leftover,
      siteGuid,
      isMade: true,
      isLeftover: true,
      failedBefore: leftover.name in failures
    }))
  ]
}

/** The same of the inputs of a run alone: as if it had gone well. */
export const standingByInputs = (inputs: Partial<SipConnectionFleetArgs>): ReadonlyArray<Standing> =>
  entriesOf(inputs).map((entry) => ({
    ...entry,
    siteGuid: undefined,
    isMade: true,
    outcome: 'ok',
    failedBefore: false
  }))
