import type { CustomerEdit, NewCustomer } from './CustomerPortal'
import type { DialPlanEdit } from './DialPlanPortal'
import type { FaultRule } from './FaultRules'
import type { NewLead } from './LeadPortal'
import type { NewSite, SiteEdit } from './Portal'
import type { LoggedRequest } from './server'
import type { Snapshot } from './Snapshot'
import type { Switches } from './Switches'
import type { DialPlanRule, Lists, Site, State } from './Types'

export interface SimulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /**
   * Address to listen on. Default 127.0.0.1, and better left there: neither the admin calls under `/__simulator/` nor the
   * static token keep anybody out.
   */
  readonly host?: string
  /** Changes to `defaultSwitches`. */
  readonly switches?: Partial<Switches>
  /** Decides the ids that are handed out, so that a run can be repeated. Default 1. Not used when `state` is given. */
  readonly seed?: number
  /** What to start from, e.g. `manySites(1000)`; `switches` are applied to it. Default: the seed data. */
  readonly state?: State
  /** Milliseconds since 1970; default `Date.now`. A test that owns the clock need not wait for tasks and tokens. Latency and delays run on real time. */
  readonly now?: () => number
}

export interface Simulator {
  /** Base URL as the provider wants it, with `/tenantui`. */
  readonly url: string
  /** Without a path: `http://127.0.0.1:<port>`. */
  readonly origin: string
  /** Token endpoint of `TENANT_ID`. */
  readonly tokenUrl: string
  readonly port: number
  /** Everything it holds, in plain lists, as of now. */
  state(): Snapshot
  /** One site, whether Get shows it yet or not. */
  site(guid: string): Site | undefined
  /** The rules of a dial plan, oldest first; none for a plan that does not exist. */
  dialPlan(siteGuid: string, name: string): readonly DialPlanRule[]
  switches(): Switches
  /** Requests since the start or the last `clearRequests`, oldest first; of very many the newest. Admin calls are not among them. */
  requests(): readonly LoggedRequest[]
  clearRequests(): void
  /** Arms a fault, e.g. `addFault({ match: { method: 'POST', path: 'sitelocation' }, fault: { kind: 'resetAfter' } })`. @throws Error for a rule that makes no sense */
  addFault(rule: FaultRule): void
  clearFaults(): void
  /** @throws Error with one sentence for an unknown switch or value */
  setSwitches(changes: Partial<Switches>): void
  /** An edit in the portal. @throws Error for an unknown site, field, or a value of the wrong type */
  editSite(guid: string, edit: SiteEdit): void
  /** A deletion in the portal: no task, gone at once. @throws Error for an unknown site */
  deleteSite(guid: string): void
  /** A site made in the portal; answers its guid. @throws Error for an unknown customer or field */
  addSite(site: NewSite): string
  /**
   * A change of a dial plan in the portal, e.g. `editDialPlan(guid, 'CustDialPlan', { add: [{ prefix: '+15550100', tag: 'sbc1.example.net' }] })`.
   *
   * @throws Error for an unknown site or dial plan, a rule to remove that is not there, or a prefix to add that is
   */
  editDialPlan(siteGuid: string, name: string, edit: DialPlanEdit): void
  /** A lead that comes in, active and without a service unless told otherwise; answers its id. @throws Error for an unknown field or a value of the wrong type */
  addLead(lead: NewLead): string
  /** An edit of a service in the portal. @throws Error for an unknown customer, field, or a value of the wrong type */
  editCustomer(guid: string, edit: CustomerEdit): void
  /** A deletion in the portal, the connections of the service included. @throws Error for an unknown customer */
  deleteCustomer(guid: string): void
  /** A service made in the portal; answers its guid. The short name may be one that exists. @throws Error for a guid in use or an unknown field */
  addCustomer(customer: NewCustomer): string
  /** Other SBCs, scripts, gateways, calling profiles, leads, numbers or tasks of the past in place of those there are, e.g. `setLists({ leads: manyLeads(25) })`. */
  setLists(lists: Partial<Lists>): void
  /** Back to how it started: state, switches, faults, requests. */
  reset(): void
  /** Ends every open connection and frees the port. */
  close(): Promise<void>
}
