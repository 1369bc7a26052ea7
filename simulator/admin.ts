/**
 * Calls under `/__simulator/`, without authentication: the server listens on the loopback address unless told otherwise.
 *
 * GET health, state, requests, switches, faults; POST faults (a rule or a list of them), switches, reset, sites (made in
 * the portal), sites/{guid} (edited there), sites/{guid}/dialplans/{name} (`{add, remove}`), customers and
 * customers/{guid} (likewise), leads (one that comes in); DELETE faults, requests, sites/{guid} and customers/{guid}
 * (deleted there).
 */
import { parsed } from './Body'
import type { NewCustomer } from './CustomerPortal'
import { faultRule } from './FaultInput'
import type { NewLead } from './LeadPortal'
import type { NewSite } from './Portal'
import type { AdminHandler } from './server'
import type { Simulator } from './Simulator'

export type Controls = Omit<Simulator, 'url' | 'origin' | 'tokenUrl' | 'port' | 'close'>

const object = (body: string): object => {
  const value = parsed(body)
  if (typeof value !== 'object' || value === null) throw new Error('The body must be a JSON object.')
  return value
}

const answered = (controls: Controls, method: string, path: string, body: string): unknown => {
  const [, kind, guid, plan] = /^(sites|customers)\/([^/]+)(?:\/dialplans\/([^/]+))?$/.exec(path) ?? []
  const one = `${kind}/{guid}${plan === undefined ? '' : '/dialplans/{name}'}`
  const call = `${method} ${kind === undefined ? path : one}`
  switch (call) {
    case 'GET health':
      return { status: 'ok' }
    case 'GET state':
      return controls.state()
    case 'GET requests':
      return controls.requests()
    case 'DELETE requests':
      controls.clearRequests()
      return {}
    case 'GET switches':
      return controls.switches()
    case 'POST switches':
      controls.setSwitches(object(body))
      return controls.switches()
    case 'GET faults':
      return controls.state().faults
    case 'POST faults':
      // All rules are read before the first one is armed.
      for (const rule of [object(body)].flat().map(faultRule)) controls.addFault(rule)
      return controls.state().faults
    case 'DELETE faults':
      controls.clearFaults()
      return {}
    case 'POST reset':
      controls.reset()
      return {}
    case 'POST sites':
      // The portal checks names and types itself.
      return { guid: controls.addSite(object(body) as NewSite) }
    case 'POST sites/{guid}':
      controls.editSite(guid ?? '', object(body))
      return controls.site(guid ?? '')
    case 'DELETE sites/{guid}':
      controls.deleteSite(guid ?? '')
      return {}
    case 'POST sites/{guid}/dialplans/{name}':
      controls.editDialPlan(guid ?? '', plan ?? '', object(body))
      return controls.dialPlan(guid ?? '', plan ?? '')
    case 'POST leads':
      return { id: controls.addLead(object(body) as NewLead) }
    case 'POST customers':
      return { guid: controls.addCustomer(object(body) as NewCustomer) }
    case 'POST customers/{guid}':
      controls.editCustomer(guid ?? '', object(body))
      return controls.state().customers.find((each) => each.guid === guid?.toLowerCase())
    case 'DELETE customers/{guid}':
      controls.deleteCustomer(guid ?? '')
      return {}
    default:
      return undefined
  }
}

export const adminOver =
  (controls: Controls): AdminHandler =>
  (method, path, body) => {
    try {
      const value = answered(controls, method, path.split('?')[0] ?? '', body)
      return value === undefined
        ? { status: 404, value: { error: `There is no admin call ${method} ${path}.` } }
        : { status: 200, value }
    } catch (cause) {
      return { status: 400, value: { error: cause instanceof Error ? cause.message : String(cause) } }
    }
  }
