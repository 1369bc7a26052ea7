import type { RawRequest } from '../../../../provider/Env'
import {
  type Answer,
  type Customer,
  type DialPlanRule,
  HEADQUARTERS_GUID,
  type Site,
  type State,
  type Switches,
  initialState
} from '../../../../simulator'
import { addedCustomer } from '../../../../simulator/CustomerPortal'
import { editedDialPlan } from '../../../../simulator/DialPlanPortal'
import { dialPlanOf, rulesOf } from '../../../../simulator/DialPlanRules'
import { addedSite } from '../../../../simulator/Portal'
import { snapshot } from '../../../../simulator/Snapshot'
import { allCustomers, sitesOf } from '../../../../simulator/State'
import { StepSimulator } from '../Delivery'
import type { Entry } from '../GraphModel'
import {
  type Plan,
  type Program,
  canaries,
  connectionOf,
  connections,
  isOurs,
  nameOf,
  plans,
  shortName,
  siteName,
  tenant
} from './Program'

/** The platform of a schedule, which sees what it is asked to do: some things may never be asked for. */

const bystanderGuid = '66666666-6666-4666-8666-666666666666'

export const planName = 'CustDialPlan'

/** A service of the same tenant, and rules in a plan of another one: none of ours. */
const withBystanders = (state: State): State => {
  const customer = {
    guid: bystanderGuid,
    shortName: 'globex-by',
    msTenantId: tenant,
    licenseType: 1,
    applicationClientSecret: canaries.bystander
  }
  const [served] = addedCustomer(state, customer)
  const [placed] = addedSite(served, {
    customerGuid: bystanderGuid,
    name: 'a-1',
    carrierUserPassword: canaries.bystander
  })
  return editedDialPlan(placed, HEADQUARTERS_GUID, planName, { add: [{ prefix: '+491', tag: 'one.ours.example' }] })
}

const ownNames = [shortName(1), shortName(2)]

const isOwn = ({ msTenantId, shortName: name }: Customer): boolean => msTenantId === tenant && ownNames.includes(name)

/** Rules by the connection that has them. */
export interface Held {
  readonly site: Site
  readonly rules: ReadonlyArray<DialPlanRule>
}

/** What a run knows before it begins. */
export interface Before {
  readonly program: Program
  readonly entries: () => ReadonlyMap<string, Entry>
  readonly guard: Entry | undefined
}

const prefixesOf = (program: Program, site: Site): ReadonlyArray<string> =>
  plans
    .filter((slot) => site.name === nameOfSite(slot, program))
    .flatMap((slot) => Object.keys(program.plans[slot]?.rules ?? {}))

/** Name of the connection that a plan belongs to. */
export const nameOfSite = (slot: Plan, { service }: Program): string => {
  const of = connectionOf(slot)
  return of === undefined ? shortName(service?.n ?? 1) : siteName(of)
}

type Json = Readonly<Record<string, unknown>>

const texts = (value: unknown): ReadonlyArray<string> =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

export class CustomerPlatform extends StepSimulator {
  /** What must never be asked for, and was. */
  readonly violations: Array<string> = []
  /** Ids that the platform has given to our services. */
  readonly ownGuids = new Set<string>()
  /** Requests that were struck, by what they are about. */
  readonly struckBy = new Map<string, number>()
  private before: Before = { program: { connections: {}, plans: {} }, entries: () => new Map(), guard: undefined }

  constructor(switches: Partial<Switches>, now: () => number) {
    super(withBystanders(initialState(switches)), now)
  }

  /** Our services; more than one only as long as one is being replaced by another. */
  services(): ReadonlyArray<Customer> {
    return allCustomers(this.state()).filter(isOwn)
  }

  /** Our services that are being made. */
  private underWay(): ReadonlyArray<Customer> {
    return this.state()
      .due.flatMap(({ effect }) => (effect.kind === 'serviceComes' ? [effect.customer] : []))
      .filter(isOwn)
  }

  /** Connections of our services, and their rules. */
  sites(): ReadonlyArray<Held> {
    const state = this.state()
    return this.services()
      .flatMap(({ guid }) => sitesOf(state, guid))
      .map((site) => ({ site, rules: rulesOf(dialPlanOf(state, site.guid, planName)) }))
  }

