import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import type { Fetch, RawRequest } from '../../../provider/Env'
import { errorText, whole } from '../../../provider/ErrorText'
import type { OperationKind, ProviderError } from '../../../provider/Errors'
import type { HostedEssentialsServiceArgs } from '../../../provider/hosted-essentials-service/Args'
import { hostedEssentials } from '../../../provider/hosted-essentials-service/Kind'
import { liveFetch } from '../../../provider/live/Fetch'
import type { OperatorConnectServiceArgs } from '../../../provider/operator-connect-service/Args'
import { operatorConnect } from '../../../provider/operator-connect-service/Kind'
import type { ServiceArgs } from '../../../provider/services/Args'
import type { Kind } from '../../../provider/services/Kind'
import * as Service from '../../../provider/services/Service'
import type { FoundState, ServiceState } from '../../../provider/services/State'
import type { Written } from '../../../provider/Written'
import { type Customer, tenants } from '../../../simulator'
import { startOfTime, valueOf } from '../../support/TestEnv'
import type { World } from '../support/Simulated'

/** The life of services against the simulator. */

export { hostedEssentials, operatorConnect }

/** A tenant that has no service and no lead. */
export const freeTenant = 'a0a0a0a0-0001-4000-8000-0000000000aa'

/** A new Hosted Essentials service. */
export const northwind: HostedEssentialsServiceArgs = {
  shortName: 'northwind',
  fullName: 'Northwind Traders',
  siteLocation: { sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 },
  ovocCustomerType: 'IPGROUP_TYPE',
  msTenantId: freeTenant
}

/** The same with a license. */
export const licensed: HostedEssentialsServiceArgs = {
  ...northwind,
  license: 'HostedEssentialsPlus',
  licensedUsersCount: 25
}

/** A service of the lead that has none yet. */
export const globex: OperatorConnectServiceArgs = {
  msTenantId: tenants.globex,
  shortName: 'globex',
  configuration: 'ipGroup',
  scriptParameters: { ProxySet: 'Trunk-A', OnlinePstnGateway: 'sbc3.provider.example' }
}
export const globexLead = 'dddddddd-0000-4000-8000-000000000002'

/** What the simulator keeps of `northwind`, but for its id. */
export const northwindCustomer = {
  shortName: 'northwind',
  fullName: 'Northwind Traders',
  licenseType: 0,
  licensedUsersCount: null,
  msTenantId: freeTenant,
  msDefaultDomain: null,
  applicationClientId: null,
  applicationClientSecret: null,
  clientSecretExpirationDate: null,
  activeUserCount: 0
}

const bareCustomer = ({ guid: _guid, order: _order, ...rest }: Customer) => rest

/** The services of this short name, as the simulator keeps them. */
export const customersNamed = (world: World, shortName: string): ReadonlyArray<Customer> =>
  world.simulator.state().customers.filter((each) => each.shortName === shortName)

export const bare = (world: World, shortName: string) => customersNamed(world, shortName).map(bareCustomer)

const names: ReadonlyArray<readonly [call: RegExp, name: string]> = [
  [/^GET \/api\/v3\/customer$/, 'GET services'],
  [/^GET \/api\/v2\/oc\/lead$/, 'GET lead'],
  [/^GET \/api\/v3\/customer\/[^/]+$/, 'GET details'],
  [/^GET \/api\/v2\/task\//, 'GET task'],
  [/^POST \/api\/v2\/customer$/, 'POST service'],
  [/^POST \/api\/v3\/customer$/, 'POST from lead'],
  [/^POST \/api\/v2\/customer\/[^/]+\/action\/upgrade$/, 'POST upgrade'],
  [/^PATCH \/api\/v3\/customer\/[^/]+$/, 'PATCH license'],
  [/^DELETE \/api\/v2\/customer\/[^/]+$/, 'DELETE service']
]

/** Requests since the last `forget`, in short. */
export const calls = (world: World): ReadonlyArray<string> =>
  world.simulator.requests().map(({ method, path }) => {
    const call = `${method} ${path.replace(/^\/tenantui/, '')}`
    return names.find(([pattern]) => pattern.test(call))?.[1] ?? call
  })

/** How often each of these calls was made. */
export const tally = (world: World): Readonly<Record<string, number>> =>
  calls(world).reduce<Record<string, number>>((all, call) => ({ ...all, [call]: (all[call] ?? 0) + 1 }), {})

/** The body of the last request of this kind. */
export const bodyOf = (world: World, call: string): unknown => {
  const at = calls(world).lastIndexOf(call)
  return JSON.parse(world.simulator.requests()[at]?.body ?? 'null')
}

type At = Pick<World, 'env'>

/** The service that a write has made or changed without a fault. */
export const unfaulted = <A extends ServiceArgs>({ id, state, fault }: Written<ServiceState<A>>): ServiceState<A> => {
  assert.deepStrictEqual(fault, O.none)
  assert.strictEqual(state.customerGuid, id)
  return state
}

export const made = async <A extends ServiceArgs>(world: At, kind: Kind<A>, args: A): Promise<ServiceState<A>> =>
  unfaulted(await valueOf(Service.create(kind)(args), world.env))

export const changed = async <A extends ServiceArgs>(
  world: At,
  kind: Kind<A>,
  state: ServiceState<A>,
  args: A
): Promise<ServiceState<A>> =>
  unfaulted(await valueOf(Service.update(kind)(state.customerGuid, state, args), world.env))

export const read = async <A extends ServiceArgs>(
  world: At,
  kind: Kind<A>,
  customerGuid: string,
  state: FoundState<A>
): Promise<O.Option<Service.FoundService<A>>> => valueOf(Service.read(kind)(customerGuid, state), world.env)

export const removed = async <A extends ServiceArgs>(world: At, kind: Kind<A>, state: ServiceState<A>): Promise<void> =>
  valueOf(Service.remove(kind)(state.customerGuid, state), world.env)

/** What a person is told of an error. */
export const told = (
  operation: OperationKind,
  { shortName }: Pick<ServiceArgs, 'shortName'>,
  error: ProviderError,
  kept = false,
  customerGuid?: string
): string =>
  whole(
    errorText(
      {
        kind: operation,
        thing: hostedEssentials.thing,
        name: shortName,
        ...(customerGuid === undefined ? {} : { customerGuid })
      },
      error,
      kept,
      startOfTime
    )
  )

/** The end of a write: its fault and what the state says of it. */
export const ended = <A extends ServiceArgs>({ id, state, fault }: Written<ServiceState<A>>) => ({
  id,
  state,
  outcome: state.lastOperation.outcome,
  fault: O.toUndefined(fault)
})

/** Sends requests as a process does, and calls `before` with each of them first. */
export const spied =
  (before: (request: RawRequest) => void): Fetch =>
  (request) => {
    const send = liveFetch('test')
    return async () => {
      before(request)
      return send(request)()
    }
  }
