/** What people do in the portal behind the provider's back: connections edited, made and deleted outside the API. */
import { checkedEdit, isFlag, isInteger, isText, isTextMap, orNull } from './EditChecks'
import type { Test } from './EditChecks'
import * as Ids from './Ids'
import { blankSite, nextNumber, withoutSite, withSite } from './State'
import * as Table from './Table'
import type { Site, State } from './Types'

/** The fields that a portal edit may set. `customerVariables` is merged by name; the rest is replaced. */
export type SiteEdit = Partial<
  Omit<Site, 'guid' | 'customerGuid' | 'order' | 'pending' | 'visibleAt' | 'detailsVisibleAt' | 'ovocCustomerType'>
>

export type NewSite = SiteEdit & Pick<Site, 'customerGuid' | 'name'> & { readonly guid?: string }

const isPrefixes: Test = (value) =>
  Array.isArray(value) &&
  value.every(
    (each: Readonly<Record<string, unknown>> | null) =>
      each !== null && isText(each['dialPlanName']) && isInteger(each['index']) && isFlag(each['active'])
  )

const editable: { readonly [K in keyof Required<SiteEdit>]: Test } = {
  name: isText,
  sbcId: isInteger,
  configurationType: isInteger,
  configureSbc: isFlag,
  enableCac: isFlag,
  carrierRegistration: isFlag,
  cacProfile: orNull(isText),
  carrierUserName: orNull(isText),
  carrierUserPassword: orNull(isText),
  carrierPasswordDpi: orNull(isText),
  carrierMainLine: orNull(isText),
  carrierHostName: orNull(isText),
  proxySet: orNull(isText),
  onlinePstnGateway: orNull(isText),
  phones: orNull(isText),
  dialPlanPrefixes: isPrefixes,
  onboardingScript: orNull(isInteger),
  cleanupScript: orNull(isInteger),
  customerVariables: isTextMap,
  configureM365Routing: isFlag,
  m365OnboardingScript: orNull(isInteger),
  m365CleanupScript: orNull(isInteger),
  sbcState: isText,
  m365State: orNull(isInteger)
}

const checked = (edit: object): SiteEdit => checkedEdit<SiteEdit>('site', editable, edit)

const existing = (state: State, guid: string): Site => {
  const site = Table.get(state.sites, guid.toLowerCase())
  if (site === undefined) throw new Error(`There is no site ${guid}.`)
  return site
}

/** @throws Error with one sentence for an unknown site, an unknown field or a value of the wrong type */
export const editedSite = (state: State, guid: string, edit: SiteEdit): State => {
  const site = existing(state, guid)
  const { customerVariables, ...rest } = checked(edit)
  return withSite(state, {
    ...site,
    ...rest,
    customerVariables: { ...site.customerVariables, ...customerVariables }
  })
}

/** @throws Error with one sentence for an unknown site */
export const deletedSite = (state: State, guid: string): State => withoutSite(state, existing(state, guid).guid)

/**
 * A site made in the portal. What is left out is as blank as a site can be; the SBC defaults to the first one.
 *
 * @throws Error with one sentence for an unknown customer, a guid in use, an unknown field or a value of the wrong type
 */
export const addedSite = (state: State, site: NewSite): readonly [State, string] => {
  const { customerGuid, name, guid: wanted, ...edit } = site
  const customer = Ids.asGuid(customerGuid)
  if (customer === undefined || Table.get(state.customers, customer) === undefined) {
    throw new Error(`There is no customer ${String(customerGuid)}.`)
  }
  const [counted, order] = nextNumber(state)
  const guid = wanted === undefined ? Ids.guid(state.seed, 'site', order) : Ids.asGuid(wanted)
  if (guid === undefined) throw new Error('The guid of a site must be a well-formed guid.')
  if (Table.get(state.sites, guid) !== undefined) throw new Error(`There is a site ${guid} already.`)
  const fields = { ...blankSite, sbcId: state.sbcs[0]?.id ?? 1, ...checked({ ...edit, name }), name }
  return [withSite(counted, { ...fields, guid, customerGuid: customer, order }), guid]
}
