import { tenants } from '../../../../simulator'
import type { JsonObject } from '../../../support/Json'
import type { Declarations, Declared } from '../GraphModel'

/** A Pulumi program of one customer, and what a person does to it: a service, connections, dial plans and a guard of its numbers. */

/** A new service, or one made from a lead. */
export type Kind = 'hosted' | 'operatorConnect'

export const connections = ['a', 'b'] as const
export type Connection = (typeof connections)[number]

/** Two plans share a connection; the third is that of the connection that is made with the service. */
export const plans = ['p', 'q', 'r'] as const
export type Plan = (typeof plans)[number]

export interface ServiceWish {
  readonly n: number
  readonly license?: 'plus' | 'pro'
  readonly users?: number
  readonly secret?: string
  readonly protection?: boolean
  readonly adopt?: string | boolean
}

export interface ConnectionWish {
  readonly cacProfile: string
  readonly carrierUserPassword: string
  /** What a takeover needs. */
  readonly taken?: JsonObject
}

export interface PlanWish {
  /** Tags by prefix. */
  readonly rules: Readonly<Record<string, string>>
  readonly adopt?: true
}

export interface GuardWish {
  readonly allow: boolean
}

export interface Program {
  readonly service?: ServiceWish
  readonly connections: Readonly<Partial<Record<Connection, ConnectionWish>>>
  readonly plans: Readonly<Partial<Record<Plan, PlanWish>>>
  readonly guard?: GuardWish
}

export const nothing: Program = { connections: {}, plans: {} }

export const tenant = tenants.globex

export const shortName = (n: number): string => `globex-${n}`
export const siteName = (slot: Connection): string => `${slot}-1`

/** Name of a resource in the program. */
export const nameOf = {
  service: 'service',
  guard: 'guard',
  connection: (slot: Connection): string => `connection ${slot}`,
  plan: (slot: Plan): string => `plan ${slot}`
} as const

/** The connection of a plan; `undefined`: that of the service. */
export const connectionOf = (slot: Plan): Connection | undefined => (slot === 'r' ? undefined : 'a')

/** Secrets that every encoding changes: none of their forms may turn up in anything that a person can see. */
export const canaries = {
  applications: ['C4nary-application-one "ä/ß+&', 'C4nary-application-two "ö/?+&'],
  script: 'C4nary-script "ü/ß+&',
  passwords: ['C4nary-carrier-one "å/ß+&', 'C4nary-carrier-two "ø/ß+&'],
  bystander: 'C4nary-bystander "ý/ß+&'
} as const

export const allCanaries: ReadonlyArray<string> = Object.values(canaries).flat()

/** Who has written a rule shows in its tag. */
export const tags = { ours: ['one.ours.example', 'two.ours.example'], portal: ['x.portal.example', 'y.portal.example'] }
export const isOurs = (tag: string): boolean => tags.ours.includes(tag)

/** Prefixes of each plan; those of `p` and `q` are different, as they are in one plan. */
export const prefixes: Readonly<Record<Plan | 'foreign', ReadonlyArray<string>>> = {
  p: ['+491', '+492', '+493'],
  q: ['+494', '+495'],
  r: ['+491', '+492'],
  foreign: ['+33', '+34']
}

const site = { onboardingScript: 12001, cleanupScript: 12002 }

const licenses = {
  hosted: { plus: 'HostedEssentialsPlus', pro: 'HostedPro' },
  operatorConnect: { plus: 'OcEssentialPlus', pro: 'OcPro' }
} as const

/** `licenseType` of the licenses that can be declared. */
export const licenseTypes = {
  hosted: { plus: 1, pro: 2 },
  operatorConnect: { plus: 4, pro: 5 }
} as const

const service = (kind: Kind, { n, license, users, secret, protection, adopt }: ServiceWish): Declared => ({
  resource: kind === 'hosted' ? 'hostedEssentialsService' : 'operatorConnectService',
  args: {
    shortName: shortName(n),
    msTenantId: tenant,
    ...(kind === 'hosted' ? { ovocCustomerType: 'IPGROUP_TYPE' } : { configuration: 'ipGroup' }),
    siteLocation: { sbcId: 3, ...site },
    scriptParameters: { Password: canaries.script },
    ...(license === undefined
      ? {}
      : {
          license: licenses[kind][license],
          ...(users === undefined ? {} : { licensedUsersCount: users }),
          ...(secret === undefined ? {} : { applicationClientSecret: secret })
        }),
    ...(protection === undefined ? {} : { deletionProtection: protection }),
    ...(adopt === undefined ? {} : { adopt })
  }
})

