import type * as pulumi from '@pulumi/pulumi'
import type { GetServiceArgs, ServiceDetails } from '../../provider/lookups/Service'
import type { NoArgs } from '../../provider/lookups/Calls'
import type { CustomerSummary, GetServicesArgs, Service } from '../../provider/lookups/Services'
import type { Inputs } from '../Inputs'
import { type LookupOptions, output, promised } from './Lookup'

/**
 * All services (customers) of the service provider in brief, in the order of the platform, with `allDetails` each with its SIP connections.
 * A `customerGuid` that is undefined means that no license has been applied to the lead yet. The list is not paged.
 *
 * It is read once a run and configuration, however often it is asked for.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get Services Brief Details (V3).
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const names = live.getServices().then((services) => services.map(({ shortName }) => shortName))
 */
export const getServices = (args: GetServicesArgs = {}, opts: LookupOptions = {}): Promise<ReadonlyArray<Service>> =>
  promised('getServices', args, opts)

/**
 * The same as `getServices`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const services = live.getServicesOutput({ allDetails: true })
 * const connections = services.apply((all) => all.flatMap(({ sipConnections = [] }) => sipConnections))
 * export const names = connections.apply((all) => all.map(({ siteName }) => siteName))
 */
export const getServicesOutput = (
  args: Inputs<GetServicesArgs> = {},
  opts: LookupOptions = {}
): pulumi.Output<ReadonlyArray<Service>> => output('getServices', args, opts)

/**
 * All customers (services) in brief, as the older version of the API lists them: guid, names and license. The list is not paged.
 *
 * It is read once a run and configuration, however often it is asked for.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get Customers Brief Details (V2).
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const guids = live.getCustomers().then((customers) => customers.map(({ customerGuid }) => customerGuid))
 */
export const getCustomers = (args: NoArgs = {}, opts: LookupOptions = {}): Promise<ReadonlyArray<CustomerSummary>> =>
  promised('getCustomers', args, opts)

/**
 * The same as `getCustomers`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * export const count = live.getCustomersOutput().apply((customers) => customers.length)
 */
export const getCustomersOutput = (
  args: Inputs<NoArgs> = {},
  opts: LookupOptions = {}
): pulumi.Output<ReadonlyArray<CustomerSummary>> => output('getCustomers', args, opts)

/**
 * One service (customer) with its SIP connections. Where V3 is missing, or lists no connections, V2 is asked too. The secret of the
 * customer's app registration is not given.
 *
 * It is read once a run and configuration, however often it is asked for.
 * A customer that the platform does not know is an error.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get Details for Specific Service (V3), Get Specific Customer Details (V2).
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const acme = live.getService({ customerGuid: '11111111-1111-4111-8111-111111111111' })
 * export const branches = acme.then(({ sipConnections = [] }) => sipConnections.map(({ siteName, siteGuid }) => `${siteName}: ${siteGuid}`))
 */
export const getService = (args: GetServiceArgs, opts: LookupOptions = {}): Promise<ServiceDetails> =>
  promised('getService', args, opts)

/**
 * The same as `getService`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const acme = live.getServiceOutput({ customerGuid: live.customerGuidOutput('acme') })
 * export const tenant = acme.msTenantId
 */
export const getServiceOutput = (
  args: Inputs<GetServiceArgs>,
  opts: LookupOptions = {}
): pulumi.Output<ServiceDetails> => output('getService', args, opts)
