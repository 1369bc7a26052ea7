/** Leads of Operator Connect. Reading them can write: addresses and unknown leads are fetched from Microsoft. */
import { paged } from './Paging'
import * as Problems from './Problems'
import { isAnswer, queriedFlag, queriedTenant } from './Query'
import type { Call, Lead, Result, State } from './Types'

/** The operator's own id at Microsoft. */
const OPERATOR_ID = 'dddddddd-0002-4000-8000-000000000001'

const shown = (lead: Lead) => {
  const contact = { fullName: lead.contactName, email: null, phoneNumber: null, companyName: lead.companyName }
  return {
    civicAddresses: lead.civicAddresses,
    comments: lead.comments,
    umpCustomerGuid: lead.umpCustomerGuid,
    isNotActive: lead.isNotActive,
    channelId: lead.channelId,
    ovocChannelId: lead.ovocChannelId,
    isDirectLead: lead.isDirectLead,
    id: lead.id,
    tenantId: lead.tenantId,
    tenantOrigin: lead.isDirectLead ? null : 'Office365',
    operatorId: lead.isDirectLead ? null : OPERATOR_ID,
    status: lead.status,
    consentedOn: lead.consentedOn,
    lastModifiedOn: lead.lastModifiedOn,
    consentedCountries: lead.consentedCountries,
    contactDetails: { ...contact, companySize: null },
    contacts: lead.contactName === null ? null : [contact]
  }
}

const withAddresses = (lead: Lead): Lead =>
  lead.isDirectLead && lead.addressesAtMicrosoft.length > 0 && (lead.civicAddresses ?? []).length === 0
    ? { ...lead, civicAddresses: lead.addressesAtMicrosoft }
    : lead

/** The state with each of these leads in place of the one with its id. */
const withLeads = (state: State, read: readonly Lead[]): State => {
  const byId = new Map(read.map((lead) => [lead.id, lead]))
  return { ...state, leads: state.leads.map((lead) => byId.get(lead.id) ?? lead) }
}

/** `GET /api/v2/oc/lead`, with `msTenantId` those of one tenant, and with `checkOnline` asking Microsoft when none is known here. */
export const listLeads = (call: Call): Result => {
  const { state } = call
  const tenantId = queriedTenant(call)
  if (isAnswer(tenantId)) return [state, tenantId]
  const checkOnline = queriedFlag(call, 'checkOnline')
  if (isAnswer(checkOnline)) return [state, checkOnline]

  const wanted = state.leads.filter((lead) => tenantId === undefined || lead.tenantId === tenantId)
  const local = wanted.filter(({ isLocal }) => isLocal)
  const found = local.length === 0 && checkOnline ? wanted.map((lead) => ({ ...lead, isLocal: true })) : local
  const rules =
    state.switches.leadPaging === 'newer'
      ? ({ first: 1, size: 10, maxSize: 20_000 } as const)
      : ({ first: 0, size: 100 } as const)
  const page = paged(call, found, rules)
  if (isAnswer(page)) return [state, page]
  if (found.length === 0 && tenantId !== undefined && state.switches.unknownTenant === 'notFound') {
    // The documented text, misspelling included.
    return [state, Problems.json(404, 'Invalild lead')]
  }
  const read = page.items.map(withAddresses)
  return [withLeads(state, read), Problems.json(200, read.map(shown))]
}
