import type { ResourceName } from '../../schedules/support/GraphModel'
import type { JsonObject } from '../../support/Json'
import {
  HEADQUARTERS_GUID,
  type FaultMatch,
  type Snapshot,
  type State,
  customerGuids,
  tenants
} from '../../../simulator'
import { editedDialPlan } from '../../../simulator/DialPlanPortal'
import { changedSwitches, type Switches } from '../../../simulator/Switches'
import type { Operation } from '../FaultList'

/** What each resource of the matrix declares, which request does its work, and what the platform must hold of it. */

/** All resources but the connection, which has its matrix on the real engine. */
export type MatrixResource = Exclude<ResourceName, 'sipConnection'>

/** How a task gets into the work of a resource. */
export interface Tasks {
  /** Operations that wait for a task. */
  readonly operations: ReadonlyArray<Operation>
  /** Without it, the platform does its work at once. */
  readonly switches?: Partial<Switches>
  /** Whether the simulator makes such tasks; otherwise an answer is made up that names one. */
  readonly simulated: boolean
}

export interface Victim {
  readonly resource: MatrixResource
  /** As the page calls it. */
  readonly title: string
  /** What the platform has before. */
  readonly before: (state: State) => State
  readonly first: JsonObject
  readonly second: JsonObject
  /** The request that an operation stands and falls with; absent where it sends nothing. */
  readonly work: Readonly<Partial<Record<Operation, FaultMatch>>>
  /** What the platform holds of it. */
  readonly held: (snapshot: Snapshot) => unknown
  /** What it must hold. */
  readonly wanted: (declared: 'first' | 'second' | 'nothing') => unknown
  /** All the rest, which must stay as it is. */
  readonly others: (snapshot: Snapshot) => unknown
  readonly tasks: Tasks
}

const site = { sbcId: 3, onboardingScript: 12001, cleanupScript: 12002 } as const

/** Services of a tenant, and all others. */
const servicesOf = (tenant: string, { customers, sites }: Snapshot) => {
  const own = customers.filter(({ msTenantId }) => msTenantId === tenant)
  const guids = own.map(({ guid }) => guid)
  return { own, guids, sites: sites.filter(({ customerGuid }) => guids.includes(customerGuid)) }
}

const heldServices =
  (tenant: string): Victim['held'] =>
  (snapshot) => {
    const { own, sites } = servicesOf(tenant, snapshot)
    return own.map(({ guid, shortName, licenseType, licensedUsersCount, applicationClientSecret }) => ({
      shortName,
      licenseType,
      licensedUsersCount,
      applicationClientSecret,
      connections: sites.filter(({ customerGuid }) => customerGuid === guid).map(({ name, sbcId }) => ({ name, sbcId }))
    }))
  }

const otherServices =
  (tenant: string): Victim['others'] =>
  (snapshot) => {
    const { guids } = servicesOf(tenant, snapshot)
    return [
      snapshot.customers.filter(({ guid }) => !guids.includes(guid)),
      snapshot.sites.filter(({ customerGuid }) => !guids.includes(customerGuid)),
      snapshot.dialPlans,
      snapshot.numbers
    ]
  }

const serviceWork = { read: { method: 'GET', path: '/api/v3/customer/' }, delete: { method: 'DELETE' } } as const

const [shortName, tenant] = ['globex-1', tenants.globex]

const applicationClientSecret = 'made-up application "secret"'

/** A new service has the entry license, so that a creation is a `POST` and a `PATCH`. */
const hosted = {
  shortName,
  msTenantId: tenant,
  ovocCustomerType: 'IPGROUP_TYPE',
  siteLocation: site,
  license: 'HostedEssentialsPlus',
  licensedUsersCount: 10,
  applicationClientSecret,
  deletionProtection: false
} as const

const hostedEssentialsService: Victim = {
  resource: 'hostedEssentialsService',
  title: 'HostedEssentialsService',
  before: (state) => state,
  first: hosted,
  second: { ...hosted, license: 'HostedPro', licensedUsersCount: 20 },
  work: { ...serviceWork, create: { method: 'POST', path: '/api/v2/customer$' }, update: { method: 'PATCH' } },
  held: heldServices(tenant),
  wanted: (declared) =>
    declared === 'nothing'
      ? []
      : [
          {
            shortName,
            licenseType: declared === 'first' ? 1 : 2,
            licensedUsersCount: declared === 'first' ? 10 : 20,
            applicationClientSecret,
            connections: [{ name: shortName, sbcId: 3 }]
          }
        ],
  others: otherServices(tenant),
  tasks: { operations: ['create'], switches: { createServiceAnswer: 'job' }, simulated: true }
}

const operatorConnect = {
  shortName,
  msTenantId: tenant,
  configuration: 'ipGroup',
  siteLocation: site,
  deletionProtection: false
} as const

const operatorConnectService: Victim = {
  resource: 'operatorConnectService',
  title: 'OperatorConnectService',
  before: (state) => state,
  first: operatorConnect,
  // Away from the entry license leads a call of its own.
  second: { ...operatorConnect, license: 'OcEssentialPlus', licensedUsersCount: 20 },
  work: {
    ...serviceWork,
    create: { method: 'POST', path: '/api/v3/customer$' },
    update: { method: 'POST', path: '/action/upgrade' }
  },
  held: heldServices(tenant),
  wanted: (declared) =>
    declared === 'nothing'
      ? []
      : [
          {
            shortName,
            licenseType: declared === 'first' ? 3 : 4,
            licensedUsersCount: declared === 'first' ? null : 20,
            applicationClientSecret: null,
            connections: [{ name: shortName, sbcId: 3 }]
          }
        ],
  others: otherServices(tenant),
  tasks: { operations: ['create', 'update'], simulated: true }
}

