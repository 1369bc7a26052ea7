import * as fc from 'fast-check'
import { type FaultRule, HEADQUARTERS_GUID, type Fault, type SiteEdit, type Switches } from '../../../simulator'
import { bystanderGuid } from './Expectation'
import {
  type Edit,
  type Field,
  type Fields,
  type Slot,
  canaries,
  contoso,
  optionalFields,
  sbcIds,
  values
} from './Program'

/** What happens to a stack, one thing after the other, until nothing goes wrong any more. */

/** Who dies in the middle of a run, when the platform has seen that many requests of it. */
export interface Kill {
  readonly request: number
  /** `interrupt` is Ctrl-C: the engine waits for what is under way; twice, it does not. */
  readonly who: 'engine' | 'provider' | 'interrupt' | 'interrupt twice'
}

export interface Run {
  readonly do: 'up' | 'refresh'
  readonly faults: ReadonlyArray<FaultRule>
  /** How deletions end on the platform during this run. */
  readonly deleteTask: Switches['deleteTask']
  readonly kill: Kill | null
}

/** Something that is done in the portal to the connection of a slot. */
export type Portal =
  | { readonly do: 'portal edit'; readonly slot: Slot; readonly edit: SiteEdit }
  | { readonly do: 'portal delete'; readonly slot: Slot }

export type Step = Edit | Portal | Run

export interface Schedule {
  readonly switches: Partial<Switches>
  readonly steps: ReadonlyArray<Step>
}

/** What a level can do with real time: milliseconds of platform tasks and delays. */
export interface Pace {
  /** A task; also how long a new connection cannot be read. */
  readonly task: number
  /** How long the service details do not list a new connection. */
  readonly lag: number
  /** An answer that is late, but in time. */
  readonly late: number
  /** An answer that comes after the time limit. */
  readonly tooLate: number
  /** How many requests of a run the troubles reach: the nth of a fault, the request in which somebody dies. */
  readonly reach: number
  /** Whether a fault may strike without end, so that a run ends by its deadlines. */
  readonly endless: boolean
}

/** The first two are declared from the start, so most things happen to them. */
const slot = fc.constantFrom<Slot>('a', 'a', 'b', 'b', 'c')

/** Each field with one of its values, or left out. */
const fields = (present: number): fc.Arbitrary<Fields> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(values).map(([key, choices]) => [
          key,
          fc.option(fc.constantFrom<unknown>(...choices), { nil: undefined, freq: present })
        ])
      )
    )
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Fields)

const fewFields: fc.Arbitrary<Fields> = fc
  .array(
    fc
      .constantFrom(...(Object.keys(values) as ReadonlyArray<Field>))
      .chain((key) => fc.constantFrom<unknown>(...values[key]).map((value) => [key, value] as const)),
    { minLength: 1, maxLength: 3 }
  )
  .map((entries) => Object.fromEntries(entries) as Fields)

const declare = (of: fc.Arbitrary<Slot>): fc.Arbitrary<Edit> =>
  fc.record({
    do: fc.constant('declare' as const),
    slot: of,
    n: fc.integer({ min: 1, max: 2 }),
    sbcId: fc.constantFrom(...sbcIds),
    atContoso: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    fields: fields(2)
  })

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 2, arbitrary: declare(slot) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('change' as const), slot, fields: fewFields }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('leave out' as const),
      slot,
      keys: fc.uniqueArray(fc.constantFrom(...optionalFields), { minLength: 1, maxLength: 3 })
    })
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undeclare' as const), slot }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), slot, n: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), slot, sbcId: fc.constantFrom(...sbcIds) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('other customer' as const), slot }) }
)

/** Fields that Get shows, so that a refresh can find the change. The name is completed when the edit is made. */
const siteEdit: fc.Arbitrary<SiteEdit> = fc.oneof(
  fc.constant({ cacProfile: '20 sessions' }),
  fc.constant({ carrierUserName: 'u-portal' }),
  fc.constant({ carrierUserPassword: canaries.portal }),
  fc.constant({ carrierUserPassword: canaries.portal }),
  fc.constant({ carrierHostName: 'portal.example.net', carrierMainLine: 'portal' }),
  fc.constant({ configureSbc: false }),
  fc.constant({ onlinePstnGateway: 'portal.provider.example' }),
  fc.constant({ customerVariables: { Region: 'PORTAL', PortalVariable: 'yes' } }),
  fc.constant({ onboardingScript: 10007, cleanupScript: 10700 }),
  fc.constant({ sbcId: 5 }),
  fc.constant({ name: '-p' })
)

