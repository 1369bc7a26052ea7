import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { Text, caseBlind, optional } from '../Decode'
import type { Program } from '../Env'
import { type Arguments, Flag, Guid } from './Arguments'
import { OptionalGuid, listOf } from './Codecs'
import { type List, listed } from './Lists'
import { orMissing } from './Missing'

/** Whom a lead names to be asked. */
export interface LeadContact {
  /** Name of the person. */
  readonly fullName: string | undefined
  /** Mail address of the person. */
  readonly email: string | undefined
  /** Phone number of the person. */
  readonly phoneNumber: string | undefined
  /** Name of the company. */
  readonly companyName: string | undefined
  /** Size of the company, as it was entered. */
  readonly companySize: string | undefined
}

/** A lead of Operator Connect: a customer who may become a service. */
export interface Lead {
  /** Id of the lead, a uuid. */
  readonly leadId: string
  /** Microsoft tenant of the lead, a uuid. */
  readonly msTenantId: string | undefined
  /** `Active` and `Removed` were seen. */
  readonly status: string | undefined
  /** The service that was made of it, a uuid. `undefined`: no license has been applied to it yet. */
  readonly customerGuid: string | undefined
  /** Whether it is not active. */
  readonly isNotActive: boolean | undefined
  /** Whether the service provider made it, without a consent of the customer at Microsoft. */
  readonly isDirectLead: boolean | undefined
  /** Channel that it is assigned to. */
  readonly channelId: string | undefined
  /** The same on the topology side. */
  readonly ovocChannelId: string | undefined
  /** When the customer consented, as the platform writes it. */
  readonly consentedOn: string | undefined
  /** When it was changed last, as the platform writes it. */
  readonly lastModifiedOn: string | undefined
  /** Countries that the consent covers, two letters each. */
  readonly consentedCountries: ReadonlyArray<string>
  /** Whom to ask. */
  readonly contact: LeadContact | undefined
}

/** Arguments of `getLeads`. */
export interface GetLeadsArgs {
  /** Only leads of this Microsoft tenant, a uuid. */
  readonly msTenantId?: string
  /** `checkOnline` of the API: ask Microsoft too when nothing is stored on the platform. The vendor describes it for the value false. Not sent when left out. */
  readonly checkOnline?: boolean
}

/** What is right for `getLeads`. */
export const leadsArguments: Arguments<GetLeadsArgs> = { msTenantId: optional(Guid), checkOnline: optional(Flag) }

const Contact: t.Type<LeadContact, unknown, unknown> = caseBlind(
  {
    fullName: optional(t.string),
    email: optional(t.string),
    phoneNumber: optional(Text),
    companyName: optional(t.string),
    companySize: optional(Text)
  },
  'LeadContact'
)

const Lead: t.Type<Lead, unknown, unknown> = caseBlind(
  {
    leadId: Text,
    msTenantId: optional(t.string),
    status: optional(Text),
    customerGuid: OptionalGuid,
    isNotActive: optional(t.boolean),
    isDirectLead: optional(t.boolean),
    channelId: optional(Text),
    ovocChannelId: optional(Text),
    consentedOn: optional(t.string),
    lastModifiedOn: optional(t.string),
    consentedCountries: listOf(t.string),
    contact: optional(Contact)
  },
  'Lead',
  { leadId: ['id'], msTenantId: ['tenantId'], customerGuid: ['umpCustomerGuid'], contact: ['contactDetails'] }
)

/** The list of leads. Pages count from 1 on the newer page of the vendor, from 0 on the older one. */
export const leads = ({ msTenantId, checkOnline }: GetLeadsArgs): List<Lead> => ({
  path: '/api/v2/oc/lead',
  query: {
    ...(msTenantId === undefined ? {} : { msTenantId }),
    ...(checkOnline === undefined ? {} : { checkOnline: String(checkOnline) })
  },
  entry: Lead,
  paging: { first: 'unknown', size: 1000, usual: [10, 100] }
})

/** Get All OC Leads, or Get Specific OC Lead for Customer. */
export const getLeads = (args: GetLeadsArgs = {}): Program<ReadonlyArray<Lead>> =>
  pipe(listed(leads(args)), orMissing(args.msTenantId === undefined ? 'leads' : `lead with tenant ${args.msTenantId}`))
