import type * as pulumi from '@pulumi/pulumi'
import {
  type DialPlanPrefix,
  type M365Scripts,
  type SbcConfigurationType,
  type SbcScripts,
  type SipConnectionArgs as Args,
  argKeys,
  optionKeys,
  secretPlaces
} from '../provider/sip-connection/Args'
import type { LastOperation } from '../provider/State'
import type { SipConnectionComputed } from '../provider/sip-connection/State'
import type { ExecutionMessage } from '../provider/Answers'
import { noteConnection } from './dialPlanConflicts'
import type { Inputs } from './Inputs'
import { preflight } from './preflight'
import { providerText } from './providerText'
import { type Description, LiveResource, tokenOf } from './Resource'

/** What a program declares of a SIP connection. What is left out is the platform's own default and is not managed. */
export type SipConnectionArgs = Inputs<Args>

/** Computed properties; one that is missing does not compile. */
const computed: Readonly<Record<keyof SipConnectionComputed, true>> = {
  siteGuid: true,
  tenantId: true,
  sbcDeploymentState: true,
  m365DeploymentState: true,
  executionMessages: true,
  sbcProgrammed: true,
  pendingTasks: true,
  lastOperation: true,
  platform: true
}

const description: Description = {
  type: 'SipConnection',
  provider: providerText('sipConnection'),
  inputs: argKeys,
  options: optionKeys,
  idOutput: 'siteGuid',
  computed: Object.keys(computed),
  secrets: secretPlaces,
  instead: 'Declare adopt: "<site id>" (with enableCac and carrierRegistration) in its place'
}

/**
 * A SIP connection of the AudioCodes Live Platform (the API calls it a site location): the trunk between a customer's telephony and an
 * SBC, with its carrier registration, call admission control, scripts and numbers.
 *
 * Creating it programs the SBC, which takes seconds to minutes; the platform's own words about it are the output `executionMessages`. An
 * existing connection of the same name is an error, unless `adopt` says that it is to be taken over. A change of `customerGuid`
 * deletes the connection and makes another one; every other change is one `PATCH` with all declared fields. Destroying it runs its
 * cleanup script; to leave it on the platform, use the engine's `retainOnDelete`.
 *
 * A preview holds a connection that it would create or change against the platform, as the setting `preflight` says, and reads nothing when
 * nothing changes. What is not known yet is left out, and so is what the platform does not tell. An SBC that only Get SBC Devices could know (setting
 * `sbcDevicesPath`), and the first gateway of a customer, are no more than a notice. A run with `--replace` takes the name for taken by
 * another connection.
 *
 * Errors: bad input fails in the preview, all faults at once, without a request. A failed write says what was applied, whether calls may be
 * affected and what to run next; a connection that was made is always kept in the state.
 *
 * Source: the vendor's pages "Add", "Get", "Modify" and "Delete SIP Connection".
 *
 * @example
 * import * as pulumi from '@pulumi/pulumi'
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const config = new pulumi.Config()
 * const branch = new live.SipConnection('branch-07', {
 *   customerGuid: '11111111-1111-1111-1111-111111111111',
 *   siteName: 'branch-07',
 *   sbcId: 3,
 *   sbcConfigurationType: 'SipTrunk',
 *   enableCac: true,
 *   cacProfile: '10 sessions',
 *   carrierRegistration: true,
 *   carrierUserName: 'u-100',
 *   carrierUserPassword: config.requireSecret('carrierPassword'),
 *   carrierMainLine: 'main',
 *   carrierHostName: 'sip.example.net',
 *   sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
 * })
 * export const messages = branch.executionMessages
 */
