import type * as pulumi from '@pulumi/pulumi'
import type { LastOperation } from '../provider/State'
import {
  type ChangeWindow,
  type FleetEntry,
  type Limits,
  type Rollout,
  type SipConnectionFleetArgs as Args,
  fleetKeys,
  fleetSecrets
} from '../provider/fleet/Args'
import type { FleetComputed, Summary } from '../provider/fleet/State'
import { preflightFleet } from './fleetPreflight'
import type { Inputs } from './Inputs'
import { providerText } from './providerText'
import { type Description, LiveResource, tokenOf } from './Resource'

/** What a program declares of a fleet of SIP connections. */
export type SipConnectionFleetArgs = Inputs<Args>

export type { ChangeWindow, FleetEntry, Limits, Rollout, Summary }

/** Computed properties; one that is missing does not compile. */
const computed: Readonly<Record<keyof FleetComputed, true>> = {
  siteGuids: true,
  deploymentStates: true,
  executionMessages: true,
  summary: true,
  failures: true,
  lastOperation: true,
  platform: true
}

const description: Description = {
  type: 'SipConnectionFleet',
  provider: providerText('sipConnectionFleet'),
  inputs: fleetKeys,
  options: [],
  computed: Object.keys(computed),
  secrets: fleetSecrets,
  instead: 'Declare adopt: true on the fleet, which takes over exactly the declared connections'
}

/**
 * Many SIP connections as one resource: up to 10,000, of one customer or of several. The engine then keeps one state for all of them, which makes a run of
 * thousands a matter of the platform's time alone, and the changes can go out in stages.
 *
 * Every entry goes through the very same check, plan, `PATCH` and reading as a `SipConnection`. An entry is found again by the site id in its `adopt`, then by
 * `customerGuid` and `siteName`, then by its name: another name in the program changes nothing on the platform. An entry that is taken out is
 * deleted, at the end of the run; one whose `customerGuid` changes is deleted and made again. Before the first connection is made, the service
 * details of its customer are read; names that exist already are an error with all of them, unless `adopt` takes them over.
 *
 * A connection that fails does not end the others. What was done is in the state, the error lists what was done, what failed with the platform's own words, and
 * what was not begun; the next run goes on from there, the failed ones first.
 *
 * The preview tells in which order the connections are changed, on which SBCs, and what `limits` do not count. It holds the connections that the run would
 * create or change against the platform, as that of a `SipConnection` does, with one read of each list; a finding that many entries have is one line.
 *
 * Source: the vendor's pages "Add", "Get", "Modify" and "Delete SIP Connection", as for `SipConnection`.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const fleet = new live.SipConnectionFleet('branches', {
 *   defaults: {
 *     customerGuid: '11111111-1111-1111-1111-111111111111',
 *     sbcId: 3,
 *     enableCac: true,
 *     cacProfile: '10 sessions',
 *     sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
 *   },
 *   connections: {
 *     hamburg: { siteName: 'hamburg' },
 *     berlin: { siteName: 'berlin', cacProfile: '20 sessions' }
 *   },
 *   rollout: { canary: 1, batchSize: 20 },
 *   limits: { maxDeletes: 0 }
 * })
 * export const summary = fleet.summary
 */
export class SipConnectionFleet extends LiveResource {
  /** Inputs of every connection that does not declare them itself, if there are any. */
  declare readonly defaults: pulumi.Output<FleetEntry | undefined>
  /** The connections as declared, by the names of their entries. */
  declare readonly connections: pulumi.Output<Readonly<Record<string, FleetEntry>>>
  /** How changes go out, if it is declared. */
  declare readonly rollout: pulumi.Output<Rollout | undefined>
  /** What a run may change at most, if it is declared. */
  declare readonly limits: pulumi.Output<Limits | undefined>
  /** Whether connections that exist already are taken over, if it is declared. */
  declare readonly adopt: pulumi.Output<boolean | undefined>

  /** Site ids (uuids) by the names of the entries. */
  declare readonly siteGuids: pulumi.Output<Readonly<Record<string, string>>>
  /** Deployment states on the SBCs as the platform writes them (`Deployed`, or 3), by the names of the entries. */
  declare readonly deploymentStates: pulumi.Output<Readonly<Record<string, string>>>
  /**
   * What the platform said of the last write of each connection, with secrets replaced, by the names of the entries: a line a message, those of level
   * `Error` with `Error: ` in front.
   */
  declare readonly executionMessages: pulumi.Output<Readonly<Record<string, string>>>
  /** What the last run did, in numbers of connections. */
  declare readonly summary: pulumi.Output<Summary>
  /** Why connections are not as declared, by the names of their entries; empty when all are. */
  declare readonly failures: pulumi.Output<Readonly<Record<string, string>>>
  /** How the last write of the fleet ended. */
  declare readonly lastOperation: pulumi.Output<LastOperation>
  /** Origin and path of the platform that holds the connections. */
  declare readonly platform: pulumi.Output<string>

  /**
   * @param name name of the resource in the program
   * @param args what is declared of the connections
   * @param opts options of the engine. `import` is rejected: `adopt` takes existing connections over.
   */
  constructor(name: string, args: SipConnectionFleetArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(description, name, args, opts)
    preflightFleet(this, tokenOf(description.type), name, args, opts)
  }
}
