import type * as pulumi from '@pulumi/pulumi'
import type { ExecutionMessage } from '../provider/Answers'
import type { LastOperation } from '../provider/State'
import {
  type OperatorConnectServiceArgs as Args,
  type OperatorConnectConfiguration,
  type OperatorConnectLicense,
  type OperatorConnectSiteLocation,
  argKeys,
  optionKeys
} from '../provider/operator-connect-service/Args'
import { secretPlaces } from '../provider/services/Args'
import type { Origin, ServiceComputed } from '../provider/services/State'
import type { Inputs } from './Inputs'
import { providerText } from './providerText'
import { type Description, LiveResource } from './Resource'

/** What a program declares of an Operator Connect service. What is left out is the platform's own default and is not managed. */
export type OperatorConnectServiceArgs = Inputs<Args>

/** Computed properties; one that is missing does not compile. */
const computed: Readonly<Record<keyof ServiceComputed | keyof Origin, true>> = {
  customerGuid: true,
  leadId: true,
  jobId: true,
  licenseType: true,
  siteGuid: true,
  siteName: true,
  executionMessages: true,
  lastOperation: true,
  platform: true
}

const description: Description = {
  type: 'OperatorConnectService',
  provider: providerText('operatorConnectService'),
  inputs: argKeys,
  options: optionKeys,
  idOutput: 'customerGuid',
  computed: Object.keys(computed),
  secrets: secretPlaces,
  instead: 'Declare adopt: "<customer guid>" in its place'
}

/**
 * An Operator Connect service of the AudioCodes Live Platform: a customer, made of the lead of its Microsoft tenant.
 *
 * The lead must be active and have no service yet; one that has is an error that names the service, unless `adopt` says that it is to be taken over.
 * Creating waits for the end of the platform's job and for the first connection to be deployed, and sends the declared license when it is more than OC
 * Essential. A change of `msTenantId`, `shortName` or `configuration` deletes the service and makes another one; what is used at the creation only
 * (`siteLocation`, `scriptParameters`, `channelId`) cannot be changed; the rest is a license change.
 *
 * Deleting a service deletes all of its SIP connections and dial plans. So it is refused, as is a replacement, until `pulumi up` has run with
 * `deletionProtection: false`; the error lists the connections that would go.
 *
 * Errors: bad input fails in the preview, all faults at once, without a request. A failed write says what was applied, whether calls may be affected and what
 * to run next; a service that was made is always kept in the state. A job that fails shows the platform's words.
 *
 * Source: the vendor's pages "Create Service from Lead", "Get Specific OC Lead for Customer", "Get Task", "Upgrade Operator Connect Customer License" and
 * "Delete Service".
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const customer = new live.OperatorConnectService('globex', {
 *   msTenantId: '33333333-3333-3333-3333-333333333333',
 *   shortName: 'globex',
 *   configuration: 'ipGroup',
 *   scriptParameters: { ProxySet: 'Trunk-A', OnlinePstnGateway: 'sbc1.example.net' },
 *   license: 'OcPro',
 *   licensedUsersCount: 50
 * })
 * export const customerGuid = customer.customerGuid
 */
export class OperatorConnectService extends LiveResource {
  /** Microsoft tenant of the customer. */
  declare readonly msTenantId: pulumi.Output<string>
  /** Short name of the service. */
  declare readonly shortName: pulumi.Output<string>
  /** Full name, if it is managed. */
  declare readonly fullName: pulumi.Output<string | undefined>
  /** What the service is made of on the SBC. */
  declare readonly configuration: pulumi.Output<OperatorConnectConfiguration>
  /** Variables of the scripts, as declared. Those with a secret's name are secret. */
  declare readonly scriptParameters: pulumi.Output<Readonly<Record<string, string>> | undefined>
  /** The connection that was made with the service, as declared. */
  declare readonly siteLocation: pulumi.Output<OperatorConnectSiteLocation | undefined>
  /** Channel, as declared. */
  declare readonly channelId: pulumi.Output<string | undefined>
  /** License, if it is managed. */
  declare readonly license: pulumi.Output<OperatorConnectLicense | undefined>
  /** Users that the license covers, if that is managed. */
  declare readonly licensedUsersCount: pulumi.Output<number | undefined>
  /** App registration at Microsoft, if it is managed. */
  declare readonly applicationClientId: pulumi.Output<string | undefined>
  /** Client secret of that app registration, if it is managed. A secret. */
  declare readonly applicationClientSecret: pulumi.Output<string | undefined>

  /** Id of the service (customer): a uuid, the same as the id of the resource. */
  declare readonly customerGuid: pulumi.Output<string>
  /** Id of the lead that the service was made of. */
  declare readonly leadId: pulumi.Output<string | undefined>
  /** Task of the platform that made the service, if this resource made it: `wst_…`. */
  declare readonly jobId: pulumi.Output<string | undefined>
  /** License as the platform writes it: 3 OC Essential, 4 OC Essential Plus, 5 OC Pro. */
  declare readonly licenseType: pulumi.Output<number | undefined>
  /** Id of the connection that was made with the service, where there is one and it can be told from the others. */
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
   * @param id the id of the service (uuid), see `getLeads` and `getServices`
   * @throws the run fails when there is no such service
   *
   * @example
   * import * as live from 'pulumi-audiocodes-live'
   *
   * const initech = live.OperatorConnectService.get('initech', '33333333-3333-3333-3333-333333333333')
   * export const license = initech.license
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): OperatorConnectService {
    return new OperatorConnectService(name, {} as OperatorConnectServiceArgs, { ...opts, id })
  }

  /**
   * @param name name of the resource in the program
   * @param args what is declared of the service
   * @param opts options of the engine. `deleteBeforeReplace` is true unless it is set: a lead has one service. `import` is rejected, because dynamic
   * resources cannot be imported by it; `adopt` serves in its place.
   */
  constructor(name: string, args: OperatorConnectServiceArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(description, name, args, opts)
  }
}
