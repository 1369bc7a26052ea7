/** What the two calls that make a service have in common. */
import { missingOfSite } from './AddSite'
import type { Member, Members } from './Body'
import { unknownReferences } from './Checks'
import * as Ids from './Ids'
import * as Problems from './Problems'
import type { FieldErrors } from './Problems'
import { error, record } from './Rules'
import type { Rule } from './Rules'
import { decoded } from './SiteBody'
import type { Change } from './SiteFields'
import { blankSite, nextNumber } from './State'
import type { Switches } from './Switches'
import * as Table from './Table'
import type { Answer, Call, Customer, Effect, Site, State } from './Types'

export type ServiceComes = Extract<Effect, { readonly kind: 'serviceComes' }>

const shapes = {
  both: 'The value must be an object or a list of one object.',
  array: 'The value must be a list of one object.',
  object: 'The value must be an object.'
}

/** `siteLocation`: a list of one in the documented table, an object in the documented sample. */
export const location =
  (shape: Switches['siteLocationShape']): Rule<Members> =>
  (value) => {
    const isList = Array.isArray(value)
    const one: unknown = isList && value.length === 1 ? value[0] : isList ? undefined : value
    const checked = record(one)
    return shape === (isList ? 'object' : 'array') || 'error' in checked ? error(shapes[shape]) : checked
  }

const member = (name: string, value: unknown): readonly [string, Member] => [name.toLowerCase(), { name, value }]

const unheardOf = (members: Members, allowed: readonly string[]): FieldErrors =>
  Object.fromEntries(
    [...members.values()]
      .filter(({ name }) => !allowed.some((each) => each.toLowerCase() === name.toLowerCase()))
      .map(({ name }) => [name, ['This member is not documented.']])
  )

interface FirstSite {
  readonly members: Members
  readonly allowed: readonly string[]
  readonly name: string
  readonly scriptParameters: Readonly<Record<string, string>> | undefined
  /** Whether SBC and scripts must be named, as Add wants it. */
  readonly complete: boolean
}

/** What the body says about the first connection, read and refused as Add would do it. */
export const firstSite = (call: Call, first: FirstSite): { readonly change: Change } | { readonly refusal: Answer } => {
  const { state } = call
  const { members, allowed, name, scriptParameters, complete } = first
  const strict = state.switches.unknownFields === 'refused'
  const body: Members = new Map([
    member('siteLocationName', name),
    ...[...members].filter(([lower]) => allowed.some((each) => each.toLowerCase() === lower)),
    ...(scriptParameters === undefined ? [] : [member('scriptParameters', scriptParameters)])
  ])
  const { change, errors } = decoded(body, ['add'], false)
  const wrong = {
    ...(complete ? missingOfSite(change) : {}),
    ...errors,
    ...(strict ? unheardOf(members, allowed) : {}),
    ...unknownReferences(state, change)
  }
  return Object.keys(wrong).length > 0 ? { refusal: Problems.validation(wrong, call) } : { change }
}

/** Services that are there, and those on their way. */
const known = (state: State): readonly Customer[] => [
  ...Table.values(state.customers),
  ...state.due.flatMap(({ effect }) => (effect.kind === 'serviceComes' ? [effect.customer] : []))
]

/** The refusal of a short name that another service of the tenant has. */
export const takenName = (call: Call, shortName: string, msTenantId: string): Answer | undefined =>
  known(call.state).some(
    (each) => each.shortName === shortName && each.msTenantId?.toLowerCase() === msTenantId.toLowerCase()
  )
    ? Problems.validation({ shortName: ['The tenant has a service of this short name already.'] }, call)
    : undefined

interface Wanted {
  readonly shortName: string
  readonly fullName: string | undefined
  readonly licenseType: 0 | 3
  readonly msTenantId: string
  readonly ovocCustomerType: string
  /** undefined: no connection is made. */
  readonly site: Change | undefined
  readonly leadId: string | null
}

const siteOf = (state: State, customer: Customer, wanted: Wanted, change: Change): Site => ({
  ...blankSite,
  configurationType: 1,
  ...change,
  name:
    state.switches.primaryName === 'generated'
      ? Ids.generatedName(state.seed, customer.order)
      : (change.name ?? wanted.shortName),
  sbcId: change.sbcId ?? state.sbcs[0]?.id ?? 1,
  ovocCustomerType: wanted.ovocCustomerType,
  guid: Ids.guid(state.seed, 'site', customer.order),
  customerGuid: customer.guid,
  order: customer.order
})

/** The service and its first connection as they will be, and the state in which their ids are used up. */
export const newService = (state: State, wanted: Wanted): readonly [State, ServiceComes] => {
  const { shortName, fullName = shortName, licenseType, msTenantId, site, leadId } = wanted
  const [counted, order] = nextNumber(state)
  const customer: Customer = {
    guid: Ids.guid(state.seed, 'customer', order),
    shortName,
    fullName,
    licenseType,
    licensedUsersCount: null,
    msTenantId,
    msDefaultDomain: null,
    applicationClientId: null,
    applicationClientSecret: null,
    clientSecretExpirationDate: null,
    activeUserCount: 0,
    order
  }
  return [
    counted,
    {
      kind: 'serviceComes',
      customer,
      site: site === undefined ? null : siteOf(state, customer, wanted, site),
      leadId
    }
  ]
}
