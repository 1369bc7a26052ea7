import * as t from 'io-ts'
import { adopt, exactly, flag, guid, integerFrom, oneOf, refine, text, variables } from '../Codecs'
import type { SecretPlaces } from '../SecretMarks'
import type { Codec } from '../Shape'
import { known } from '../Unknowns'

/** What the services of both kinds declare. */

/** The connection that the platform makes together with a service, and the scripts that program its SBC. */
export interface ServiceSiteLocation {
  /** Id of the SBC device, a whole number from 1 (Get SBC Devices). */
  readonly sbcId: number
  /** Id of the script that sets the connection up on the SBC, a whole number from 1 (Get Script Templates). */
  readonly onboardingScript: number
  /** Id of the script that takes the connection off the SBC, a whole number from 1 (Get Script Templates). */
  readonly cleanupScript: number
}

/** Inputs that Hosted Essentials and Operator Connect services have in common. */
export interface ServiceArgs {
  /**
   * Short name of the service: 3 to 15 characters, without blanks, dots and any of `\ / : * ? " < > |`. It is unique within a Microsoft
   * tenant. A change replaces the service.
   */
  readonly shortName: string
  /**
   * Full name, 1 to 200 characters, none of `\ / : * ? " < > |`. Default of the platform: the short name. A change needs the setting
   * `licenseBody: licenseType`, since only that body has a place for it.
   */
  readonly fullName?: string
  /** Microsoft tenant of the customer, a uuid. A change replaces the service. */
  readonly msTenantId: string
  /** The connection that is made with the service. Used at its creation only. */
  readonly siteLocation?: ServiceSiteLocation
  /** Id of the channel that the service is assigned to (Get List of Channels). Used at its creation only. */
  readonly channelId?: string
  /**
   * Variables of the onboarding script by name. Used at the creation only. A value whose name sounds like a secret (`password`, `secret`,
   * `token` …) is marked secret.
   */
  readonly scriptParameters?: Readonly<Record<string, string>>
  /** The license of the service. What is left out stays as it is on the platform. */
  readonly license?: string
  /** Users that the license covers, a whole number from 1. Needs `license`. */
  readonly licensedUsersCount?: number
  /** App registration that the platform uses at Microsoft, a uuid. It is sent with the license, and needs `license`. */
  readonly applicationClientId?: string
  /** Client secret of that app registration. It is sent with the license, and needs `license`. Always a secret. */
  readonly applicationClientSecret?: string
  /**
   * Whether the service is protected against deletion, which takes all of its SIP connections and dial plans along. Default: true. To delete or
   * replace the service, first run `pulumi up` with false.
   */
  readonly deletionProtection?: boolean
  /**
   * What happens when the service exists already. Default: false, an error that says how to take it over. `true`: the service of that short
   * name and tenant is taken over, or created when there is none. An id (uuid): exactly that service is taken over, and never one created. Taking over
   * sends only what differs of the license.
   */
  readonly adopt?: boolean | string
}

const reserved = /[\\/:*?"<>|]/

/** The first character that a name may not have, in words. */
const wrongCharacter = (s: string, wrong: RegExp): string | undefined => {
  const position = [...s].findIndex((c) => wrong.test(c))
  const sign = [...s][position] ?? ''
  const what = /\s/.test(sign) ? 'a blank' : sign === '.' ? 'a dot' : 'a reserved character'
  return position === -1 ? undefined : `has ${what} at position ${position + 1}`
}

const shortNameRule =
  'a short name has 3 to 15 characters, without blanks, dots and any of \\ / : * ? " < > |; choose another one'

const shortName = refine('a short name of 3 to 15 characters', t.string, (s) => {
  const length = [...s].length
  const wrong = wrongCharacter(s, /[\\/:*?"<>|.\s]/)
  return wrong !== undefined
    ? `${wrong}; ${shortNameRule}`
    : length < 3 || length > 15
      ? `has ${length} character${length === 1 ? '' : 's'}; ${shortNameRule}`
      : undefined
})

const fullName = text('the full name of the service', 200, (s) => {
  const wrong = wrongCharacter(s, reserved)
  return wrong === undefined ? undefined : `${wrong}; none of \\ / : * ? " < > | is allowed in a full name`
})

/** Codecs of the fields of a connection that is made with a service. */
export const siteLocationFields = {
  sbcId: known(integerFrom(1)),
  onboardingScript: known(integerFrom(1)),
  cleanupScript: known(integerFrom(1))
}

/** The codecs of the inputs, which also bring them into canonical form (uuids in lower case). A value that is not known yet passes. */
export const serviceCodecs = {
  shortName: known(shortName),
  fullName: known(fullName),
  msTenantId: known(guid),
  siteLocation: known(exactly('an object with sbcId, onboardingScript and cleanupScript', siteLocationFields, {})),
  channelId: known(text('the id of a channel', 128)),
  scriptParameters: known(variables),
  licensedUsersCount: known(integerFrom(1)),
  applicationClientId: known(guid),
  applicationClientSecret: known(text('the client secret of the application', 1024)),
  deletionProtection: known(flag),
  adopt: known(adopt('the id of a service'))
} as const

/** One of the licenses of a kind. */
export const licenseCodec = <W extends string>(...words: ReadonlyArray<W>): Codec<W> => known(oneOf(...words))

/** Inputs that are no outputs: they steer the provider. */
export const steeringKeys = ['deletionProtection', 'adopt'] as const

/** Inputs that a service has from its creation on: they are sent with it, and never again. */
export const creationKeys = ['siteLocation', 'channelId', 'scriptParameters'] as const

/** Inputs that the license change carries. */
export const licenseKeys = [
  'fullName',
  'license',
  'licensedUsersCount',
  'applicationClientId',
  'applicationClientSecret'
] as const
export type LicenseKey = (typeof licenseKeys)[number]

/** Where a service has secrets. */
export const secretPlaces: SecretPlaces = { keys: ['applicationClientSecret'], bags: [['scriptParameters']] }
