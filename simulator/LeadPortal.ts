/** Leads that come in: a company has agreed to Operator Connect. */
import { checkedEdit, isFlag, isInteger, isText, orNull } from './EditChecks'
import type { Test } from './EditChecks'
import * as Ids from './Ids'
import { nextNumber } from './State'
import type { Lead, State } from './Types'

/** `tenantId` and `companyName`, and what else is to differ from an active lead without a service. */
export type NewLead = Partial<Omit<Lead, 'id' | 'civicAddresses' | 'addressesAtMicrosoft'>> &
  Pick<Lead, 'tenantId' | 'companyName'>

const isTexts: Test = (value) => Array.isArray(value) && value.every(isText)

const editable: { readonly [K in keyof Required<NewLead>]: Test } = {
  tenantId: (value) => Ids.asGuid(value) !== undefined,
  companyName: isText,
  status: (value) => value === 'Active' || value === 'Removed',
  umpCustomerGuid: orNull(isText),
  isNotActive: orNull(isFlag),
  isDirectLead: isFlag,
  contactName: orNull(isText),
  consentedOn: isText,
  lastModifiedOn: isText,
  consentedCountries: isTexts,
  channelId: orNull(isText),
  ovocChannelId: orNull(isInteger),
  comments: orNull(isText),
  isLocal: isFlag
}

const blank: Omit<Lead, 'id' | 'tenantId' | 'companyName'> = {
  status: 'Active',
  umpCustomerGuid: null,
  isNotActive: false,
  isDirectLead: false,
  contactName: null,
  consentedOn: '2025-01-15T10:30:00Z',
  lastModifiedOn: '2025-01-15T10:30:00Z',
  consentedCountries: [],
  channelId: null,
  ovocChannelId: null,
  comments: null,
  civicAddresses: null,
  addressesAtMicrosoft: [],
  isLocal: true
}

/** @throws Error with one sentence for a field that is missing or unknown, or a value of the wrong type */
export const addedLead = (state: State, lead: NewLead): readonly [State, string] => {
  const { tenantId, companyName } = lead
  const checked = checkedEdit<NewLead>('lead', editable, { ...lead, tenantId, companyName })
  const [counted, n] = nextNumber(state)
  const id = Ids.guid(state.seed, 'lead', n)
  return [{ ...counted, leads: [...counted.leads, { ...blank, ...checked, tenantId: tenantId.toLowerCase(), id }] }, id]
}