  /** Everything that is none of ours. */
  foreign(): unknown {
    const own = this.services().map(({ guid }) => guid)
    const { customers, sites, dialPlans } = snapshot(this.state())
    const ownSites = sites.filter(({ customerGuid }) => own.includes(customerGuid)).map(({ guid }) => guid)
    return [
      customers.filter(({ guid }) => !own.includes(guid)),
      sites.filter(({ guid }) => !ownSites.includes(guid)),
      dialPlans.filter(({ siteGuid }) => !ownSites.includes(siteGuid))
    ]
  }

  begin(before: Before): void {
    this.before = before
  }

  override answer(request: RawRequest): Answer {
    if (request.method !== 'GET') this.judge(request)
    const answer = super.answer(request)
    for (const { guid } of [...this.services(), ...this.underWay()]) this.ownGuids.add(guid)
    if (answer.fault !== null) this.count(new URL(request.url).pathname)
    return answer
  }

  private count(path: string): void {
    const about = /dialplan|numbers|lead|task|sitelocation$|sitelocation(?!.*dialplan)/.exec(path)?.[0] ?? 'customer'
    this.struckBy.set(about, (this.struckBy.get(about) ?? 0) + 1)
  }

  private judge({ method, url, body = '{}' }: RawRequest): void {
    const { pathname } = new URL(url)
    const [, customerGuid] = /\/customer\/([0-9a-f-]{36})/.exec(pathname) ?? []
    const [, siteGuid] = /\/sitelocation\/([0-9a-f-]{36})/.exec(pathname) ?? []
    const held = this.sites().find(({ site }) => site.guid === siteGuid)
    const violated = (what: string): void => void this.violations.push(`${method} ${pathname}: ${what}`)
    if (
      customerGuid !== undefined &&
      Object.values(allCustomers(this.state())).some((c) => c.guid === customerGuid && !isOwn(c))
    )
      violated('the service of another')
    if (siteGuid !== undefined && held === undefined && this.isThere(siteGuid)) violated('the connection of another')
    if (method === 'POST' && /\/api\/v[23]\/customer$/.test(pathname))
      this.judgeCreation(JSON.parse(body) as Json, violated)
    if (method === 'DELETE' && siteGuid === undefined) this.judgeServiceDeletion(customerGuid, violated)
    if (method === 'DELETE' && held !== undefined) this.judgeDeletion(held.site, violated)
    if (method === 'PATCH' && pathname.includes('/dialplan/') && held !== undefined)
      this.judgeRules(held.site, JSON.parse(body) as Json, violated)
  }

  private isThere(guid: string): boolean {
    return snapshot(this.state()).sites.some((site) => site.guid === guid)
  }

  private judgeCreation(body: Json, violated: (what: string) => void): void {
    const name = body['shortName'] ?? body['customerShortName']
    if ([...this.services(), ...this.underWay()].some((each) => each.shortName === name)) {
      violated('a second service of that name')
    }
  }

  private judgeServiceDeletion(guid: string | undefined, violated: (what: string) => void): void {
    const entry = this.before.entries().get(nameOf.service)
    if (entry?.id !== guid) violated('a service that the state does not have')
    if (entry?.outs['deletionProtection'] !== false) violated('a protected service')
    for (const { site } of this.sites()) this.judgeNumbers(site, violated)
  }

  private judgeDeletion(site: Site, violated: (what: string) => void): void {
    if (!connections.some((slot) => siteName(slot) === site.name))
      violated('a connection that is not declared anywhere')
    this.judgeNumbers(site, violated)
  }

  /** Connections that a guard has in its list have no numbers when they go, unless it is told to let them go. */
  private judgeNumbers({ name, customerGuid }: Site, violated: (what: string) => void): void {
    const { guard, program } = this.before
    const allowed = program.guard?.allow === true || texts(guard?.outs['allow']).includes('numbers')
    const isGuarded =
      guard !== undefined && guard.id === customerGuid && texts(guard.outs['connections']).includes(name)
    const numbers = this.state().numbers.filter(
      ({ umpCustomerGuid, ocSipConnectionName }) => umpCustomerGuid === customerGuid && ocSipConnectionName === name
    )
    if (isGuarded && !allowed && numbers.length > 0) violated('a guarded connection with numbers')
  }

  /** Only what we have written is taken away, but for the tags of declared prefixes, which are set back or taken over. */
  private judgeRules(site: Site, { remove }: Json, violated: (what: string) => void): void {
    const declared = prefixesOf(this.before.program, site)
    for (const { prefix, tag } of remove as ReadonlyArray<DialPlanRule>) {
      if (!isOurs(tag) && !declared.includes(prefix)) violated(`the rule ${prefix} of another`)
    }
  }
}
