/** Services (customers) made, edited and deleted in the portal, behind the provider's back. */
import { checkedEdit, isInteger, isText, orNull } from './EditChecks'
import * as Ids from './Ids'
import { nextNumber, withCustomer, withoutCustomer } from './State'
import * as Table from './Table'
import type { Customer, State } from './Types'

/** The fields that a portal edit may set. */
export type CustomerEdit = Partial<Omit<Customer, 'guid' | 'order'>>

export type NewCustomer = CustomerEdit & Pick<Customer, 'shortName'> & { readonly guid?: string }

const editable = {
  shortName: isText,
  fullName: isText,
  licenseType: isInteger,
  licensedUsersCount: orNull(isInteger),
  msTenantId: orNull(isText),
  msDefaultDomain: orNull(isText),
  applicationClientId: orNull(isText),
  applicationClientSecret: orNull(isText),
  clientSecretExpirationDate: orNull(isText),
  activeUserCount: isInteger
}

/** A service of the entry level that names no tenant at Microsoft. */
const blank: Omit<Customer, 'guid' | 'shortName' | 'fullName' | 'order'> = {
  licenseType: 0,
  licensedUsersCount: null,
  msTenantId: null,
  msDefaultDomain: null,
  applicationClientId: null,
  applicationClientSecret: null,
  clientSecretExpirationDate: null,
  activeUserCount: 0
}

const checked = (edit: object): CustomerEdit => checkedEdit<CustomerEdit>('customer', editable, edit)

const existing = (state: State, guid: string): Customer => {
  const customer = Table.get(state.customers, guid.toLowerCase())
  if (customer === undefined) throw new Error(`There is no customer ${guid}.`)
  return customer
}

/** @throws Error with one sentence for an unknown customer, an unknown field or a value of the wrong type */
export const editedCustomer = (state: State, guid: string, edit: CustomerEdit): State =>
  withCustomer(state, { ...existing(state, guid), ...checked(edit) })

/**
 * The connections go too, as they do on the platform.
 *
 * @throws Error with one sentence for an unknown customer
 */
export const deletedCustomer = (state: State, guid: string): State => withoutCustomer(state, existing(state, guid).guid)

/**
 * A service made in the portal; a short name that another one has is taken, since it is unique within a tenant only.
 *
 * @throws Error with one sentence for a guid in use, an unknown field or a value of the wrong type
 */
export const addedCustomer = (state: State, customer: NewCustomer): readonly [State, string] => {
  const { shortName, guid: wanted, ...edit } = customer
  const [counted, order] = nextNumber(state)
  const guid = wanted === undefined ? Ids.guid(state.seed, 'customer', order) : Ids.asGuid(wanted)
  if (guid === undefined) throw new Error('The guid of a customer must be a well-formed guid.')
  if (Table.get(state.customers, guid) !== undefined) throw new Error(`There is a customer ${guid} already.`)
  const fields = { ...blank, fullName: shortName, ...checked({ ...edit, shortName }), shortName }
  return [withCustomer(counted, { ...fields, guid, order }), guid]
}
