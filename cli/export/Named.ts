import type { Connection } from './Connections'
import type { Customer } from './Customers'
import { connectionName, customerName, distinct, identifier, secretKeysOf } from './Names'
import { type Secret, secretsIn } from './Secrets'

/** A connection with its names in the program. */
export interface Named extends Connection {
  /** Name of its customer, which no other customer has. */
  readonly customerName: string
  /** Name of the resource. */
  readonly name: string
  /** Name of its constant, which no other has in the same file. */
  readonly constant: string
  readonly secrets: ReadonlyArray<Secret & { readonly key: string }>
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

/** The connections with their names, in the same order. */
export const named = (connections: ReadonlyArray<Connection>): ReadonlyArray<Named> => {
  const customers: ReadonlyArray<Customer> = [...new Set(connections.map(({ customer }) => customer))]
  const customerNames = distinct(customers.map(({ shortName, guid }) => ({ name: customerName(shortName), guid })))
  const nameOfCustomer = new Map(customers.map((customer, index) => [customer, customerNames[index] ?? '']))
  const ofCustomer = ({ customer }: Connection): string => nameOfCustomer.get(customer) ?? ''
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
      customerName: ofCustomer(each),
      name,
      constant: constants[index] ?? '',
      secrets: secretsWithKeys(name, each)
    }
  })
}