const portal: fc.Arbitrary<Portal> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('portal edit' as const), slot, edit: siteEdit }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('portal delete' as const), slot }) }
)

const echo = { errors: { CarrierUserPassword: ['The value {password} is not taken.'] } }

export const fault = ({ late, tooLate }: Pace): fc.Arbitrary<Fault> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('status' as const),
        status: fc.constantFrom(302, 400, 401, 403, 404, 404, 408, 409, 423, 425, 429, 500, 502, 503, 504)
      })
    },
    fc.record({
      kind: fc.constant('status' as const),
      status: fc.constantFrom(429, 503),
      retryAfter: fc.constantFrom('0', '1', 'Tue, 01 Jan 2030 00:00:10 GMT')
    }),
    fc.constant<Fault>({ kind: 'status', status: 400, body: echo }),
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('statusAfterEffect' as const),
        status: fc.constantFrom(408, 500, 502, 503, 504)
      })
    },
    fc.record({ kind: fc.constant('html' as const), status: fc.constantFrom(200, 200, 403, 502) }),
    fc.record({ kind: fc.constantFrom('delay' as const, 'slowBody' as const), ms: fc.constantFrom(late, tooLate) }),
    {
      weight: 8,
      arbitrary: fc.constantFrom<Fault>(
        ...(['resetBefore', 'resetAfter', 'resetAfter', 'halfBody', 'emptyBody', 'notJson', 'wrongShape'] as const).map(
          (kind) => ({ kind })
        )
      )
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('errorMessage' as const),
        effect: fc.boolean(),
        message: fc.constantFrom('Script failed.', 'Registering with {password} failed.')
      })
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Fault>(
        { kind: 'otherSite' },
        { kind: 'otherSite', siteGuid: bystanderGuid },
        { kind: 'otherSite', siteGuid: HEADQUARTERS_GUID },
        { kind: 'otherSite', customerGuid: contoso }
      )
    }
  )

const rule = (pace: Pace): fc.Arbitrary<FaultRule> =>
  fc
    .record({
      method: fc.constantFrom(undefined, 'GET', 'GET', 'POST', 'POST', 'PATCH', 'PATCH', 'DELETE', 'DELETE'),
      path: fc.constantFrom(undefined, undefined, '/sitelocation/', '/customer/', '/task/'),
      nth: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: Math.ceil(pace.reach / 2) })),
      times: fc.constantFrom<number | 'always'>(1, 1, 2, 3, ...(pace.endless ? (['always'] as const) : [])),
      fault: fault(pace)
    })
    .map(({ method, path, nth, times, fault: what }) => ({
      match: { nth, ...(method === undefined ? {} : { method }), ...(path === undefined ? {} : { path }) },
      times,
      fault: what
    }))

/**
 * The id of a stranger's connection in the answer to Add is found out by what can be read afterwards. When that fails as well, nobody can know,
 * so this fault comes alone.
 */
export const oneLie = (rules: ReadonlyArray<FaultRule>): ReadonlyArray<FaultRule> => {
  const lie = rules.find(({ fault: { kind }, match }) => kind === 'otherSite' && (match?.method ?? 'POST') === 'POST')
  return lie === undefined ? rules : [{ ...lie, times: 1 }]
}

export const kill = ({ reach }: Pace): fc.Arbitrary<Kill> =>
  fc.record({
    request: fc.integer({ min: 1, max: reach }),
    who: fc.constantFrom(...(['engine', 'engine', 'provider', 'interrupt', 'interrupt twice'] as const))
  })

