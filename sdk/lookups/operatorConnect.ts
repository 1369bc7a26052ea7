import type * as pulumi from '@pulumi/pulumi'
import type { GetLeadsArgs, Lead } from '../../provider/lookups/Leads'
import type { GetNumbersArgs, OperatorConnectNumber } from '../../provider/lookups/Numbers'
import type { Inputs } from '../Inputs'
import { type LookupOptions, output, promised } from './Lookup'

/**
 * The leads of Operator Connect, all or those of one Microsoft tenant. A `customerGuid` that is undefined means that no license has been
 * applied to the lead yet. All pages are read, 1,000 leads each; the vendor counts them from 1 on a newer page and from 0 on an older
 * one, and both are understood. Of direct leads without addresses, the platform itself fetches the addresses from Microsoft when it
 * is asked.
 *
 * It is read once a run and configuration, however often it is asked for.
 * A tenant without a lead is an error where the platform makes it one.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get All OC Leads, Get Specific OC Lead for Customer.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const leads = live.getLeads()
 * const waiting = leads.then((all) => all.filter(({ customerGuid }) => customerGuid === undefined))
 * export const companies = waiting.then((all) => all.map(({ contact }) => contact?.companyName))
 */
export const getLeads = (args: GetLeadsArgs = {}, opts: LookupOptions = {}): Promise<ReadonlyArray<Lead>> =>
  promised('getLeads', args, opts)

/**
 * The same as `getLeads`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const leads = live.getLeadsOutput({ msTenantId: 'a0a0a0a0-0001-4000-8000-000000000003' })
 * export const countries = leads.apply((all) => all.flatMap(({ consentedCountries }) => consentedCountries))
 */
export const getLeadsOutput = (
  args: Inputs<GetLeadsArgs> = {},
  opts: LookupOptions = {}
): pulumi.Output<ReadonlyArray<Lead>> => output('getLeads', args, opts)

/**
 * The Operator Connect numbers of a Microsoft tenant, E.164. All pages are read, 200 numbers each, counted from 1. Where V3 is missing, V2
 * is asked, which knows neither customer nor connection of a number and does not filter.
 *
 * It is read once a run and configuration, however often it is asked for.
 * A tenant that the platform does not know is an error where the platform makes it one.
 * Throws when the platform cannot be asked, refuses, or answers in another shape than documented; the text says what to do.
 *
 * Source: Get Operator Connect Customer Numbers (V3, V2).
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const numbers = live.getNumbers({ msTenantId: 'a0a0a0a0-0001-4000-8000-000000000003', acquiredNumberStatus: 'Active' })
 * export const active = numbers.then((all) => all.map(({ telephoneNumber }) => telephoneNumber))
 */
export const getNumbers = (
  args: GetNumbersArgs,
  opts: LookupOptions = {}
): Promise<ReadonlyArray<OperatorConnectNumber>> => promised('getNumbers', args, opts)

/**
 * The same as `getNumbers`, for arguments that may be outputs: unknown ones make an unknown result in a preview, secret ones a
 * secret result.
 *
 * @example
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const initech = live.getServiceOutput({ customerGuid: live.customerGuidOutput('initech') })
 * const numbers = live.getNumbersOutput({ msTenantId: initech.apply(({ msTenantId = '' }) => msTenantId) })
 * export const count = numbers.apply((all) => all.length)
 */
export const getNumbersOutput = (
  args: Inputs<GetNumbersArgs>,
  opts: LookupOptions = {}
): pulumi.Output<ReadonlyArray<OperatorConnectNumber>> => output('getNumbers', args, opts)
