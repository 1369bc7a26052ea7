/** The state and the few ways in which it changes; each returns a new state. */
import * as Table from './Table'
import type { Customer, Due, Effect, PendingTask, Site, State, Task, TaskKind } from './Types'

const nameKey = (customerGuid: string, name: string): string => `${customerGuid}/${name}`

/** Documented defaults of the flags, nothing in the rest. */
export const blankSite: Omit<Site, 'guid' | 'customerGuid' | 'name' | 'sbcId' | 'order'> = {
  ovocCustomerType: 'IPGROUP_TYPE',
  configurationType: 0,
  configureSbc: true,
  enableCac: true,
  carrierRegistration: true,
  cacProfile: null,
  carrierUserName: null,
  carrierUserPassword: null,
  carrierPasswordDpi: null,
  carrierMainLine: null,
  carrierHostName: null,
  proxySet: null,
  onlinePstnGateway: null,
  phones: null,
  dialPlanPrefixes: [],
  onboardingScript: null,
  cleanupScript: null,
  customerVariables: {},
  configureM365Routing: false,
  m365OnboardingScript: null,
  m365CleanupScript: null,
  sbcState: 'Deployed',
  m365State: null,
  pending: [],
  visibleAt: 0,
  detailsVisibleAt: 0
}

export const withCustomer = (state: State, customer: Customer): State => ({
  ...state,
  customers: Table.set(state.customers, customer.guid, customer)
})

export const siteGuidsNamed = (state: State, customerGuid: string, name: string): readonly string[] =>
  Table.get(state.sitesByName, nameKey(customerGuid, name)) ?? []

const withoutName = (state: State, site: Site): State => {
  const key = nameKey(site.customerGuid, site.name)
  const rest = siteGuidsNamed(state, site.customerGuid, site.name).filter((guid) => guid !== site.guid)
  return {
    ...state,
    sitesByName: rest.length === 0 ? Table.remove(state.sitesByName, key) : Table.set(state.sitesByName, key, rest)
  }
}

const withName = (state: State, site: Site): State => ({
  ...state,
  sitesByName: Table.set(state.sitesByName, nameKey(site.customerGuid, site.name), [
    ...siteGuidsNamed(state, site.customerGuid, site.name),
    site.guid
  ])
})

/** The state with this site in it, new or in place of the one with its guid. */
export const withSite = (state: State, site: Site): State => {
  const old = Table.get(state.sites, site.guid)
  const named = old?.name === site.name ? state : withName(old === undefined ? state : withoutName(state, old), site)
  const siblings = Table.get(state.sitesOfCustomer, site.customerGuid) ?? Table.empty<true>()
  return {
    ...named,
    sites: Table.set(state.sites, site.guid, site),
    sitesOfCustomer:
      old === undefined
        ? Table.set(state.sitesOfCustomer, site.customerGuid, Table.set(siblings, site.guid, true as const))
        : state.sitesOfCustomer
  }
}

/** The dial plans that every connection has. */
export const dialPlanNames = ['CustDialPlan', 'OCDialPlan', 'RegisteredUsers', 'Zoom'] as const

export const dialPlanKey = (siteGuid: string, name: string): string => `${siteGuid}/${name}`

/** The state without this site and its dial plans. */
export const withoutSite = (state: State, guid: string): State => {
  const site = Table.get(state.sites, guid)
  if (site === undefined) return state
  const siblings = Table.get(state.sitesOfCustomer, site.customerGuid) ?? Table.empty<true>()
  return {
    ...withoutName(state, site),
    sites: Table.remove(state.sites, guid),
    dialPlans: dialPlanNames.reduce((plans, name) => Table.remove(plans, dialPlanKey(guid, name)), state.dialPlans),
    sitesOfCustomer: Table.set(state.sitesOfCustomer, site.customerGuid, Table.remove(siblings, guid))
  }
}

export const withTask = (state: State, task: Task): State => ({
  ...state,
  tasks: Table.set(state.tasks, task.id, task)
})

/** The next number, and the state in which it is used up. */
export const nextNumber = (state: State): readonly [State, number] => [
  { ...state, counter: state.counter + 1 },
  state.counter + 1
]

