/** Telephone numbers of Operator Connect: V2 in a bare list, V3 in an envelope and with more members. */
import { paged } from './Paging'
import * as Problems from './Problems'
import { isAnswer, queriedTenant, queriedWord } from './Query'
import { allCustomers } from './State'
import * as Table from './Table'
import type { Answer, Call, NumberStatus, OcNumber, Result, State } from './Types'

const statuses: readonly NumberStatus[] = ['Active', 'Release Requested', 'Marked For Removal', 'Ready For Removal']

const capabilities = ['Office365', 'InboundCalling', 'OutboundCalling', 'UserAssignment']

const shownV2 = (state: State, number: OcNumber) => ({
  uploadTelephoneNumberEntryId: number.id + 200_000,
  source: 'webapi',
  sbcList: state.sbcs
    .filter(({ id }) => number.sbcIds.includes(id))
    .map(({ name, id }) => ({ sbcName: name, sbcId: id })),
  id: number.id,
  whenCreated: number.acquiredOn,
  acquiredNumberStatus: number.acquiredNumberStatus,
  telephoneNumber: number.telephoneNumber,
  callingProfileId: number.callingProfileId,
  acquiredCapabilities: capabilities,
  availableCapabilities: capabilities,
  acquiredOn: number.acquiredOn,
  isoCountryCode: number.isoCountryCode,
  locationId: null,
  civicAddressId: null,
  assignmentStatus: null,
  tenantId: number.tenantId
})

const shownV3 = (state: State, number: OcNumber) => {
  const customer = Table.get(state.customers, number.umpCustomerGuid ?? '')
  const lead = state.leads.find(({ tenantId }) => tenantId === number.tenantId)
  return {
    ...shownV2(state, number),
    tenantCallingProfileId: number.tenantCallingProfileId,
    ocSipConnectionName: number.ocSipConnectionName,
    ocSipConnectionDescription: null,
    umpCustomerGuid: number.umpCustomerGuid,
    umpCustomerFullName: customer?.fullName ?? null,
    msCompanyName: lead?.companyName ?? null,
    ovocChannelId: lead?.ovocChannelId ?? 0,
    consentedOn: null,
    sbcListJson: null,
    sbcListArray: []
  }
}

const isKnownTenant = (state: State, tenant: string): boolean =>
  state.leads.some(({ tenantId, isLocal }) => isLocal && tenantId === tenant) ||
  allCustomers(state).some(({ msTenantId }) => msTenantId === tenant) ||
  state.numbers.some(({ tenantId }) => tenantId === tenant)

/** The numbers of the tenant in the query, or the answer that refuses it. */
const wanted = (call: Call): readonly OcNumber[] | Answer => {
  const { numbers, switches } = call.state
  const tenant = queriedTenant(call)
  if (isAnswer(tenant)) return tenant
  if (tenant === undefined) {
    return switches.numbersWithoutTenant === 'all'
      ? numbers
      : Problems.validation({ msTenantId: ['The field is required.'] }, call)
  }
  return switches.unknownTenant === 'empty' || isKnownTenant(call.state, tenant)
    ? numbers.filter(({ tenantId }) => tenantId === tenant)
    : Problems.notFound('Tenant', tenant)
}

/** `GET /api/v2/oc/numbers?msTenantId=`; not paged. */
export const listNumbersV2 = (call: Call): Result => {
  const { state } = call
  const numbers = wanted(call)
  if (isAnswer(numbers)) return [state, numbers]
  return [
    state,
    Problems.json(
      200,
      numbers.map((number) => shownV2(state, number))
    )
  ]
}

/** `GET /api/v3/oc/numbers?msTenantId=&acquiredNumberStatus=`; pages of 200, from 1, in an envelope. */
export const listNumbersV3 = (call: Call): Result => {
  const { state } = call
  const numbers = wanted(call)
  if (isAnswer(numbers)) return [state, numbers]
  const status = queriedWord(call, 'acquiredNumberStatus', statuses)
  if (isAnswer(status)) return [state, status]
  const all = numbers.filter((number) => status === undefined || number.acquiredNumberStatus === status)
  const page = paged(call, all, { first: 1, size: 200 })
  if (isAnswer(page)) return [state, page]
  return [
    state,
    Problems.json(200, {
      currentPage: page.number,
      pageSize: page.size,
      totalPages: page.size === 0 ? 0 : Math.ceil(all.length / page.size),
      totalRecords: all.length,
      data: page.items.map((number) => shownV3(state, number))
    })
  ]
}

/** `GET /api/v2/oc/numbers/{phonenumber}`. The plus may be left out, since clients lose it in paths. */
export const getNumber = (call: Call): Result => {
  const { state } = call
  const asked = call.params[0] ?? ''
  const number = state.numbers.find(({ telephoneNumber }) => telephoneNumber === `+${asked.replace(/^\+/, '')}`)
  return [
    state,
    number === undefined
      ? Problems.json(404, `Number with ${asked} not found`)
      : Problems.json(200, shownV2(state, number))
  ]
}
