import { exactly, integerFrom, oneOf, text } from '../Codecs'
import {
  type ServiceArgs,
  type ServiceSiteLocation,
  creationKeys,
  licenseCodec,
  serviceCodecs,
  siteLocationFields,
  steeringKeys
} from '../services/Args'
import type { Codec } from '../Shape'
import { known } from '../Unknowns'

/** License of an Operator Connect service beyond OC Essential, which it has when it is new: 4 and 5 on the wire. */
export type OperatorConnectLicense = 'OcEssentialPlus' | 'OcPro'

/** What a service is made of on the SBC. */
export type OperatorConnectConfiguration = 'ipGroup' | 'tenant'

/** The connection that the platform makes together with an Operator Connect service. */
export interface OperatorConnectSiteLocation extends ServiceSiteLocation {
  /** Name of the connection, 1 to 128 characters. Default of the platform: a name of its own making. */
  readonly siteLocationName?: string
  /** Id of the script that runs when numbers are uploaded, a whole number from 1 (Get Script Templates). */
  readonly uploadNumberScript?: number
  /** Id of the script that runs when numbers are released, a whole number from 1 (Get Script Templates). */
  readonly releaseNumberScript?: number
}

/**
 * What a program declares of an Operator Connect service, which is made from a lead. What is not declared is the platform's own default at creation
 * and is not managed after.
 *
 * Source: the vendor's pages "Create Service from Lead", "Upgrade Operator Connect Customer License" and "Upgrade or Downgrade Service License".
 */
export interface OperatorConnectServiceArgs extends ServiceArgs {
  /** Microsoft tenant of the customer, a uuid. It must have an active lead without a service. A change replaces the service. */
  readonly msTenantId: string
  /**
   * `ipGroup`: the SBC gets two IP groups (SIP side and Teams side) and the service a connection, which SIP registration needs. `tenant`: service and
   * SBC are tied by the Microsoft tenant. A change replaces the service.
   */
  readonly configuration: OperatorConnectConfiguration
  /** Variables of the scripts by name: `ProxySet`, `OnlinePstnGateway`, and own ones. Used at the creation only. A value under a secret's name is marked secret. */
  readonly scriptParameters?: Readonly<Record<string, string>>
  /** The connection that the platform makes with the service. Used at its creation only. The setting `siteLocationShape` says how it is sent. */
  readonly siteLocation?: OperatorConnectSiteLocation
  /**
   * The license of the service. A new service has OC Essential; another one is sent after the creation. What is left out stays as it is on the
   * platform.
   */
  readonly license?: OperatorConnectLicense
}

/** Names of the inputs. */
export type ArgKey = keyof OperatorConnectServiceArgs

const siteLocation: Codec<OperatorConnectSiteLocation> = exactly(
  'an object with siteLocationName, sbcId, onboardingScript, cleanupScript, uploadNumberScript and releaseNumberScript',
  siteLocationFields,
  {
    siteLocationName: known(text('the name of the connection', 128)),
    uploadNumberScript: known(integerFrom(1)),
    releaseNumberScript: known(integerFrom(1))
  }
)

/** The codec of every input. An input without a codec does not compile. */
export const argCodecs: {
  readonly [K in ArgKey]-?: Codec<Exclude<OperatorConnectServiceArgs[K], undefined>>
} = {
  msTenantId: serviceCodecs.msTenantId,
  shortName: serviceCodecs.shortName,
  fullName: serviceCodecs.fullName,
  configuration: known(oneOf<OperatorConnectConfiguration>('ipGroup', 'tenant')),
  scriptParameters: serviceCodecs.scriptParameters,
  siteLocation: known(siteLocation),
  channelId: serviceCodecs.channelId,
  license: licenseCodec<OperatorConnectLicense>('OcEssentialPlus', 'OcPro'),
  licensedUsersCount: serviceCodecs.licensedUsersCount,
  applicationClientId: serviceCodecs.applicationClientId,
  applicationClientSecret: serviceCodecs.applicationClientSecret,
  deletionProtection: serviceCodecs.deletionProtection,
  adopt: serviceCodecs.adopt
}

/** Names of the inputs, in the order of the documentation. */
export const argKeys = Object.keys(argCodecs) as ReadonlyArray<ArgKey>

/** Inputs that a program must declare. */
export const requiredKeys: ReadonlyArray<ArgKey> = ['msTenantId', 'shortName', 'configuration']

/** Inputs that are sent with the creation, and never again. */
export const creationOnly: ReadonlyArray<ArgKey> = creationKeys

/** Inputs that steer the provider and are no outputs. */
export const optionKeys: ReadonlyArray<ArgKey> = steeringKeys
