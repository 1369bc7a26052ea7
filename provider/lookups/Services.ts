import * as t from 'io-ts'
import { Integer, Text, caseBlind, optional } from '../Decode'
import type { Program } from '../Env'
import { type Arguments, Flag } from './Arguments'
import { LowerCase, OptionalGuid } from './Codecs'
import { type List, listed, whole } from './Lists'

/** A SIP connection in the list of its service. */
export interface ServiceConnection {
  /** Id of the connection (site location), a uuid in lower case. */
  readonly siteGuid: string
  /** Name of the connection. The first one of a service has a name that the platform made. */
  readonly siteName: string
  /** Id of its SBC. */
  readonly sbcId: number | undefined
  /** Deployment state on the SBC as the platform writes it; `Deployed` was seen. */
  readonly sbcDeploymentState: string | undefined
  /** Configuration mode of the SBC as the platform writes it; `SipTrunk` and `Byoc` were seen. V3 only. */
  readonly sbcConfigurationType: string | undefined
}

/** A service (customer) in brief, as V2 and V3 both tell it. */
export interface CustomerSummary {
  /** Id of the service, a uuid in lower case. `undefined`: no license has been applied to the lead yet. */
  readonly customerGuid: string | undefined
  /** Short name. It is unique within a Microsoft tenant. */
  readonly shortName: string | undefined
  /** Full name. */
  readonly fullName: string | undefined
  /** 1 Hosted Essentials Plus, 2 Hosted Pro, 4 OC Essential Plus, 5 OC Pro; 0 and 3 are taken for Hosted Essentials and OC Essential. */
  readonly licenseType: number | undefined
}

/** A service (customer) in brief, as V3 tells it. */
export interface Service extends CustomerSummary {
  /** Users that the license covers. */
  readonly licensedUsersCount: number | undefined
  /** Active users. */
  readonly activeUserCount: number | undefined
  /** Active users of Live Hub. */
  readonly liveHubActiveUsersCount: number | undefined
  /** Simple users of Live Hub. */
  readonly liveHubSimpleUsersCount: number | undefined
  /** Microsoft tenant of the customer, a uuid. */
  readonly msTenantId: string | undefined
  /** Its SIP connections; `undefined` where they were not asked for, or are not told. */
  readonly sipConnections: ReadonlyArray<ServiceConnection> | undefined
}

/** Arguments of `getServices`. */
export interface GetServicesArgs {
  /** Whether the SIP connections of every service are listed too. Default: false. */
  readonly allDetails?: boolean
}

const Connection: t.Type<ServiceConnection, unknown, unknown> = caseBlind(
  {
    siteGuid: LowerCase,
    siteName: t.string,
    sbcId: optional(Integer),
    sbcDeploymentState: optional(Text),
    sbcConfigurationType: optional(Text)
  },
  'SiteLocation',
  { siteGuid: ['id'], siteName: ['name'] }
)

/** null is an empty list; only an absent one says nothing. */
const Connections = new t.Type<ReadonlyArray<ServiceConnection> | undefined, unknown, unknown>(
  'list of connections',
  (u): u is ReadonlyArray<ServiceConnection> | undefined => u === undefined || t.array(Connection).is(u),
  (u, context) =>
    u === undefined ? t.success(undefined) : u === null ? t.success([]) : t.array(Connection).validate(u, context),
  t.identity
)

const brief = {
  customerGuid: OptionalGuid,
  shortName: optional(t.string),
  fullName: optional(t.string),
  licenseType: optional(Integer)
}

/** V2 and V3 name the same things differently. */
const briefNames = {
  customerGuid: ['umpCustomerGuid', 'id', 'customerId'],
  shortName: ['customerShortName'],
  fullName: ['customerFullName']
}

/** The fields of a service, and the other names that the platform has for them. */
export const serviceFields = {
  ...brief,
  licensedUsersCount: optional(Integer),
  activeUserCount: optional(Integer),
  liveHubActiveUsersCount: optional(Integer),
  liveHubSimpleUsersCount: optional(Integer),
  msTenantId: optional(t.string),
  sipConnections: Connections
}
export const serviceNames = { ...briefNames, sipConnections: ['siteLocation', 'siteLocations'] }

/** Nothing but null may be true of a lead, but something must be told of it; else the names are others than we know. */
const identified = <A extends CustomerSummary>(codec: t.Type<A, unknown, unknown>): t.Type<A, unknown, unknown> =>
  new t.Type<A, unknown, unknown>(
    codec.name,
    codec.is,
    (u, context) => {
      const decoded = codec.validate(u, context)
      if (decoded._tag === 'Left') return decoded
      const { customerGuid, shortName } = decoded.right
      return customerGuid === undefined && shortName === undefined
        ? t.failure(u, context, 'expected a guid or a short name')
        : decoded
    },
    t.identity
  )

const Service: t.Type<Service, unknown, unknown> = identified(caseBlind(serviceFields, 'Service', serviceNames))
const CustomerSummary: t.Type<CustomerSummary, unknown, unknown> = identified(
  caseBlind(brief, 'CustomerSummary', briefNames)
)

/** The list of all services, as V3 has it. */
export const services = (allDetails: boolean): List<Service> => ({
  path: '/api/v3/customer',
  ...(allDetails ? { query: { allDetails: 'true' } } : {}),
  entry: Service,
  paging: whole
})

/** What is right for `getServices`. */
export const servicesArguments: Arguments<GetServicesArgs> = {
  allDetails: optional(Flag)
}

/** Get Services Brief Details (V3). */
export const getServices = ({ allDetails = false }: GetServicesArgs = {}): Program<ReadonlyArray<Service>> =>
  listed(services(allDetails))

/** Get Customers Brief Details (V2). */
export const getCustomers = (): Program<ReadonlyArray<CustomerSummary>> =>
  listed({ path: '/api/v2/customer', entry: CustomerSummary, paging: whole })
