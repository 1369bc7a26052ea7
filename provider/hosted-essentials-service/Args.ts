import { oneOf, text } from '../Codecs'
import {
  type ServiceArgs,
  type ServiceSiteLocation,
  creationKeys,
  licenseCodec,
  serviceCodecs,
  steeringKeys
} from '../services/Args'
import type { Codec } from '../Shape'
import { known } from '../Unknowns'

/** License of a Hosted Essentials service: 0, 1 and 2 on the wire. */
export type HostedEssentialsLicense = 'HostedEssentials' | 'HostedEssentialsPlus' | 'HostedPro'

/** How a service and its connection are tied on the SBC and on the topology side. */
export type OvocCustomerType = 'IPGROUP_TYPE' | 'TENANT_TYPE'

/**
 * What a program declares of a Hosted Essentials service (Direct Routing). What is not declared is the platform's own default at creation and is
 * not managed after.
 *
 * Source: the vendor's pages "Create Hosted Essentials Service" and "Upgrade or Downgrade Service License".
 */
export interface HostedEssentialsServiceArgs extends ServiceArgs {
  /**
   * The connection that the platform makes with the service. Required for a new service, and used at its creation only: to manage the connection
   * afterwards, declare it as a `SipConnection` with `adopt`. The setting `siteLocationShape` says how it is sent.
   */
  readonly siteLocation?: ServiceSiteLocation
  /**
   * `IPGROUP_TYPE`: the SBC gets an IP group with the short name, which SIP registration needs. `TENANT_TYPE`: service and SBC are tied by the
   * Microsoft tenant. A change replaces the service.
   */
  readonly ovocCustomerType: OvocCustomerType
  /**
   * Id of an existing customer entity that the service is hung under. Left out: the platform makes one of the same name. Used at the creation
   * only.
   */
  readonly lcCustomerId?: string
  /**
   * The license of the service. A new service has `HostedEssentials`; another one is sent after the creation. What is left out stays as it is on the
   * platform. A change to `HostedEssentials` needs the setting `licenseBody: licenseType`.
   */
  readonly license?: HostedEssentialsLicense
}

/** Names of the inputs. */
export type ArgKey = keyof HostedEssentialsServiceArgs

/** The codec of every input. An input without a codec does not compile. */
export const argCodecs: {
  readonly [K in ArgKey]-?: Codec<Exclude<HostedEssentialsServiceArgs[K], undefined>>
} = {
  shortName: serviceCodecs.shortName,
  fullName: serviceCodecs.fullName,
  siteLocation: serviceCodecs.siteLocation,
  ovocCustomerType: known(oneOf<OvocCustomerType>('IPGROUP_TYPE', 'TENANT_TYPE')),
  msTenantId: serviceCodecs.msTenantId,
  channelId: serviceCodecs.channelId,
  lcCustomerId: known(text('the id of a customer entity', 128)),
  scriptParameters: serviceCodecs.scriptParameters,
  license: licenseCodec<HostedEssentialsLicense>('HostedEssentials', 'HostedEssentialsPlus', 'HostedPro'),
  licensedUsersCount: serviceCodecs.licensedUsersCount,
  applicationClientId: serviceCodecs.applicationClientId,
  applicationClientSecret: serviceCodecs.applicationClientSecret,
  deletionProtection: serviceCodecs.deletionProtection,
  adopt: serviceCodecs.adopt
}

/** Names of the inputs, in the order of the documentation. */
export const argKeys = Object.keys(argCodecs) as ReadonlyArray<ArgKey>

/** Inputs that a program must declare. */
export const requiredKeys: ReadonlyArray<ArgKey> = ['shortName', 'ovocCustomerType', 'msTenantId']

/** Inputs that are sent with the creation, and never again. */
export const creationOnly: ReadonlyArray<ArgKey> = [...creationKeys, 'lcCustomerId']

/** Inputs that steer the provider and are no outputs. */
export const optionKeys: ReadonlyArray<ArgKey> = steeringKeys