const ofService = { customerGuid: [nameOf.service, 'customerGuid'] } as const

const connection = (slot: Connection, { cacProfile, carrierUserPassword, taken = {} }: ConnectionWish): Declared => ({
  resource: 'sipConnection',
  args: {
    siteName: siteName(slot),
    sbcId: slot === 'a' ? 3 : 5,
    cacProfile,
    carrierUserPassword,
    sbcScripts: site,
    ...taken
  },
  from: ofService
})

const plan = (slot: Plan, { rules, adopt }: PlanWish): Declared => {
  const of = connectionOf(slot)
  return {
    resource: 'dialPlan',
    args: {
      rules: Object.entries(rules).map(([prefix, tag]) => ({ prefix, tag })),
      ...(adopt === undefined ? {} : { adopt })
    },
    from: { ...ofService, siteGuid: [of === undefined ? nameOf.service : nameOf.connection(of), 'siteGuid'] }
  }
}

/** The resources that a program declares. */
export const declarations = (kind: Kind, program: Program): Declarations => {
  const { service: wish, connections: sites, plans: all, guard } = program
  if (wish === undefined) return {}
  const inside: Declarations = {
    ...Object.fromEntries(
      connections.flatMap((slot) => {
        const declared = sites[slot]
        return declared === undefined ? [] : [[nameOf.connection(slot), connection(slot, declared)]]
      })
    ),
    ...Object.fromEntries(
      plans.flatMap((slot) => {
        const declared = all[slot]
        return declared === undefined ? [] : [[nameOf.plan(slot), plan(slot, declared)]]
      })
    )
  }
  return {
    [nameOf.service]: service(kind, wish),
    ...inside,
    ...(guard === undefined
      ? {}
      : {
          [nameOf.guard]: {
            resource: 'numbersGuard',
            args: {
              msTenantId: tenant,
              connections: connections.filter((slot) => sites[slot] !== undefined).map(siteName),
              ...(guard.allow ? { allow: ['numbers'] } : {})
            },
            from: ofService,
            // So that it goes first.
            dependsOn: Object.keys(inside)
          }
        })
  }
}

export type Edit =
  | { readonly do: 'service'; readonly fields: Partial<Omit<ServiceWish, 'n' | 'adopt'>> }
  | { readonly do: 'other name' }
  | { readonly do: 'no service' }
  | { readonly do: 'connection'; readonly slot: Connection; readonly wish: ConnectionWish }
  | { readonly do: 'no connection'; readonly slot: Connection }
  | { readonly do: 'rules'; readonly slot: Plan; readonly rules: PlanWish['rules'] }
  | { readonly do: 'no plan'; readonly slot: Plan }
  | { readonly do: 'guard'; readonly wish: GuardWish }
  | { readonly do: 'no guard' }

const without = <K extends string, A>(all: Readonly<Partial<Record<K, A>>>, gone: ReadonlyArray<K>) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => !gone.includes(key as K))) as Readonly<Partial<Record<K, A>>>

/** Without a service there is nothing. */
const inService = (program: Program, change: (service: ServiceWish) => Program): Program =>
  program.service === undefined ? program : change(program.service)

/** The program after an edit. One that makes no sense changes nothing. */
export const edited = (program: Program, edit: Edit): Program => {
  switch (edit.do) {
    case 'service':
      return { ...program, service: { ...(program.service ?? { n: 1 }), ...edit.fields } }
    case 'other name':
      return inService(program, (wish) => {
        const { adopt: _adopt, ...rest } = wish
        return { ...program, service: { ...rest, n: 3 - wish.n } }
      })
    case 'no service':
      return nothing
    case 'connection':
      return inService(program, () => ({
        ...program,
        connections: { ...program.connections, [edit.slot]: { ...program.connections[edit.slot], ...edit.wish } }
      }))
    case 'no connection':
      return {
        ...program,
        connections: without(program.connections, [edit.slot]),
        plans: without(
          program.plans,
          plans.filter((slot) => connectionOf(slot) === edit.slot)
        )
      }
    case 'rules': {
      const of = connectionOf(edit.slot)
      return inService(program, () =>
        of !== undefined && program.connections[of] === undefined
          ? program
          : { ...program, plans: { ...program.plans, [edit.slot]: { ...program.plans[edit.slot], rules: edit.rules } } }
      )
    }
    case 'no plan':
      return { ...program, plans: without(program.plans, [edit.slot]) }
    case 'guard':
      return inService(program, () => ({ ...program, guard: edit.wish }))
    case 'no guard': {
      const { guard: _guard, ...rest } = program
      return rest
    }
  }
}
