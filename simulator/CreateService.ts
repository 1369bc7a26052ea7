/** Create Hosted Essentials Service: a service of the entry level with one connection. */
import { bodyMembers } from './Checks'
import { optional, readFields, required } from './Fields'
import { startJob } from './Jobs'
import { firstSite, location, newService, takenName } from './NewService'
import type { ServiceComes } from './NewService'
import * as Problems from './Problems'
import { channel, fullName, guid, shortName, string, variables, word } from './Rules'
import { after } from './State'
import type { Switches } from './Switches'
import type { Answer, Call, Result, State } from './Types'

const fields = ({ siteLocationShape }: Switches) => ({
  shortName: required(shortName, 'shortName'),
  fullName: optional(fullName, 'fullName'),
  siteLocation: required(location(siteLocationShape), 'siteLocation'),
  ovocCustomerType: required(word('IPGROUP_TYPE', 'TENANT_TYPE'), 'ovocCustomerType'),
  msTenantId: required(guid, 'msTenantId'),
  channelId: optional(channel, 'channelId'),
  lcCustomerId: optional(string, 'lcCustomerId'),
  scriptParameters: optional(variables, 'scriptParameters')
})

const siteMembers = ['sbcId', 'sbcOnboardingScript', 'sbcCleanupScript']

/** The service, at once or by a task, and what is answered. */
const made = (state: State, now: number, effect: ServiceComes): readonly [State, unknown] => {
  const { createServiceAnswer, serviceVisibleAfterMs } = state.switches
  const customerGuid = effect.customer.guid
  if (createServiceAnswer === 'guid' || createServiceAnswer === 'object') {
    return [
      after(state, now, serviceVisibleAfterMs, effect),
      createServiceAnswer === 'guid' ? customerGuid : { umpCustomerGuid: customerGuid }
    ]
  }
  const id = createServiceAnswer === 'job' ? 'wst' : 'tsk'
  const [next, taskId] = startJob(state, now, {
    kind: 'service',
    id,
    customerGuid,
    effect,
    lagMs: serviceVisibleAfterMs
  })
  return [next, createServiceAnswer === 'job' ? { jobId: taskId } : taskId]
}

/** `POST /api/v2/customer` */
export const createService = (call: Call): Result => {
  const { state, now } = call
  const refuse = (answer: Answer): Result => [state, answer]

  const body = bodyMembers(call)
  if ('refusal' in body) return refuse(body.refusal)
  const read = readFields(body.members, fields(state.switches), state.switches.unknownFields === 'refused')
  if ('errors' in read) return refuse(Problems.validation(read.errors, call))
  const { values } = read
  const site = firstSite(call, {
    members: values.siteLocation,
    allowed: siteMembers,
    name: values.shortName,
    scriptParameters: values.scriptParameters,
    complete: true
  })
  if ('refusal' in site) return refuse(site.refusal)
  const taken = takenName(call, values.shortName, values.msTenantId)
  if (taken !== undefined) return refuse(taken)

  const [counted, effect] = newService(state, { ...values, licenseType: 0, site: site.change, leadId: null })
  const [next, answer] = made(counted, now, effect)
  return [next, Problems.json(200, answer)]
}
