import type * as pulumi from '@pulumi/pulumi'
import type { ExecutionMessage } from '../provider/Answers'
import type { LastOperation } from '../provider/State'
import {
  type HostedEssentialsServiceArgs as Args,
  type HostedEssentialsLicense,
  type OvocCustomerType,
  argKeys,
  optionKeys
} from '../provider/hosted-essentials-service/Args'
import { type ServiceSiteLocation, secretPlaces } from '../provider/services/Args'
import type { ServiceComputed } from '../provider/services/State'
import type { Inputs } from './Inputs'
import { providerText } from './providerText'
import { type Description, LiveResource } from './Resource'

/** What a program declares of a Hosted Essentials service. What is left out is the platform's own default and is not managed. */
export type HostedEssentialsServiceArgs = Inputs<Args>

/** Computed properties; one that is missing does not compile. */
const computed: Readonly<Record<keyof ServiceComputed, true>> = {
  customerGuid: true,
  licenseType: true,
  siteGuid: true,
  siteName: true,
  executionMessages: true,
  lastOperation: true,
  platform: true
}

const description: Description = {
  type: 'HostedEssentialsService',
  provider: providerText('hostedEssentialsService'),
  inputs: argKeys,
  options: optionKeys,
  idOutput: 'customerGuid',
  computed: Object.keys(computed),
  secrets: secretPlaces,
  instead: 'Declare adopt: "<customer guid>" in its place'
}

/**
 * A Hosted Essentials service (Direct Routing) of the AudioCodes Live Platform: a customer, made together with its first SIP connection.
 *
 * Creating it waits until that connection is deployed, and sends the declared license when the new service has another one. A service of the same short name
 * and tenant is an error, unless `adopt` says that it is to be taken over. A change of `shortName`, `ovocCustomerType` or `msTenantId` deletes the service
 * and makes another one; what is used at the creation only (`siteLocation`, `scriptParameters`, `channelId`, `lcCustomerId`) cannot be changed; the rest is
 * one license change.
 *
 * Deleting a service deletes all of its SIP connections and dial plans. So it is refused, as is a replacement, until `pulumi up` has run with
 * `deletionProtection: false`; the error lists the connections that would go.
 *
 * Errors: bad input fails in the preview, all faults at once, without a request. A failed write says what was applied, whether calls may be affected and what
 * to run next; a service that was made is always kept in the state. A license change that the platform refuses leaves the old license in the state.
 *
 * Source: the vendor's pages "Create Hosted Essentials Service", "Upgrade or Downgrade Service License", "Get Details for Specific Service" and "Delete
 * Service".
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const customer = new live.HostedEssentialsService('northwind', {
 *   shortName: 'northwind',
 *   fullName: 'Northwind Traders',
 *   msTenantId: '33333333-3333-3333-3333-333333333333',
 *   ovocCustomerType: 'IPGROUP_TYPE',
 *   siteLocation: { sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 },
 *   license: 'HostedEssentialsPlus',
 *   licensedUsersCount: 25
 * })
 * export const customerGuid = customer.customerGuid
 */
export class HostedEssentialsService extends LiveResource {
  /** Short name of the service. */
  declare readonly shortName: pulumi.Output<string>
  /** Full name, if it is managed. */
  declare readonly fullName: pulumi.Output<string | undefined>
  /** The connection that was made with the service, as declared. */
  declare readonly siteLocation: pulumi.Output<ServiceSiteLocation | undefined>
  /** How service and SBC are tied. */
  declare readonly ovocCustomerType: pulumi.Output<OvocCustomerType>
  /** Microsoft tenant of the customer. */
  declare readonly msTenantId: pulumi.Output<string>
  /** Channel, as declared. */
  declare readonly channelId: pulumi.Output<string | undefined>
  /** Customer entity, as declared. */
  declare readonly lcCustomerId: pulumi.Output<string | undefined>
  /** Variables of the onboarding script, as declared. Those with a secret's name are secret. */
  declare readonly scriptParameters: pulumi.Output<Readonly<Record<string, string>> | undefined>
  /** License, if it is managed. */
  declare readonly license: pulumi.Output<HostedEssentialsLicense | undefined>
  /** Users that the license covers, if that is managed. */
  declare readonly licensedUsersCount: pulumi.Output<number | undefined>
  /** App registration at Microsoft, if it is managed. */
  declare readonly applicationClientId: pulumi.Output<string | undefined>
  /** Client secret of that app registration, if it is managed. A secret. */
  declare readonly applicationClientSecret: pulumi.Output<string | undefined>

  /** Id of the service (customer): a uuid, the same as the id of the resource. */
  declare readonly customerGuid: pulumi.Output<string>
  /** License as the platform writes it: 0 Hosted Essentials, 1 Hosted Essentials Plus, 2 Hosted Pro. */
  declare readonly licenseType: pulumi.Output<number | undefined>
  /** Id of the connection that was made with the service, where it can be told from the others. */
  declare readonly siteGuid: pulumi.Output<string | undefined>
  /** Name of that connection. */
  declare readonly siteName: pulumi.Output<string | undefined>
  /** What the platform said of the last write, line by line, with secrets replaced. */
  declare readonly executionMessages: pulumi.Output<ReadonlyArray<ExecutionMessage>>
  /** How the last write ended, with the ids that the platform's support asks for. Absent after `get`. */
  declare readonly lastOperation: pulumi.Output<LastOperation | undefined>
  /** Origin and path of the platform that holds the service. */
  declare readonly platform: pulumi.Output<string>

  /**
   * An existing service that this program does not manage. Secrets and what is used at a creation only are not given.
   *
   * @param name name of the resource in the program
   * @param id the id of the service (uuid), see `getServices` and `customerGuid`
   * @throws the run fails when there is no such service
   *
   * @example
   * import * as live from 'pulumi-audiocodes-live'
   *
   * const acme = live.HostedEssentialsService.get('acme', '11111111-1111-1111-1111-111111111111')
   * export const license = acme.license
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): HostedEssentialsService {
    return new HostedEssentialsService(name, {} as HostedEssentialsServiceArgs, { ...opts, id })
  }

  /**
   * @param name name of the resource in the program
   * @param args what is declared of the service
   * @param opts options of the engine. `deleteBeforeReplace` is true unless it is set: two services of one name cannot exist side by side. `import` is
   * rejected, because dynamic resources cannot be imported by it; `adopt` serves in its place.
   */
  constructor(name: string, args: HostedEssentialsServiceArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(description, name, args, opts)
  }
}
