import type { Kind } from '../Host'
import type { Scenario } from '../Scenario'
import { connections } from './Connections'
import { dialPlans } from './DialPlans'
import { fleets } from './Fleets'
import { numbersGuards } from './NumbersGuards'
import { services } from './Services'

/** Every scenario, in the order of the page. */
export const scenarios: readonly Scenario[] = [...connections, ...fleets, ...services, ...dialPlans, ...numbersGuards]

/** The resources, as the page names them. A resource without a name does not compile. */
export const kinds: Readonly<Record<Kind, string>> = {
  sipConnection: 'A connection (`SipConnection`)',
  sipConnectionFleet: 'A fleet (`SipConnectionFleet`)',
  hostedEssentialsService: 'A Hosted Essentials service that (`HostedEssentialsService`)',
  operatorConnectService: 'An Operator Connect service that (`OperatorConnectService`)',
  dialPlan: 'A dial plan (`DialPlan`)',
  numbersGuard: 'A guard that (`NumbersGuard`)'
}
