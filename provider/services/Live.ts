import { isDeployed } from '../Answers'
import { isGuid } from '../Codecs'
import { pick } from '../State'
import { type ServiceArgs, licenseKeys } from './Args'
import { type Licenses, wordOf } from './License'

/** What the details of a service say of what is declared. */

/** A connection in the details. */
export interface LiveConnection {
  readonly siteGuid: string
  readonly siteName: string
  readonly sbcId: number | undefined
  readonly sbcDeploymentState: string | undefined
}

/** The details of a service, as far as they are used here. */
export interface LiveService {
  readonly customerGuid: string | undefined
  readonly shortName: string
  readonly fullName: string | undefined
  readonly msTenantId: string | undefined
  readonly licenseType: number | undefined
  readonly licensedUsersCount: number | undefined
  readonly applicationClientId: string | undefined
  /** `undefined`: not told. */
  readonly sipConnections: ReadonlyArray<LiveConnection> | undefined
}

/** What tells one service from another. */
export type Names = Pick<ServiceArgs, 'shortName' | 'msTenantId'>

/** Whether two short names are the same: the platform may write one in its own way. */
export const isSameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Whether details that were asked for by an id are those of another service; a tenant that is not told says nothing. */
export const isAnother = (customerGuid: string, names: Partial<Names>, live: LiveService): boolean =>
  (live.customerGuid !== undefined && live.customerGuid !== customerGuid) ||
  (names.shortName !== undefined && !isSameName(live.shortName, names.shortName)) ||
  (names.msTenantId !== undefined &&
    live.msTenantId !== undefined &&
    live.msTenantId.toLowerCase() !== names.msTenantId.toLowerCase())

/**
 * The connection that was made with a service: the one that is known already; otherwise the one that is named as it was made, or the only one. Its name
 * may be of the platform's making.
 *
 * @param known its id, as far as the state has one
 */
export const primaryOf = (
  { sipConnections = [], shortName }: LiveService,
  made: string | undefined,
  known?: string
): LiveConnection | undefined => {
  const all = sipConnections.filter(({ siteGuid }) => isGuid(siteGuid))
  if (known !== undefined) return all.find(({ siteGuid }) => siteGuid === known)
  const named = all.filter(({ siteName }) => siteName === (made ?? shortName))
  const [only, ...others] = named.length > 0 ? named : all
  return others.length === 0 ? only : undefined
}

/** How far a connection is; what is not known counts as under way. */
export const deployment = (state: string | undefined): 'deployed' | 'failed' | 'under way' =>
  isDeployed(state) ? 'deployed' : /fail|error/i.test(state ?? '') ? 'failed' : 'under way'

/** Inputs that the details show. */
export const visibleKeys = ['shortName', 'fullName', 'msTenantId', ...licenseKeys.slice(1, 4)] as ReadonlyArray<
  keyof ServiceArgs
>

/**
 * The inputs as they are on the platform. What it does not tell keeps the value of the state.
 *
 * @param keys the inputs that count
 */
export const liveArgs = <A extends ServiceArgs>(
  licenses: Licenses,
  live: LiveService,
  before: Partial<A>,
  keys: ReadonlyArray<keyof A>
): Partial<A> => {
  const isNamedSo = before.shortName !== undefined && isSameName(before.shortName, live.shortName)
  const told: Partial<ServiceArgs> = pick(
    {
      shortName: isNamedSo ? before.shortName : live.shortName,
      fullName: live.fullName,
      msTenantId: live.msTenantId?.toLowerCase(),
      license: live.licenseType === undefined ? undefined : wordOf(licenses, live.licenseType),
      licensedUsersCount: live.licensedUsersCount,
      applicationClientId: live.applicationClientId?.toLowerCase()
    } as ServiceArgs,
    visibleKeys
  )
  return { ...pick(before, keys), ...pick(told as Partial<A>, keys) }
}