const planName = 'CustDialPlan'
const [one, two] = ['one.provider.example', 'two.provider.example']
const rules = (...all: ReadonlyArray<readonly [prefix: string, tag: string]>) =>
  all.map(([prefix, tag]) => ({ prefix, tag }))

/** A tag changes, a rule goes, and one comes. */
const firstRules = rules(['+4930', one], ['+4940', one], ['+4989', one])
const secondRules = rules(['+4930', two], ['+4940', one], ['+4969', two])

/** Rules of others in the same plan. */
const foreignRules = rules(['+1', one], ['+49211', two])

const planRules = ({ dialPlans }: Snapshot) =>
  dialPlans
    .filter(({ siteGuid, name }) => siteGuid === HEADQUARTERS_GUID && name === planName)
    .flatMap((plan) => plan.rules)
    .map(({ prefix, tag }) => ({ prefix, tag }))

const isForeign = ({ prefix }: { readonly prefix: string }): boolean =>
  foreignRules.some((rule) => rule.prefix === prefix)

const byPrefix = (all: ReadonlyArray<{ readonly prefix: string; readonly tag: string }>) =>
  [...all].sort((a, b) => (a.prefix < b.prefix ? -1 : 1))

const dialPlanArgs = { customerGuid: customerGuids.contoso, siteGuid: HEADQUARTERS_GUID }
const planPath = '/dialplan/'

const dialPlan: Victim = {
  resource: 'dialPlan',
  title: 'DialPlan',
  // Execution messages can hold an error.
  before: (state) => ({
    ...editedDialPlan(state, HEADQUARTERS_GUID, planName, { add: foreignRules }),
    switches: changedSwitches(state.switches, { dialPlanAnswer: 'messages' })
  }),
  first: { ...dialPlanArgs, rules: firstRules },
  second: { ...dialPlanArgs, rules: secondRules },
  work: {
    create: { method: 'PATCH', path: planPath },
    update: { method: 'PATCH', path: planPath },
    read: { method: 'GET', path: planPath },
    delete: { method: 'PATCH', path: planPath }
  },
  held: (snapshot) => byPrefix(planRules(snapshot).filter((rule) => !isForeign(rule))),
  wanted: (declared) => byPrefix({ first: firstRules, second: secondRules, nothing: [] }[declared]),
  others: (snapshot) => [snapshot.customers, snapshot.sites, planRules(snapshot).filter(isForeign), snapshot.numbers],
  tasks: { operations: ['create', 'update', 'delete'], simulated: false }
}

const guarded = { customerGuid: customerGuids.initech, msTenantId: tenants.initech }

const numbersGuard: Victim = {
  resource: 'numbersGuard',
  title: 'NumbersGuard',
  before: (state) => state,
  // No number refers to these, so that both may go.
  first: { ...guarded, connections: ['branch-1', 'branch-2'] },
  second: { ...guarded, connections: ['branch-1'] },
  work: { update: { method: 'GET', path: '/oc/numbers' }, delete: { method: 'GET', path: '/oc/numbers' } },
  // It holds nothing of a guard.
  held: () => undefined,
  wanted: () => undefined,
  others: ({ customers, sites, dialPlans, numbers }) => [customers, sites, dialPlans, numbers],
  tasks: { operations: [], simulated: false }
}

const inFleet = {
  customerGuid: customerGuids.initech,
  siteName: 'globex-1',
  sbcId: 3,
  cacProfile: '5 sessions',
  sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
} as const

const siteLocation = { path: '/sitelocation/' } as const

/** One connection, so that what is said of it is what is said of the fleet. */
const sipConnectionFleet: Victim = {
  resource: 'sipConnectionFleet',
  title: 'SipConnectionFleet',
  before: (state) => state,
  first: { connections: { branch: inFleet } },
  second: { connections: { branch: { ...inFleet, cacProfile: '10 sessions' } } },
  work: {
    create: { ...siteLocation, method: 'POST' },
    update: { ...siteLocation, method: 'PATCH' },
    read: { ...siteLocation, method: 'GET' },
    delete: { ...siteLocation, method: 'DELETE' }
  },
  held: ({ sites }) =>
    sites
      .filter(({ customerGuid, name }) => customerGuid === inFleet.customerGuid && name === inFleet.siteName)
      .map(({ sbcId, cacProfile }) => ({ sbcId, cacProfile })),
  wanted: (declared) =>
    declared === 'nothing' ? [] : [{ sbcId: 3, cacProfile: declared === 'first' ? '5 sessions' : '10 sessions' }],
  others: ({ customers, sites, dialPlans, numbers }) => [
    customers,
    sites.filter(({ customerGuid, name }) => customerGuid !== inFleet.customerGuid || name !== inFleet.siteName),
    dialPlans,
    numbers
  ],
  // Those of a connection are in its own matrix.
  tasks: { operations: [], simulated: false }
}

/** One of each resource; a resource without one does not compile. */
export const victims: Readonly<Record<MatrixResource, Victim>> = {
  sipConnectionFleet,
  hostedEssentialsService,
  operatorConnectService,
  dialPlan,
  numbersGuard
}
