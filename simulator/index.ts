/** The Live Platform's documented API in memory, over real HTTP: for trying things out and for tests. */
import { adminOver } from './admin'
import { addedCustomer, deletedCustomer, editedCustomer } from './CustomerPortal'
import type { CustomerEdit, NewCustomer } from './CustomerPortal'
import { editedDialPlan } from './DialPlanPortal'
import type { DialPlanEdit } from './DialPlanPortal'
import { dialPlanOf, rulesOf } from './DialPlanRules'
import { armed } from './Faults'
import { faultRule } from './FaultInput'
import type { FaultRule } from './FaultRules'
import { addedLead } from './LeadPortal'
import type { NewLead } from './LeadPortal'
import { addedSite, deletedSite, editedSite } from './Portal'
import type { NewSite, SiteEdit } from './Portal'
import { TENANT_ID } from './Seed'
import { serve } from './server'
import type { Core } from './server'
import type { Simulator, SimulatorOptions } from './Simulator'
import { snapshot } from './Snapshot'
import { initialState } from './Start'
import { settled } from './State'
import { changedSwitches } from './Switches'
import type { Switches } from './Switches'
import * as Table from './Table'
import type { Lists, State } from './Types'

export { OTHER_SITE_GUID } from './Faults'
export { manyGateways, manyLeads, manyNumbers, manyScripts } from './Many'
export {
  CLIENT_ID,
  CLIENT_SECRET,
  customerGuids,
  HEADQUARTERS_GUID,
  SCOPE,
  STATIC_TOKEN,
  TENANT_ID,
  tenants
} from './Seed'
export { callingProfileIds, pastTaskIds } from './SeedOperatorConnect'
export { deploymentStates } from './SiteView'
export { initialState, manySites, manySitesCustomer } from './Start'
export { step } from './Step'
export { defaultSwitches, possibleValues, switchNames } from './Switches'
export type { CustomerEdit, NewCustomer } from './CustomerPortal'
export type { DialPlanEdit } from './DialPlanPortal'
export type { ArmedFault, Fault, FaultKind, FaultMatch, FaultRule } from './FaultRules'
export type { NewLead } from './LeadPortal'
export type { NewSite, SiteEdit } from './Portal'
export type { LoggedRequest } from './server'
export type { Simulator, SimulatorOptions } from './Simulator'
export type { Snapshot } from './Snapshot'
export type { Switches } from './Switches'
export type {
  Answer,
  CallingProfile,
  Customer,
  DialPlanPrefix,
  DialPlanRule,
  Gateway,
  Lead,
  Lists,
  OcNumber,
  PastTask,
  Sbc,
  ScriptTemplate,
  SimulatedRequest,
  Site,
  State,
  Task
} from './Types'

/**
 * Starts a simulator.
 *
 * @throws Error for an unknown switch; what `listen` reports when the port cannot be had
 */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const now = options.now ?? Date.now
  const start: State =
    options.state === undefined
      ? initialState(options.switches, options.seed)
      : { ...options.state, switches: changedSwitches(options.state.switches, { ...options.switches }) }
  const core: Core = { state: start, requests: [], inFlight: 0 }
  const current = (): State => settled(core.state, now())
  const host = options.host ?? '127.0.0.1'

  const controls = {
    state: () => snapshot(current()),
    site: (guid: string) => Table.get(current().sites, guid.toLowerCase()),
    dialPlan: (siteGuid: string, name: string) => rulesOf(dialPlanOf(current(), siteGuid.toLowerCase(), name)),
    switches: () => core.state.switches,
    requests: () => core.requests.slice(),
    clearRequests: () => {
      core.requests = []
    },
    addFault: (rule: FaultRule) => {
      core.state = { ...core.state, faults: [...core.state.faults, armed(faultRule(rule))] }
    },
    clearFaults: () => {
      core.state = { ...core.state, faults: [] }
    },
    setSwitches: (changes: Partial<Switches>) => {
      core.state = { ...core.state, switches: changedSwitches(core.state.switches, { ...changes }) }
    },
    editSite: (guid: string, edit: SiteEdit) => {
      core.state = editedSite(current(), guid, edit)
    },
    deleteSite: (guid: string) => {
      core.state = deletedSite(current(), guid)
    },
    addSite: (site: NewSite) => {
      const [next, guid] = addedSite(current(), site)
      core.state = next
      return guid
    },
    editDialPlan: (siteGuid: string, name: string, edit: DialPlanEdit) => {
      core.state = editedDialPlan(current(), siteGuid, name, edit)
    },
    addLead: (lead: NewLead) => {
      const [next, id] = addedLead(current(), lead)
      core.state = next
      return id
    },
    editCustomer: (guid: string, edit: CustomerEdit) => {
      core.state = editedCustomer(current(), guid, edit)
    },
    deleteCustomer: (guid: string) => {
      core.state = deletedCustomer(current(), guid)
    },
    addCustomer: (customer: NewCustomer) => {
      const [next, guid] = addedCustomer(current(), customer)
      core.state = next
      return guid
    },
    setLists: (lists: Partial<Lists>) => {
      core.state = { ...core.state, ...lists }
    },
    reset: () => {
      core.state = start
      core.requests = []
    }
  }
  const server = await serve(core, adminOver(controls), { port: options.port ?? 0, host, now })
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`
  return {
    ...controls,
    url: `${origin}/tenantui`,
    origin,
    tokenUrl: `${origin}/${TENANT_ID}/oauth2/v2.0/token`,
    port: server.port,
    close: server.close
  }
}
