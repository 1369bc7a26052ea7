/** Licenses: changed within Direct Routing and within Operator Connect, and upgraded from OC Essential by a call of its own. */
import type { Members } from './Body'
import { bodyMembers, validGuid } from './Checks'
import { optional, readFields, required } from './Fields'
import { startJob } from './Jobs'
import * as Problems from './Problems'
import { count, fullName, guid, integer, string } from './Rules'
import { withCustomer } from './State'
import type { Switches } from './Switches'
import * as Table from './Table'
import type { Answer, Call, Customer, Result } from './Types'

const OC_ESSENTIAL = 3

/** Licenses between which the license change goes up and down. */
const families: readonly (readonly number[])[] = [
  [0, 1, 2],
  [4, 5]
]

const invalid: Answer = Problems.json(400, 'Invalid change for License Type!')

const spellings = {
  upgradeToLicense: ['upgradetolicense', 'licensecount'],
  licenseType: ['licensetype', 'licenseduserscount', 'customerfullname']
}

const changeFields = {
  upgradeToLicense: optional(integer, 'upgradeToLicense'),
  licenseCount: optional(count, 'licenseCount'),
  licenseType: optional(integer, 'licenseType'),
  licensedUsersCount: optional(count, 'licensedUsersCount'),
  customerFullName: optional(fullName, 'customerFullName'),
  applicationClientId: optional(guid, 'applicationClientId'),
  applicationClientSecret: optional(string, 'applicationClientSecret')
}

/** The members that the platform understands. */
const understood = (members: Members, { licenseBody }: Switches): Members =>
  licenseBody === 'both'
    ? members
    : new Map(
        [...members].filter(
          ([name]) => !spellings[licenseBody === 'licenseType' ? 'upgradeToLicense' : 'licenseType'].includes(name)
        )
      )

/** Going down must leave a license for every active user. */
const allowed = (from: Customer, to: number, users: number | null): boolean =>
  to === from.licenseType ||
  (families.some((family) => family.includes(from.licenseType) && family.includes(to)) &&
    (to > from.licenseType || users === null || users >= from.activeUserCount))

interface Addressed {
  readonly customer: Customer
  readonly members: Members
}

/** The service in the path and the members of the body, or what refuses the call. */
const addressed = (call: Call): Addressed | Answer => {
  const customerGuid = validGuid('customerGuid', call.params[0] ?? '', call)
  if (typeof customerGuid !== 'string') return customerGuid
  const body = bodyMembers(call)
  if ('refusal' in body) return body.refusal
  const customer = Table.get(call.state.customers, customerGuid)
  return customer === undefined ? Problems.notFound('Customer', customerGuid) : { customer, members: body.members }
}

/** `PATCH /api/v3/customer/{customerGuid}` */
export const changeLicense = (call: Call): Result => {
  const { state } = call
  const { switches } = state
  const target = addressed(call)
  if ('delivery' in target) return [state, target]
  const { customer, members } = target
  const known = understood(members, switches)
  const read = readFields(known, changeFields, switches.unknownFields === 'refused')
  if ('errors' in read) return [state, Problems.validation(read.errors, call)]
  const { values } = read
  const asked = values.upgradeToLicense ?? values.licenseType
  const users = values.licenseCount ?? values.licensedUsersCount ?? customer.licensedUsersCount
  const unheard = asked === undefined && ['upgradetolicense', 'licensetype'].some((name) => members.has(name))
  // The documented table has no value for the entry levels.
  const entry = [0, OC_ESSENTIAL].includes(values.upgradeToLicense ?? 1)
  const licenseType = asked ?? customer.licenseType
  if (known.size === 0 || unheard || entry || !allowed(customer, licenseType, users)) return [state, invalid]
  return [
    withCustomer(state, {
      ...customer,
      licenseType,
      licensedUsersCount: users,
      fullName: values.customerFullName ?? customer.fullName,
      applicationClientId: values.applicationClientId ?? customer.applicationClientId,
      applicationClientSecret: values.applicationClientSecret ?? customer.applicationClientSecret
    }),
    Problems.json(200, 1)
  ]
}

const upgradeFields = {
  upgradeToLicense: required(integer, 'upgradeToLicense'),
  licenseCount: optional(count, 'licenseCount')
}

/** `POST /api/v2/customer/{customerGuid}/action/upgrade`: the license is another one when the task has ended. */
export const upgradeLicense = (call: Call): Result => {
  const { state, now } = call
  const target = addressed(call)
  if ('delivery' in target) return [state, target]
  const { customer, members } = target
  const read = readFields(members, upgradeFields, state.switches.unknownFields === 'refused')
  if ('errors' in read) return [state, Problems.validation(read.errors, call)]
  const { upgradeToLicense: licenseType, licenseCount } = read.values
  if (customer.licenseType !== OC_ESSENTIAL || ![4, 5].includes(licenseType)) return [state, invalid]
  const [next, taskId] = startJob(state, now, {
    kind: 'upgrade',
    id: 'tsk',
    customerGuid: customer.guid,
    effect: {
      kind: 'licensed',
      customerGuid: customer.guid,
      license: { licenseType, ...(licenseCount === undefined ? {} : { licensedUsersCount: licenseCount }) }
    },
    lagMs: 0
  })
  return [next, Problems.json(200, taskId)]
}