const run = (what: Run['do'], pace: Pace): fc.Arbitrary<Run> =>
  fc.record({
    do: fc.constant(what),
    faults: fc.array(rule(pace), { maxLength: 4 }).map(oneLie),
    deleteTask: fc.constantFrom('ok' as const, 'ok' as const, 'ok' as const, 'fails' as const, 'vanishes' as const),
    kill: fc.option(kill(pace), { nil: null, freq: 2 })
  })

const quietUp: Run = { do: 'up', faults: [], deleteTask: 'ok', kill: null }

/** How the platform behaves, as far as its documentation leaves it open. */
const switches = ({ task, lag }: Pace): fc.Arbitrary<Partial<Switches>> => {
  const sometimes = fc.constantFrom(0, 0, task)
  return fc
    .record({
      modify: fc.constantFrom('partial' as const, 'full' as const),
      variables: fc.constantFrom('replace' as const, 'merge' as const),
      addAnswer: fc.constantFrom('siteGuid' as const, 'siteGuid' as const, 'withoutSiteGuid' as const, 'bare' as const),
      mainLine: fc.constantFrom('bag' as const, 'field' as const, 'both' as const),
      readConfigurationType: fc.constantFrom('zero' as const, 'number' as const, 'string' as const),
      passwordEcho: fc.constantFrom('clear' as const, 'clear' as const, 'masked' as const, 'absent' as const),
      gatewayPrefix: fc.boolean(),
      states: fc.constantFrom('documented' as const, 'strings' as const, 'integers' as const),
      pendingTaskShape: fc.constantFrom('string' as const, 'object' as const),
      addTaskMs: sometimes,
      modifyTaskMs: sometimes,
      deleteTaskMs: sometimes,
      addVisibleAfterMs: sometimes,
      detailsVisibleAfterMs: fc.constantFrom(0, 0, 0, lag)
    })
    .map((all) => ({
      ...all,
      modifyBody: 'fields' as const,
      // Where a list lags behind, only the platform itself can keep a name from being taken twice.
      duplicateNames: all.detailsVisibleAfterMs > 0 ? ('refused' as const) : ('allowed' as const)
    }))
}

/** Starts with up to three declarations and a run, and goes on with anything. */
export const schedules = (pace: Pace, longest: number): fc.Arbitrary<Schedule> =>
  fc
    .record({
      switches: switches(pace),
      first: declare(fc.constant('a' as const)),
      second: fc.option(declare(fc.constant('b' as const)), { nil: undefined, freq: 3 }),
      // Often there is something before the first trouble.
      quiet: fc.constantFrom(true, true, false),
      rest: fc.array(
        fc.oneof(
          { weight: 6, arbitrary: fc.tuple(edit, run('up', pace)) },
          { weight: 2, arbitrary: fc.tuple(edit) },
          { weight: 2, arbitrary: fc.tuple(portal) },
          { weight: 1, arbitrary: fc.tuple(run('up', pace)) },
          { weight: 1, arbitrary: fc.tuple(run('refresh', pace)) }
        ),
        { minLength: 1, maxLength: longest }
      )
    })
    .map(({ switches: how, first, second, quiet, rest }) => ({
      switches: how,
      steps: [first, ...(second === undefined ? [] : [second]), ...(quiet ? [quietUp] : []), ...rest.flat()].filter(
        (step) => how.passwordEcho === 'clear' || !isHidden(step)
      )
    }))

/** A change in the portal that only a platform which echoes passwords can tell. */
const isHidden = (step: Step): boolean => step.do === 'portal edit' && step.edit.carrierUserPassword !== undefined

/** Short ones, for the real engine: an edit or two, and one run that is struck. */
export const shortSchedules = (pace: Pace): fc.Arbitrary<ReadonlyArray<Step>> =>
  fc
    .record({
      edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
      portal: fc.option(portal, { nil: undefined, freq: 2 }),
      run: fc.record({
        do: fc.constant('up' as const),
        faults: fc.array(rule(pace), { maxLength: 1 }),
        deleteTask: fc.constant('ok' as const),
        kill: fc.option(kill(pace), { nil: null, freq: 5 })
      })
    })
    .map(({ edits, portal: outside, run: struck }) => [...edits, ...(outside === undefined ? [] : [outside]), struck])
