import type { LicenseBody } from '../Settings'
import { type LicenseKey, type ServiceArgs, licenseKeys } from './Args'

/**
 * The license of a service, and what its change carries. Sources: the vendor's pages "Upgrade or Downgrade Service License" and "Upgrade Operator Connect
 * Customer License". The first has two spellings of the body, its table and its sample; the setting `licenseBody` says which is sent.
 */

/** The licenses of one kind of service. */
export interface Licenses {
  /** `licenseType` of a new service. */
  readonly entry: number
  /** The licenses that can be declared, and their numbers on the wire. */
  readonly words: Readonly<Record<string, number>>
  /** Whether the entry license is left by a call of its own, whose answer is a task. */
  readonly upgradesByTask: boolean
}

/** 0, 1 and 2 on the wire; that 0 is the entry level is read from samples. */
export const hostedLicenses: Licenses = {
  entry: 0,
  words: { HostedEssentials: 0, HostedEssentialsPlus: 1, HostedPro: 2 },
  upgradesByTask: false
}

/** OC Essential is 3, which cannot be declared: a service has it when it is new, and nothing leads back to it. */
export const operatorConnectLicenses: Licenses = {
  entry: 3,
  words: { OcEssentialPlus: 4, OcPro: 5 },
  upgradesByTask: true
}

const typesOf = ({ entry, words }: Licenses): ReadonlyArray<number> => [entry, ...Object.values(words)]

/** Whether a service has a license of the other kind of services. A number that nobody knows may be of either. */
export const isOfOtherKind = (licenses: Licenses, licenseType: number | undefined): boolean =>
  licenseType !== undefined &&
  !typesOf(licenses).includes(licenseType) &&
  [hostedLicenses, operatorConnectLicenses].some((each) => typesOf(each).includes(licenseType))

/** The word of a license; its number where there is none. */
export const wordOf = ({ words }: Licenses, licenseType: number): string =>
  Object.entries(words).find(([, type]) => type === licenseType)?.[0] ?? String(licenseType)

/** `licenseType` of what is declared. */
export const typeOf = ({ words }: Licenses, { license }: Partial<ServiceArgs>): number | undefined =>
  license === undefined ? undefined : words[license]

/** What the details tell of the license. */
export interface LiveLicense {
  readonly licenseType: number | undefined
  readonly licensedUsersCount: number | undefined
  readonly fullName: string | undefined
  readonly applicationClientId: string | undefined
}

/** Declared and live value of an input; the secret of the application is never told. */
const values = (
  licenses: Licenses,
  live: LiveLicense,
  args: Partial<ServiceArgs>
): Readonly<Record<LicenseKey, readonly [declared: unknown, live: unknown]>> => ({
  fullName: [args.fullName, live.fullName],
  license: [typeOf(licenses, args), live.licenseType],
  licensedUsersCount: [args.licensedUsersCount, live.licensedUsersCount],
  applicationClientId: [args.applicationClientId?.toLowerCase(), live.applicationClientId?.toLowerCase()],
  applicationClientSecret: [args.applicationClientSecret, undefined]
})

/** Declared inputs of which the platform tells another value. */
export const differing = (
  licenses: Licenses,
  live: LiveLicense,
  args: Partial<ServiceArgs>
): ReadonlyArray<LicenseKey> => {
  const all = values(licenses, live, args)
  return licenseKeys.filter((key) => {
    const [declared, told] = all[key]
    return declared !== undefined && told !== undefined && declared !== told
  })
}

/** Declared inputs of which the platform tells nothing. */
export const untold = (
  licenses: Licenses,
  live: LiveLicense,
  args: Partial<ServiceArgs>
): ReadonlyArray<LicenseKey> => {
  const all = values(licenses, live, args)
  return licenseKeys.filter((key) => all[key][0] !== undefined && all[key][1] === undefined)
}

/**
 * Why a change cannot be sent, if it cannot: the table has no place for the full name, and no number for an entry license.
 *
 * @param changed the inputs that differ
 */
export const unsendable = (
  licenses: Licenses,
  args: Partial<ServiceArgs>,
  changed: ReadonlyArray<LicenseKey>,
  form: LicenseBody
): string | undefined => {
  if (form === 'licenseType') return undefined
  const setting = 'the setting licenseBody: licenseType (AUDIOCODES_LIVE_LICENSE_BODY)'
  if (changed.includes('fullName')) return `fullName can be changed only with ${setting}`
  return changed.length > 0 && typeOf(licenses, args) === licenses.entry
    ? `${changed.join(', ')} can be sent for the license ${args.license ?? ''} only with ${setting}`
    : undefined
}

/**
 * Body of the license change, with everything that is declared of it.
 *
 * @param live `licenseType` as it was read: the sample has it in every body
 */
export const changeBody = (
  licenses: Licenses,
  args: Partial<ServiceArgs>,
  live: number | undefined,
  form: LicenseBody
): Readonly<Record<string, unknown>> => {
  const { fullName, licensedUsersCount, applicationClientId, applicationClientSecret } = args
  const application = { applicationClientId, applicationClientSecret }
  return form === 'licenseType'
    ? {
        licenseType: typeOf(licenses, args) ?? live,
        licensedUsersCount,
        customerFullName: fullName,
        ...application
      }
    : { upgradeToLicense: typeOf(licenses, args), licenseCount: licensedUsersCount, ...application }
}

/** Body of the upgrade from the entry license of Operator Connect. */
export const upgradeBody = (licenses: Licenses, args: Partial<ServiceArgs>): Readonly<Record<string, unknown>> => ({
  upgradeToLicense: typeOf(licenses, args),
  licenseCount: args.licensedUsersCount
})
