import { isUnknown } from '../Unknowns'
import type { ServiceConnection } from '../lookups/Services'
import { isGuid } from '../Codecs'
import { shownId } from '../Answers'
import { type Declaration, ifKnown } from './Declaration'
import { grouped } from '../Groups'
import { onceFor } from './Once'

/** Whether the connection can be made, or taken over, or renamed as declared. Pure. */

type Sites = ReadonlyArray<ServiceConnection>

/** The connections of a customer by name and by id. */
const indexOf = onceFor((sites: Sites) => {
  const byName = grouped(sites, ({ siteName }) => siteName)
  const siteGuids = new Set(sites.map(({ siteGuid }) => siteGuid))
  return {
    named: (name: string): Sites => byName.get(name) ?? [],
    has: (siteGuid: string): boolean => siteGuids.has(siteGuid)
  }
})

const ids = (sites: Sites): string => sites.map(({ siteGuid }) => shownId(siteGuid)).join(', ')

/** A connection that the resource has already: its new name must not be that of another one. */
const renamed = (siteGuid: string, name: string, sites: Sites): ReadonlyArray<string> => {
  const { named: of, has } = indexOf(sites)
  const named = of(name)
  // A list without the connection itself tells nothing of it.
  return !has(siteGuid) || named.length === 0 || named.some((site) => site.siteGuid === siteGuid)
    ? []
    : [
        `siteName: "${name}" is the name of another connection of the customer (site ${ids(named)}); choose another name`
      ]
}

const taken = (name: string, [first, ...others]: Sites): string =>
  others.length === 0
    ? `siteName: "${name}" exists already at the customer (site ${shownId(first?.siteGuid)}); to take it over, declare adopt: "${shownId(first?.siteGuid)}" (or adopt: true) with enableCac and carrierRegistration; to make another connection, choose another siteName`
    : `siteName: "${name}" exists already at the customer, ${others.length + 1} times (sites ${ids([...(first === undefined ? [] : [first]), ...others])}); to take one over, declare adopt: "<site id>"; to make another connection, choose another siteName`

/** Scripts that are not declared, as far as that is known. */
const missingScripts = ({ args }: Declaration): ReadonlyArray<string> => {
  const scripts = args.sbcScripts
  if (isUnknown(scripts)) return []
  return (['onboardingScript', 'cleanupScript'] as const).filter((name) => scripts?.[name] === undefined)
}

const adopted = (name: string, named: Sites, declaration: Declaration): ReadonlyArray<string> => {
  const missing = missingScripts(declaration)
  if (named.length > 1)
    return [
      `adopt: the customer has ${named.length} connections "${name}" (sites ${ids(named)}); declare which one is meant: adopt: "<site id>"`
    ]
  return named.length === 0 && missing.length > 0
    ? [
        `adopt: the customer has no connection "${name}" to take over, and a new one needs sbcScripts.${missing.join(' and sbcScripts.')}; declare ${missing.length > 1 ? 'them' : 'it'}, or correct siteName`
      ]
    : []
}

/**
 * @param sites the connections of the customer; `undefined`: they are not told
 */
export const nameFindings = (declaration: Declaration, sites: Sites | undefined): ReadonlyArray<string> => {
  const { siteGuid, args, mayReplace } = declaration
  const { adopt } = args
  const name = ifKnown(args.siteName)
  if (sites === undefined) return []
  if (siteGuid !== undefined) return name === undefined ? [] : renamed(siteGuid, name, sites)
  if (isUnknown(adopt)) return []
  if (isGuid(adopt)) {
    return indexOf(sites).has(adopt)
      ? []
      : [
          `adopt: the customer has no connection ${adopt}; take the id from its service details, or leave adopt out to create a connection`
        ]
  }
  if (name === undefined || mayReplace) return []
  const named = indexOf(sites).named(name)
  if (adopt === true) return adopted(name, named, declaration)
  return named.length === 0 ? [] : [taken(name, named)]
}
