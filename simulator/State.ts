/** The state and the few ways in which it changes; each returns a new state. */
import * as Ids from './Ids'
import * as Seed from './Seed'
import * as OperatorConnect from './SeedOperatorConnect'
import { changedSwitches, defaultSwitches } from './Switches'
import type { Switches } from './Switches'
import * as Table from './Table'
import type { Customer, Site, State, Task } from './Types'

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

/** @param guid of a customer whose sites are gone already */
export const withoutCustomer = (state: State, guid: string): State => ({
  ...state,
  customers: Table.remove(state.customers, guid)
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

export const withoutSite = (state: State, guid: string): State => {
  const site = Table.get(state.sites, guid)
  if (site === undefined) return state
  const siblings = Table.get(state.sitesOfCustomer, site.customerGuid) ?? Table.empty<true>()
  return {
    ...withoutName(state, site),
    sites: Table.remove(state.sites, guid),
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

/** Deletions that are due by now have happened. */
export const settled = (state: State, now: number): State => {
  if (now < state.nextDeletionAt) return state
  const rest = state.deletions.filter(({ at }) => at > now)
  return {
    ...state.deletions.filter(({ at }) => at <= now).reduce((s, { siteGuid }) => withoutSite(s, siteGuid), state),
    deletions: rest,
    nextDeletionAt: rest.reduce((first, { at }) => Math.min(first, at), Infinity)
  }
}

/**
 * A fresh simulator: the seed's customers, its lists, and the connection `headquarters`.
 *
 * @param seed decides the ids that will be handed out. Default 1.
 */
export const initialState = (switches: Partial<Switches> = {}, seed = 1): State =>
  withSite(
    Seed.customers.reduce<State>(withCustomer, {
      seed,
      counter: 1000,
      switches: changedSwitches(defaultSwitches, switches),
      customers: Table.empty(),
      sites: Table.empty(),
      sitesOfCustomer: Table.empty(),
      sitesByName: Table.empty(),
      tasks: Table.empty(),
      deletions: [],
      nextDeletionAt: Infinity,
      tokens: Table.empty(),
      faults: [],
      sbcs: Seed.sbcs,
      scripts: Seed.scripts,
      gateways: Seed.gateways,
      callingProfiles: OperatorConnect.callingProfiles,
      leads: OperatorConnect.leads,
      numbers: OperatorConnect.numbers,
      pastTasks: OperatorConnect.pastTasks
    }),
    { ...blankSite, ...Seed.headquarters, order: 0 }
  )

/** Guid of the nth customer (from 1) of `manySites`. */
export const manySitesCustomer = (n: number): string => Ids.guid(0, 'customer', n)

/**
 * A state with `customers` more customers, named `c1`, `c2`, ..., each with `sitesEach` connections `branch-1`, `branch-2`, ...
 * For tests of size; switches and seed as in `initialState`.
 */
export const manySites = (customers: number, sitesEach = 1, switches: Partial<Switches> = {}, seed = 1): State => {
  const [model] = Seed.customers
  let state = initialState(switches, seed)
  for (let c = 1; c <= customers; c++) {
    const customerGuid = manySitesCustomer(c)
    state = withCustomer(state, {
      ...model,
      guid: customerGuid,
      shortName: `c${c}`,
      fullName: `Customer ${c}`,
      order: 1000 + c
    })
    for (let s = 1; s <= sitesEach; s++) {
      const [counted, order] = nextNumber(state)
      state = withSite(counted, {
        ...blankSite,
        ...Seed.headquarters,
        guid: Ids.guid(seed, 'site', order),
        customerGuid,
        name: `branch-${s}`,
        order
      })
    }
  }
  return state
}
