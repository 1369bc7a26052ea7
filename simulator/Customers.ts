/** Services (customers): brief lists and details, V3 in PascalCase and V2 under its other names. */
import { validGuid } from './Checks'
import * as Problems from './Problems'
import { configurationWord, deploymentState } from './SiteView'
import { allCustomers, sitesOf } from './State'
import * as Table from './Table'
import type { Call, Customer, Lead, Result, State } from './Types'

type Brief = Pick<
  Customer,
  'shortName' | 'fullName' | 'licenseType' | 'licensedUsersCount' | 'msTenantId' | 'activeUserCount'
> & { readonly guid: string | null }

const briefV3 = (customer: Brief) => ({
  UmpCustomerGuid: customer.guid,
  CustomerShortName: customer.shortName,
  CustomerFullName: customer.fullName,
  LicenseType: customer.licenseType,
  LicensedUsersCount: customer.licensedUsersCount,
  MsTenantId: customer.msTenantId,
  ActiveUserCount: customer.activeUserCount
})

/** A lead without a license among the services: no guid yet, and nothing licensed. */
const unlicensed = ({ companyName, tenantId }: Lead) => ({
  guid: null,
  shortName: companyName,
  fullName: companyName,
  licenseType: 0,
  licensedUsersCount: null,
  msTenantId: tenantId,
  activeUserCount: 0
})

const unlicensedLeads = (state: State): readonly Lead[] =>
  state.switches.unlicensedLeads === 'leftOut'
    ? []
    : state.leads.filter(({ isLocal, umpCustomerGuid }) => isLocal && umpCustomerGuid === null)

const briefV2 = (customer: Brief) => ({
  Id: customer.guid,
  ShortName: customer.shortName,
  FullName: customer.fullName,
  LicenseType: customer.licenseType
})

const locations = (call: Call, customer: Customer, version: 'v2' | 'v3') =>
  sitesOf(call.state, customer.guid)
    .filter((site) => site.detailsVisibleAt <= call.now)
    .map((site) => ({
      id: site.guid,
      name: site.name,
      sbcId: site.sbcId,
      sbcDeploymentState: deploymentState(site, call.now, 'details', call.state.switches.states),
      ...(version === 'v3' ? { sbcConfigurationType: configurationWord(site.configurationType) } : {})
    }))

const wantsDetails = (query: URLSearchParams): boolean =>
  [...query].some(([name, value]) => name.toLowerCase() === 'alldetails' && value.toLowerCase() === 'true')

const secretShown = ({ switches }: State, { applicationClientSecret }: Customer) =>
  switches.applicationSecret === 'clear' ? applicationClientSecret : (applicationClientSecret?.slice(0, 3) ?? null)

/** The application's members are shown for the licenses above the entry level only, as in the documented samples. */
export const detailsV3 = (call: Call, customer: Customer) => ({
  ...briefV3(customer),
  SiteLocation: locations(call, customer, 'v3'),
  ...(customer.applicationClientId === null
    ? {}
    : {
        MsDefaultDomain: customer.msDefaultDomain,
        ApplicationClientId: customer.applicationClientId,
        ApplicationClientSecret: secretShown(call.state, customer),
        ClientSecretExpirationDate: customer.clientSecretExpirationDate
      })
})

const one =
  (shown: (call: Call, customer: Customer) => unknown) =>
  (call: Call): Result => {
    const guid = validGuid('customerGuid', call.params[0] ?? '', call)
    if (typeof guid !== 'string') return [call.state, guid]
    const customer = Table.get(call.state.customers, guid)
    return [
      call.state,
      customer === undefined ? Problems.notFound('Customer', guid) : Problems.json(200, shown(call, customer))
    ]
  }

/** `GET /api/v3/customer/{guid}?allDetails=true` */
export const getCustomerV3 = one((call, customer) =>
  wantsDetails(call.query) ? detailsV3(call, customer) : briefV3(customer)
)

/** `GET /api/v2/customer/{guid}`: always with the connections. */
export const getCustomerV2 = one((call, customer) => ({
  ...briefV2(customer),
  SiteLocation: locations(call, customer, 'v2')
}))

const liveHub = { LiveHubActiveUsersCount: 0, LiveHubSimpleUsersCount: 0 }

/** `GET /api/v3/customer`, with the connections of every service for `allDetails=true`. */
export const listCustomersV3 = (call: Call): Result => {
  const allDetails = wantsDetails(call.query)
  const services = allCustomers(call.state).map((customer) => ({
    ...briefV3(customer),
    ...liveHub,
    ...(allDetails ? { SiteLocation: locations(call, customer, 'v3') } : {})
  }))
  const leads = unlicensedLeads(call.state).map((lead) => ({
    ...briefV3(unlicensed(lead)),
    ...liveHub,
    ...(allDetails ? { SiteLocation: [] } : {})
  }))
  return [call.state, Problems.json(200, [...services, ...leads])]
}

/** `GET /api/v2/customer` */
export const listCustomersV2 = (call: Call): Result => [
  call.state,
  Problems.json(200, [...allCustomers(call.state), ...unlicensedLeads(call.state).map(unlicensed)].map(briefV2))
]
