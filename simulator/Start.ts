/** States to start from: the seed, and many customers for tests of size. */
import * as Ids from './Ids'
import * as Seed from './Seed'
import * as OperatorConnect from './SeedOperatorConnect'
import { blankSite, nextNumber, withCustomer, withSite } from './State'
import { changedSwitches, defaultSwitches } from './Switches'
import type { Switches } from './Switches'
import * as Table from './Table'
import type { State } from './Types'

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
      dialPlans: Table.empty(),
      due: [],
      nextDueAt: Infinity,
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