export class SipConnection extends LiveResource {
  /** The customer (service) that the connection belongs to. */
  declare readonly customerGuid: pulumi.Output<string>
  /** Name of the connection. */
  declare readonly siteName: pulumi.Output<string>
  /** Id of the SBC. */
  declare readonly sbcId: pulumi.Output<number>
  /** Configuration mode of the SBC, if it is managed. */
  declare readonly sbcConfigurationType: pulumi.Output<SbcConfigurationType | undefined>
  /** Whether the SBC is configured, if that is managed. */
  declare readonly configureSbc: pulumi.Output<boolean | undefined>
  /** Whether a CAC profile is configured, if that is managed. */
  declare readonly enableCac: pulumi.Output<boolean | undefined>
  /** CAC profile, if it is managed. */
  declare readonly cacProfile: pulumi.Output<string | undefined>
  /** Whether the SBC registers with the carrier, if that is managed. */
  declare readonly carrierRegistration: pulumi.Output<boolean | undefined>
  /** Digest user name, if it is managed. */
  declare readonly carrierUserName: pulumi.Output<string | undefined>
  /** Digest password, if it is managed. A secret. */
  declare readonly carrierUserPassword: pulumi.Output<string | undefined>
  /** DPI password, if it is managed. A secret. */
  declare readonly carrierPasswordDpi: pulumi.Output<string | undefined>
  /** User part of the address of record, if it is managed. */
  declare readonly carrierMainLine: pulumi.Output<string | undefined>
  /** Host part of the address of record, if it is managed. */
  declare readonly carrierHostName: pulumi.Output<string | undefined>
  /** Numbers of the connection, if they are managed. */
  declare readonly phones: pulumi.Output<ReadonlyArray<string> | undefined>
  /** Prefixes of dial plans, if they are managed. */
  declare readonly dialPlanPrefixes: pulumi.Output<ReadonlyArray<DialPlanPrefix> | undefined>
  /** Scripts that program the SBC, if they are managed. */
  declare readonly sbcScripts: pulumi.Output<SbcScripts | undefined>
  /** Scripts on the Microsoft 365 side, if they are managed. */
  declare readonly m365Scripts: pulumi.Output<M365Scripts | undefined>
  /** Name of the online PSTN gateway as declared, if it is managed. */
  declare readonly onlinePstnGateway: pulumi.Output<string | undefined>
  /** Name of the proxy set, if it is managed. */
  declare readonly proxySet: pulumi.Output<string | undefined>

  /** Id of the connection (site location): a uuid, the same as the id of the resource. */
  declare readonly siteGuid: pulumi.Output<string>
  /** Microsoft tenant of the customer. */
  declare readonly tenantId: pulumi.Output<string | undefined>
  /** Deployment state on the SBC as the platform writes it: `Deployed`, or a number (3 was seen for deployed connections). */
  declare readonly sbcDeploymentState: pulumi.Output<string | undefined>
  /** Deployment state on the Microsoft 365 side as the platform writes it, if there is one. */
  declare readonly m365DeploymentState: pulumi.Output<string | undefined>
  /** What the platform said of the last write, line by line, with secrets replaced. */
  declare readonly executionMessages: pulumi.Output<ReadonlyArray<ExecutionMessage>>
  /** Whether the messages of the last write or the deployment state say that the SBC is programmed. */
  declare readonly sbcProgrammed: pulumi.Output<boolean>
  /** Ids of the tasks that the platform still has for the connection. */
  declare readonly pendingTasks: pulumi.Output<ReadonlyArray<string>>
  /** How the last write ended, with the ids that the platform's support asks for. Absent after `get`. */
  declare readonly lastOperation: pulumi.Output<LastOperation | undefined>
  /** Origin and path of the platform that holds the connection. */
  declare readonly platform: pulumi.Output<string>

  /**
   * An existing connection that this program does not manage. Passwords and script variables are not given.
   *
   * @param name name of the resource in the program
   * @param id the site id (uuid), which the service details of the customer list
   * @param args the customer that the connection belongs to: a missing connection is told from a wrong address by it
   * @throws the run fails when the customer has no such connection
   *
   * @example
   * import * as live from 'pulumi-audiocodes-live'
   *
   * const headquarters = live.SipConnection.get('headquarters', '22222222-2222-2222-2222-222222222222', {
   *   customerGuid: '11111111-1111-1111-1111-111111111111'
   * })
   * export const sbc = headquarters.sbcId
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    args: { readonly customerGuid: pulumi.Input<string> },
    opts?: pulumi.CustomResourceOptions
  ): SipConnection {
    return new SipConnection(name, args as SipConnectionArgs, { ...opts, id })
  }

  /**
   * @param name name of the resource in the program
   * @param args what is declared of the connection
   * @param opts options of the engine. `deleteBeforeReplace` is true unless it is set: two connections of one name cannot exist side by
   * side. `import` is rejected, because dynamic resources cannot be imported by it; `adopt` serves in its place.
   */
  constructor(name: string, args: SipConnectionArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(description, name, args, opts)
    preflight(this, tokenOf(description.type), name, args, opts)
    noteConnection(this, name, args, opts)
  }
}
