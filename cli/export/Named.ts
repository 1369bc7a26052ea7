import type { Kind } from '../report/Kinds'
import type { Connection } from './Connections'
import type { Customer } from './Customers'
import type { DialPlan } from './DialPlans'
import type { Look } from './Looks'
import { cleaned, connectionName, customerName, distinct, identifier, secretKeysOf } from './Names'
import { type Secret, secretsIn } from './Secrets'
import type { Service } from './Services'

/** What an import takes into the state. */
export interface Importable {
  readonly kind: Kind
  /** Name of the resource. */
  readonly name: string
  readonly id: string
  readonly args: object
  readonly state: object
  readonly secrets: ReadonlyArray<Secret & { readonly key: string }>
}

/** A connection with its names in the program. */
export interface Named extends Connection, Importable {
  /** Name of its customer, which no other customer has. */
  readonly customerName: string
  /** Name of its constant, which no other has in the same file. */
  readonly constant: string
  readonly args: Connection['args']
  readonly state: Connection['state']
}

/** Names that a file of the program has besides. */
const ownConstants = ['customerGuid', 'config', 'live', 'pulumi']

const secretsWithKeys = (name: string, { args }: Connection): Named['secrets'] => {
  const secrets = secretsIn(args)
  const keys = secretKeysOf(
    name,
    secrets.map(({ path }) => path.at(-1) ?? '')
  )
  return secrets.map((secret, index) => ({ ...secret, key: keys[index] ?? '' }))
}

export type CustomerNames = ReadonlyMap<Customer, string>

/** A name for each customer, which no other one has. */
export const customerNames = (customers: ReadonlyArray<Customer>): CustomerNames => {
  const names = distinct(customers.map(({ shortName, guid }) => ({ name: customerName(shortName), guid })))
  return new Map(customers.map((customer, index) => [customer, names[index] ?? '']))
}

/** The customers of the connections, in their order. */
const customersOf = (connections: ReadonlyArray<Connection>): ReadonlyArray<Customer> => [
  ...new Set(connections.map(({ customer }) => customer))
]

/** The connections with their names, in the same order. */
export const named = (
  connections: ReadonlyArray<Connection>,
  nameOf: CustomerNames = customerNames(customersOf(connections))
): ReadonlyArray<Named> => {
  const ofCustomer = ({ customer }: Connection): string => nameOf.get(customer) ?? ''
  const names = distinct(
    connections.map((each) => ({ name: connectionName(ofCustomer(each), each.args.siteName), guid: each.siteGuid }))
  )
  const constants = distinct(
    connections.map(({ siteGuid }, index) => ({ name: identifier(names[index] ?? ''), guid: siteGuid })),
    '_',
    ownConstants
  )
  return connections.map((each, index) => {
    const name = names[index] ?? ''
    return {
      ...each,
      kind: 'sipConnection',
      id: each.siteGuid,
      customerName: ofCustomer(each),
      name,
      constant: constants[index] ?? '',
      secrets: secretsWithKeys(name, each)
    }
  })
}

/** A service with its name in the program, which is that of its customer. */
export interface NamedService extends Service, Importable {
  readonly args: Look['args']
  readonly state: Look['state']
}

export const namedServices = (services: ReadonlyArray<Service>, nameOf: CustomerNames): ReadonlyArray<NamedService> =>
  services.map((service) => ({ ...service, name: nameOf.get(service.customer) ?? '', secrets: [] }))

/** A dial plan with its name in the program, which begins with that of its connection. */
export interface NamedDialPlan extends DialPlan<Named>, Importable {
  readonly args: Look['args']
  readonly state: Look['state']
}

export const namedDialPlans = (plans: ReadonlyArray<DialPlan<Named>>): ReadonlyArray<NamedDialPlan> =>
  plans.map((plan) => ({
    ...plan,
    name: `${plan.connection.name}-${cleaned(plan.dialPlanName) || 'dial-plan'}`,
    secrets: []
  }))
