import * as fc from 'fast-check'
import { type Fault, type FaultRule, OTHER_SITE_GUID, type Switches } from '../../../../simulator'
import { corePace } from '../Core'
import { type Kill, fault, kill, oneLie } from '../Schedule'
import {
  type Connection,
  type Edit,
  type Kind,
  type Plan,
  type ServiceWish,
  canaries,
  plans,
  prefixes,
  tags
} from './Program'

/** What happens to the stack of a customer, one thing after the other, until nothing goes wrong any more. */

export interface Run {
  readonly do: 'up' | 'refresh'
  readonly faults: ReadonlyArray<FaultRule>
  /** How tasks of connections and of services end on the platform during this run. */
  readonly tasks: Pick<Switches, 'deleteTask' | 'serviceTask'>
  readonly kill: Kill | null
}

/** Something that is done in the portal. */
export type Portal =
  | { readonly do: 'rule in portal'; readonly of: Plan; readonly prefix: string; readonly tag: string }
  | { readonly do: 'no rule in portal'; readonly of: Plan; readonly prefix: string }
  | { readonly do: 'license in portal'; readonly step: 0 | 1 | 2; readonly users: number }
  | { readonly do: 'service deleted in portal' }
  | { readonly do: 'connection added in portal'; readonly n: number }
  | { readonly do: 'connection deleted in portal'; readonly slot: Connection }
  | { readonly do: 'numbers acquired'; readonly slot: Connection }
  | { readonly do: 'numbers released' }

export type Step = Edit | Portal | Run

export interface Schedule {
  readonly kind: Kind
  readonly switches: Partial<Switches>
  readonly steps: ReadonlyArray<Step>
}

const connectionSlot = fc.constantFrom<Connection>('a', 'a', 'b')
const planSlot = fc.constantFrom<Plan>(...plans)

const wish: fc.Arbitrary<Partial<Omit<ServiceWish, 'n' | 'adopt'>>> = fc.record(
  {
    license: fc.constantFrom('plus' as const, 'pro' as const),
    users: fc.constantFrom(10, 20),
    secret: fc.constantFrom(...canaries.applications),
    protection: fc.constantFrom(false, false, true)
  },
  { requiredKeys: [] }
)

const connectionWish = fc.record({
  cacProfile: fc.constantFrom('5 sessions', '10 sessions'),
  carrierUserPassword: fc.constantFrom(...canaries.passwords)
})

const rulesOf = (slot: Plan): fc.Arbitrary<Edit> =>
  fc
    .uniqueArray(fc.constantFrom(...prefixes[slot]), { minLength: 1 })
    .chain((chosen) =>
      fc
        .tuple(...chosen.map((prefix) => fc.constantFrom(...tags.ours).map((tag) => [prefix, tag] as const)))
        .map((rules) => ({ do: 'rules' as const, slot, rules: Object.fromEntries(rules) }))
    )

const rulesEdit = planSlot.chain(rulesOf)

const allRules = (slot: Plan): Edit => ({
  do: 'rules',
  slot,
  rules: Object.fromEntries(prefixes[slot].map((prefix) => [prefix, tags.ours[0] ?? '']))
})

const planGone: fc.Arbitrary<Edit> = fc.record({ do: fc.constant('no plan' as const), slot: planSlot })

const connectionGone: fc.Arbitrary<Edit> = fc.record({
  do: fc.constant('no connection' as const),
  slot: connectionSlot
})

const gone = (what: 'other name' | 'no service' | 'no guard'): fc.Arbitrary<Edit> => fc.constant({ do: what })

const connectionEdit: fc.Arbitrary<Edit> = fc.record({
  do: fc.constant('connection' as const),
  slot: connectionSlot,
  wish: connectionWish
})

const serviceEdit: fc.Arbitrary<Edit> = fc.record({ do: fc.constant('service' as const), fields: wish })

const guardEdit: fc.Arbitrary<Edit> = fc.record({
  do: fc.constant('guard' as const),
  wish: fc.record({ allow: fc.constantFrom(false, false, true) })
})

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: serviceEdit },
  { weight: 1, arbitrary: gone('other name') },
  { weight: 1, arbitrary: gone('no service') },
  { weight: 3, arbitrary: connectionEdit },
  { weight: 1, arbitrary: connectionGone },
  { weight: 6, arbitrary: rulesEdit },
  { weight: 2, arbitrary: planGone },
  { weight: 2, arbitrary: guardEdit },
  { weight: 1, arbitrary: gone('no guard') }
)

