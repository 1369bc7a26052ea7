/** Create Service from Lead: an OC Essential service for a tenant that has agreed to Operator Connect. */
import type { Members } from './Body'
import { bodyMembers } from './Checks'
import { optional, readFields, required } from './Fields'
import { startJob } from './Jobs'
import { firstSite, location, newService, takenName } from './NewService'
import * as Problems from './Problems'
import { channel, fullName, guid, shortName, variables, word } from './Rules'
import type { Switches } from './Switches'
import type { Answer, Call, Lead, Result } from './Types'

const fields = ({ siteLocationShape }: Switches) => ({
  configurationName: required(word('OcEssential_TENANT_TYPE', 'OcEssential_IPGROUP_TYPE'), 'configurationName'),
  shortName: required(shortName, 'customerShortName', 'shortName'),
  fullName: optional(fullName, 'customerFullName', 'customerFulName'),
  msTenantId: required(guid, 'msTenantId'),
  scriptParameters: optional(variables, 'scriptParameters'),
  siteLocation: optional(location(siteLocationShape), 'siteLocation'),
  channelId: optional(channel, 'channelId'),
  ovocCustomerType: optional(word('IPGROUP_TYPE', 'TENANT_TYPE'), 'ovocCustomerType')
})

/** Taken, and without a meaning here: the simulator runs no scripts for numbers. */
const ignored = ['sbcOcUploadNumberScript', 'sbcOcReleaseNumberScript', 'sbcDeploymentState']

const siteMembers = ['siteLocationName', 'sbcId', 'sbcOnboardingScript', 'sbcCleanupScript', ...ignored]

const none: Members = new Map()

/** The tenant's lead, if a service can be made from it. */
const usableLead = (call: Call, tenantId: string): Lead | Answer => {
  const { leads, due } = call.state
  const lead = leads.find((each) => each.isLocal && each.tenantId === tenantId)
  const refused = (detail: string, code: string) => Problems.problem(400, 'Bad Request', detail, code, call)
  // The documented text, misspelling included.
  if (lead === undefined) return Problems.json(404, 'Invalild lead')
  if (lead.status !== 'Active' || lead.isNotActive === true) return refused('The lead is not active.', 'LeadNotActive')
  const underWay = due.some(({ effect }) => effect.kind === 'serviceComes' && effect.leadId === lead.id)
  return lead.umpCustomerGuid !== null || underWay ? refused('The lead has a service already.', 'LeadHasService') : lead
}

/** `POST /api/v3/customer` */
export const createServiceFromLead = (call: Call): Result => {
  const { state, now } = call
  const refuse = (answer: Answer): Result => [state, answer]

  const body = bodyMembers(call)
  if ('refusal' in body) return refuse(body.refusal)
  const read = readFields(body.members, fields(state.switches), state.switches.unknownFields === 'refused')
  if ('errors' in read) return refuse(Problems.validation(read.errors, call))
  const { values } = read
  const site = firstSite(call, {
    members: values.siteLocation ?? none,
    allowed: siteMembers,
    name: values.shortName,
    scriptParameters: values.scriptParameters,
    complete: false
  })
  if ('refusal' in site) return refuse(site.refusal)
  const lead = usableLead(call, values.msTenantId)
  if ('delivery' in lead) return refuse(lead)
  const taken = takenName(call, values.shortName, values.msTenantId)
  if (taken !== undefined) return refuse(taken)

  const ofIpGroup = values.configurationName === 'OcEssential_IPGROUP_TYPE'
  const [counted, effect] = newService(state, {
    ...values,
    ovocCustomerType: ofIpGroup ? 'IPGROUP_TYPE' : 'TENANT_TYPE',
    licenseType: 3,
    site: ofIpGroup || values.siteLocation !== undefined ? site.change : undefined,
    leadId: lead.id
  })
  const [next, jobId] = startJob(counted, now, {
    kind: 'service',
    id: 'wst',
    customerGuid: effect.customer.guid,
    effect,
    lagMs: state.switches.serviceVisibleAfterMs
  })
  return [next, Problems.json(200, { jobId })]
}
