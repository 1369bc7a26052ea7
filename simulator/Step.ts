/** The simulator as a pure function: what a request does to the state, and what is answered. */
import { addSite } from './AddSite'
import { listCallingProfiles } from './CallingProfiles'
import { createService } from './CreateService'
import { getCustomerV2, getCustomerV3, listCustomersV2, listCustomersV3 } from './Customers'
import { deleteService } from './DeleteService'
import { changeDialPlan, getDialPlan } from './DialPlans'
import { struck, underFault } from './Faults'
import * as Ids from './Ids'
import { listLeads } from './Leads'
import { changeLicense, upgradeLicense } from './License'
import { modifySite } from './ModifySite'
import { getNumber, listNumbersV2, listNumbersV3 } from './Numbers'
import { listOnlinePstnGateways } from './OnlinePstnGateways'
import * as Problems from './Problems'
import { listSbcDevices } from './SbcDevices'
import { listScriptTemplates } from './ScriptTemplates'
import { deleteSite, getSite } from './SiteLocations'
import { createServiceFromLead } from './ServiceFromLead'
import { nextNumber, settled } from './State'
import type { Switches } from './Switches'
import { getTask } from './Tasks'
import { issueToken, unauthorized } from './Token'
import type { Call, Result, SimulatedRequest, State } from './Types'

interface Route {
  readonly method: string
  readonly pattern: RegExp
  readonly handle: (call: Call) => Result
}

const api = (path: string): RegExp => new RegExp(`^/tenantui/api/${path}/?$`, 'i')

const dialPlan = api('v2/customer/([^/]+)/sitelocation/([^/]+)/dialplan/([^/]+)')

const routes: readonly Route[] = [
  { method: 'POST', pattern: /^\/[^/]+\/oauth2\/v2\.0\/token$/i, handle: issueToken },
  { method: 'POST', pattern: api('v2/customer/([^/]+)/sitelocation'), handle: addSite },
  { method: 'PATCH', pattern: api('v2/customer/([^/]+)/sitelocation(?:/([^/]+))?'), handle: modifySite },
  { method: 'GET', pattern: api('v2/sitelocation/([^/]+)'), handle: getSite },
  { method: 'DELETE', pattern: api('v2/sitelocation/([^/]+)'), handle: deleteSite },
  { method: 'GET', pattern: api('v3/customer/([^/]+)'), handle: getCustomerV3 },
  { method: 'GET', pattern: api('v2/customer/([^/]+)'), handle: getCustomerV2 },
  { method: 'GET', pattern: api('v3/customer'), handle: listCustomersV3 },
  { method: 'GET', pattern: api('v2/customer'), handle: listCustomersV2 },
  { method: 'POST', pattern: api('v2/customer'), handle: createService },
  { method: 'POST', pattern: api('v3/customer'), handle: createServiceFromLead },
  { method: 'PATCH', pattern: api('v3/customer/([^/]+)'), handle: changeLicense },
  { method: 'POST', pattern: api('v2/customer/([^/]+)/action/upgrade'), handle: upgradeLicense },
  { method: 'DELETE', pattern: api('v2/customer/([^/]+)'), handle: deleteService },
  { method: 'GET', pattern: dialPlan, handle: getDialPlan },
  { method: 'PATCH', pattern: dialPlan, handle: changeDialPlan },
  { method: 'GET', pattern: api('v2/scripttemplates'), handle: listScriptTemplates },
  { method: 'GET', pattern: api('v3/customer/([^/]+)/onlinepstngateway'), handle: listOnlinePstnGateways },
  { method: 'GET', pattern: api('v2/oc/callingprofile'), handle: listCallingProfiles },
  { method: 'GET', pattern: api('v2/oc/lead'), handle: listLeads },
  { method: 'GET', pattern: api('v2/oc/numbers'), handle: listNumbersV2 },
  { method: 'GET', pattern: api('v2/oc/numbers/([^/]+)'), handle: getNumber },
  { method: 'GET', pattern: api('v3/oc/numbers'), handle: listNumbersV3 }
]

const taskPaths = { single: '', repeated: 'tenantui/', both: '(?:tenantui/)?' }

/** The routes whose paths are switches. */
const switched = ({ taskPath, sbcDevicesPath }: Switches): readonly Route[] => [
  {
    method: 'GET',
    pattern: new RegExp(`^/tenantui/${taskPaths[taskPath]}api/v2/task/([^/]+)/?$`, 'i'),
    handle: getTask
  },
  ...(sbcDevicesPath === ''
    ? []
    : [
        {
          method: 'GET',
          pattern: new RegExp(`^/tenantui${sbcDevicesPath.replace(/\/$/, '').replaceAll('.', '\\.')}/?$`, 'i'),
          handle: listSbcDevices
        }
      ])
]

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const routed = (state: State, request: SimulatedRequest, n: number): Result => {
  const mark = request.url.indexOf('?')
  const path = mark === -1 ? request.url : request.url.slice(0, mark)
  if (/^\/tenantui\//i.test(path)) {
    const no = unauthorized(state, request.headers['authorization'] ?? '', request.now)
    if (no !== undefined) return [state, no]
  }
  const found = [...routes, ...switched(state.switches)].filter(({ pattern }) => pattern.test(path))
  const route = found.find(({ method }) => method === request.method)
  if (route === undefined) {
    const allow = found.map(({ method }) => method).join(', ')
    return [state, found.length === 0 ? Problems.nothing(404) : Problems.nothing(405, { allow })]
  }
  // A group that took no part in the match is undefined, whatever its type says.
  const groups: readonly (string | undefined)[] = route.pattern.exec(path)?.slice(1) ?? []
  return route.handle({
    state,
    now: request.now,
    params: groups.flatMap((group) => (group === undefined ? [] : [plain(group)])),
    query: new URLSearchParams(mark === -1 ? '' : request.url.slice(mark + 1)),
    contentType: request.headers['content-type'] ?? '',
    body: request.body,
    path,
    trace: Ids.traceId(state.seed, n)
  })
}

/**
 * One request. Pure: the same state and request always give the same result, and the state that came in stays as it is.
 * Answers every request, and never throws.
 */
export const step = (state: State, request: SimulatedRequest): Result => {
  const [counted, n] = nextNumber(settled(state, request.now))
  const [current, fault] = struck(counted, request)
  const run = (from: State): Result => routed(from, request, n)
  const [next, answer] = fault === undefined ? run(current) : underFault(fault, current, request, run)
  return [next, { ...answer, delayMs: answer.delayMs + state.switches.latencyMs }]
}