/** Rules of a plan, and of somebody else. */
const ruleInPortal: fc.Arbitrary<Portal> = planSlot.chain((of) =>
  fc.record({
    do: fc.constant('rule in portal' as const),
    of: fc.constant(of),
    prefix: fc.constantFrom(...prefixes[of], ...prefixes[of], ...prefixes.foreign),
    tag: fc.constantFrom(...tags.portal)
  })
)

const numbersAcquired: fc.Arbitrary<Portal> = fc.record({
  do: fc.constant('numbers acquired' as const),
  slot: connectionSlot
})

const portal: fc.Arbitrary<Portal> = fc.oneof(
  { weight: 5, arbitrary: ruleInPortal },
  {
    weight: 2,
    arbitrary: planSlot.chain((of) =>
      fc.record({
        do: fc.constant('no rule in portal' as const),
        of: fc.constant(of),
        prefix: fc.constantFrom(...prefixes[of])
      })
    )
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('license in portal' as const),
      step: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
      users: fc.constantFrom(10, 30)
    })
  },
  { weight: 1, arbitrary: fc.constant<Portal>({ do: 'service deleted in portal' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('connection added in portal' as const),
      n: fc.integer({ min: 1, max: 3 })
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('connection deleted in portal' as const), slot: connectionSlot })
  },
  { weight: 3, arbitrary: numbersAcquired },
  { weight: 1, arbitrary: fc.constant<Portal>({ do: 'numbers released' }) }
)

const echo = { errors: { ApplicationClientSecret: ['The value {password} is not taken.'] } }

const anyFault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 12, arbitrary: fault(corePace) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'status', status: 400, body: echo }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fault>({ kind: 'otherSite' }, { kind: 'otherSite', customerGuid: OTHER_SITE_GUID })
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Fault>({ kind: 'task', outcome: 'fails' }, { kind: 'task', outcome: 'vanishes' })
  }
)

/** What is struck: a call that this program makes. */
const matches: ReadonlyArray<FaultRule['match']> = [
  {},
  { method: 'GET' },
  { method: 'POST' },
  { method: 'PATCH' },
  { method: 'DELETE' },
  { method: 'POST', path: '/customer$' },
  { method: 'POST', path: '/sitelocation/$' },
  { method: 'POST', path: '/action/upgrade' },
  { method: 'PATCH', path: '/v3/customer/' },
  { method: 'PATCH', path: '/dialplan/' },
  { method: 'PATCH', path: '/sitelocation/[^/]*$' },
  { method: 'DELETE', path: '/customer/' },
  { method: 'DELETE', path: '/sitelocation/' },
  { method: 'GET', path: '/dialplan/' },
  { method: 'GET', path: '/v3/customer$' },
  { method: 'GET', path: '/v3/customer/' },
  { method: 'GET', path: '/v2/sitelocation/' },
  { method: 'GET', path: '/oc/' },
  { method: 'GET', path: '/task/' }
]

const rule: fc.Arbitrary<FaultRule> = fc
  .record({
    match: fc.constantFrom(...matches),
    nth: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 4 }) }),
    times: fc.constantFrom<number | 'always'>(1, 1, 1, 2, 3, 'always'),
    fault: anyFault
  })
  .map(({ match, nth, times, fault: what }) => ({ match: { ...match, nth }, times, fault: what }))

/** A program of several resources makes more requests. */
const reach = { ...corePace, reach: 16 }

const run = (what: Run['do']): fc.Arbitrary<Run> =>
  fc.record({
    do: fc.constant(what),
    faults: fc.array(rule, { maxLength: 4 }).map(oneLie),
    tasks: fc.record({
      deleteTask: fc.constantFrom('ok' as const, 'ok' as const, 'ok' as const, 'fails' as const, 'vanishes' as const),
      serviceTask: fc.constantFrom('ok' as const, 'ok' as const, 'ok' as const, 'fails' as const, 'vanishes' as const)
    }),
    kill: fc.option(kill(reach), { nil: null, freq: 3 })
  })

