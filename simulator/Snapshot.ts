import { allCustomers, allSites } from './State'
import type { ArmedFault } from './FaultRules'
import type { Switches } from './Switches'
import * as Table from './Table'
import type { Customer, Lists, Site, State, Task } from './Types'

/** The state in plain lists, for tests and for `GET /__simulator/state`. Sites and customers stand in the order in which they were made. */
export interface Snapshot extends Lists {
  readonly switches: Switches
  readonly customers: readonly Customer[]
  readonly sites: readonly Site[]
  readonly tasks: readonly Task[]
  readonly faults: readonly ArmedFault[]
}

export const snapshot = (state: State): Snapshot => ({
  switches: state.switches,
  customers: allCustomers(state),
  sites: allSites(state),
  tasks: [...Table.values(state.tasks)].sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1)),
  faults: state.faults,
  sbcs: state.sbcs,
  scripts: state.scripts,
  gateways: state.gateways,
  callingProfiles: state.callingProfiles,
  leads: state.leads,
  numbers: state.numbers,
  pastTasks: state.pastTasks
})
