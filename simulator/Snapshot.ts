import { rulesOf } from './DialPlanRules'
import type { ArmedFault } from './FaultRules'
import { allCustomers, allSites, dialPlanKey, dialPlanNames } from './State'
import type { Switches } from './Switches'
import * as Table from './Table'
import type { Customer, DialPlanRule, Lists, Site, State, Task } from './Types'

/** The state in plain lists, for tests and for `GET /__simulator/state`. Sites and customers stand in the order in which they were made. */
export interface Snapshot extends Lists {
  readonly switches: Switches
  readonly customers: readonly Customer[]
  readonly sites: readonly Site[]
  /** Those that hold rules. */
  readonly dialPlans: readonly {
    readonly siteGuid: string
    readonly name: string
    readonly rules: readonly DialPlanRule[]
  }[]
  readonly tasks: readonly Task[]
  readonly faults: readonly ArmedFault[]
}

const dialPlans = (state: State): Snapshot['dialPlans'] =>
  allSites(state).flatMap(({ guid: siteGuid }) =>
    dialPlanNames.flatMap((name) => {
      const plan = Table.get(state.dialPlans, dialPlanKey(siteGuid, name))
      return plan === undefined ? [] : [{ siteGuid, name, rules: rulesOf(plan) }]
    })
  )

export const snapshot = (state: State): Snapshot => ({
  switches: state.switches,
  customers: allCustomers(state),
  sites: allSites(state),
  dialPlans: dialPlans(state),
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