const quietUp: Run = { do: 'up', faults: [], tasks: { deleteTask: 'ok', serviceTask: 'ok' }, kill: null }

/** How the platform behaves, as far as its documentation leaves it open. */
const switches: fc.Arbitrary<Partial<Switches>> = fc.record({
  createServiceAnswer: fc.constantFrom('guid', 'object', 'job', 'task'),
  dialPlanAnswer: fc.constantFrom('one', 'messages', 'string', 'empty'),
  ruleName: fc.constantFrom('site', 'written'),
  unknownRemove: fc.constantFrom('ignored', 'refused'),
  duplicateAdd: fc.constantFrom('ignored', 'refused'),
  unlicensedLeads: fc.constantFrom('leftOut', 'nullGuid'),
  unknownTenant: fc.constantFrom('notFound', 'empty'),
  taskWords: fc.constantFrom('joined', 'spaced'),
  states: fc.constantFrom('documented', 'strings', 'integers'),
  addTaskMs: fc.constantFrom(0, 0, corePace.task),
  deleteTaskMs: fc.constantFrom(0, 0, corePace.task),
  serviceTaskMs: fc.constantFrom(0, corePace.task),
  serviceVisibleAfterMs: fc.constantFrom(0, 0, corePace.lag),
  deleteServiceMs: fc.constantFrom(0, 0, corePace.task)
})

/** A plan that is there, and whose next change does not come through, or nobody knows whether it does. */
const planStory: fc.Arbitrary<ReadonlyArray<Step>> = planSlot.chain((slot) =>
  fc
    .record({
      next: fc.oneof(rulesOf(slot), fc.constant<Edit>({ do: 'no plan', slot })),
      what: fc.oneof(
        anyFault,
        fc.constantFrom<Fault>(
          { kind: 'errorMessage', effect: false },
          { kind: 'resetBefore' },
          { kind: 'resetAfter' },
          { kind: 'status', status: 500 }
        )
      ),
      times: fc.constantFrom<1 | 'always'>(1, 'always')
    })
    .map(({ next, what, times }): ReadonlyArray<Step> => {
      const struck: FaultRule = { match: { method: 'PATCH', path: '/dialplan/' }, times, fault: what }
      return [allRules(slot), quietUp, next, { ...quietUp, faults: [struck] }]
    })
)

const guarded = [gone('no service'), gone('no guard'), gone('other name'), guardEdit]

/** Starts with a service and a connection, and perhaps more, and goes on with anything. */
export const customerSchedules = (longest: number): fc.Arbitrary<Schedule> =>
  fc
    .record({
      kind: fc.constantFrom<Kind>('hosted', 'hosted', 'operatorConnect'),
      switches,
      service: serviceEdit,
      inside: fc.tuple(connectionEdit, fc.array(rulesEdit, { maxLength: 3 }), fc.array(guardEdit, { maxLength: 1 })),
      // Often there is something before the first trouble.
      quiet: fc.constantFrom(true, true, false),
      rest: fc.array(
        fc.oneof(
          { weight: 6, arbitrary: fc.tuple(edit, run('up')) },
          { weight: 3, arbitrary: fc.tuple(edit) },
          { weight: 3, arbitrary: fc.tuple(portal) },
          // What others do is in the way of what is done here.
          { weight: 2, arbitrary: fc.tuple(ruleInPortal, fc.oneof(rulesEdit, planGone), run('up')) },
          { weight: 2, arbitrary: fc.tuple(numbersAcquired, fc.oneof(connectionGone, ...guarded), run('up')) },
          { weight: 2, arbitrary: planStory },
          { weight: 1, arbitrary: fc.tuple(run('up')) },
          { weight: 1, arbitrary: fc.tuple(run('refresh')) }
        ),
        { minLength: 1, maxLength: longest }
      )
    })
    .map(({ kind, switches: how, service, inside, quiet, rest }) => ({
      kind,
      switches: how,
      steps: [service, ...inside.flat(), ...(quiet ? [quietUp] : []), ...rest.flat()]
    }))