const byOrder = (a: { readonly order: number }, b: { readonly order: number }): number => a.order - b.order

/** The sites of a customer, oldest first. */
export const sitesOf = (state: State, customerGuid: string): readonly Site[] => {
  const guids = Table.get(state.sitesOfCustomer, customerGuid)
  return guids === undefined
    ? []
    : Table.keys(guids)
        .flatMap((guid) => Table.get(state.sites, guid) ?? [])
        .sort(byOrder)
}

export const allCustomers = (state: State): readonly Customer[] => [...Table.values(state.customers)].sort(byOrder)

export const allSites = (state: State): readonly Site[] => [...Table.values(state.sites)].sort(byOrder)

/** The state without this service, its connections and their dial plans; a lead that it was made from may be used again. */
export const withoutCustomer = (state: State, guid: string): State => {
  const bare = sitesOf(state, guid).reduce((left, site) => withoutSite(left, site.guid), state)
  return {
    ...bare,
    customers: Table.remove(bare.customers, guid),
    leads: bare.leads.map((lead) => (lead.umpCustomerGuid === guid ? { ...lead, umpCustomerGuid: null } : lead))
  }
}

/** The tasks of a site that have not ended. */
export const pendingAt = (site: Site, now: number): readonly PendingTask[] =>
  site.pending.filter(({ until }) => until === null || until > now)

/** The site with a new task pending, which ends after `ms` (null: never), and that task. */
export const startTask = (
  state: State,
  site: Site,
  kind: TaskKind,
  now: number,
  ms: number | null,
  outcome: Task['outcome'] = 'ok'
): readonly [State, Task] => {
  const [counted, n] = nextNumber(state)
  const task: Task = {
    id: `tsk_${n}`,
    kind,
    siteGuid: site.guid,
    customerGuid: null,
    startedAt: now,
    endsAt: ms === null ? null : now + ms,
    outcome
  }
  const pending = [...pendingAt(site, now), { taskId: task.id, kind, until: task.endsAt }]
  return [withTask(withSite(counted, { ...site, pending }), task), task]
}

/** A new site as of `at`: shown after a while, and deploying until its task has ended. */
export const withNewSite = (state: State, site: Site, at: number): State => {
  const { addTaskMs, addVisibleAfterMs, detailsVisibleAfterMs } = state.switches
  const placed = { ...site, visibleAt: at + addVisibleAfterMs, detailsVisibleAt: at + detailsVisibleAfterMs }
  return addTaskMs === 0 ? withSite(state, placed) : startTask(state, placed, 'add', at, addTaskMs)[0]
}

const applied = (state: State, effect: Effect, at: number): State => {
  switch (effect.kind) {
    case 'siteGoes':
      return withoutSite(state, effect.siteGuid)
    case 'serviceComes': {
      const { customer, site, leadId } = effect
      const made = withCustomer(state, customer)
      const leads = made.leads.map((lead) => (lead.id === leadId ? { ...lead, umpCustomerGuid: customer.guid } : lead))
      return site === null ? { ...made, leads } : withNewSite({ ...made, leads }, site, at)
    }
    case 'serviceGoes':
      return withoutCustomer(state, effect.customerGuid)
    case 'licensed': {
      const customer = Table.get(state.customers, effect.customerGuid)
      return customer === undefined ? state : withCustomer(state, { ...customer, ...effect.license })
    }
  }
}

const withDue = (state: State, due: readonly Due[]): State => ({
  ...state,
  due,
  nextDueAt: due.reduce((first, { at }) => Math.min(first, at), Infinity)
})

/** The state in which this happens after `ms`; at once when that is nothing. */
export const after = (state: State, now: number, ms: number, effect: Effect): State =>
  ms === 0 ? applied(state, effect, now) : withDue(state, [...state.due, { at: now + ms, effect }])

/** What is due by now has happened, one thing after the other. */
export const settled = (state: State, now: number): State => {
  if (now < state.nextDueAt) return state
  const due = state.due.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
  const rest = state.due.filter(({ at }) => at > now)
  return due.reduce((before, { at, effect }) => applied(before, effect, at), withDue(state, rest))
}
