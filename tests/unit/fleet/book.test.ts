import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as O from 'fp-ts/Option'
import { type ProviderError, refused } from '../../../provider/Errors'
import { type Result, connectionsAfter, endOf } from '../../../provider/fleet/Book'
import { type Task, planOf } from '../../../provider/fleet/Plan'
import { type FoundFleet, standingOf } from '../../../provider/fleet/State'
import { type LastOperation } from '../../../provider/State'
import { type SipConnectionArgs } from '../../../provider/sip-connection/Args'
import { managedKeysOf } from '../../../provider/sip-connection/State'
import { check } from '../../support/property'
import { nthId } from '../../support/TestEnv'
import { otherCustomerGuid } from '../support'
import { connection, entries, entry, nthSite, standings } from './Fleets'

const [one, two, three, four, five] = [1, 2, 3, 4, 5].map(nthSite) as [string, string, string, string, string]
const wrote = (siteName: string): string => `wrote ${siteName}\nError: a line`
const broken: ProviderError = refused('it is broken')

/** A connection after a write. */
const written = (
  id: string,
  args: SipConnectionArgs,
  kind: LastOperation['kind'],
  outcome: LastOperation['outcome'] = 'ok'
): Result => ({
  connection: {
    id,
    state: {
      ...args,
      siteGuid: id,
      sbcDeploymentState: '3',
      executionMessages: [
        { level: 'Information', message: `wrote ${args.siteName}` },
        { level: 'Error', message: 'a line' }
      ],
      sbcProgrammed: true,
      pendingTasks: [],
      platform: 'p',
      managedKeys: managedKeysOf(args),
      schemaVersion: 1,
      lastOperation: {
        kind,
        outcome,
        startedAt: '2030-01-01T00:00:00.000Z',
        durationMs: 1,
        correlationId: nthId(1),
        serverIds: [],
        taskIds: []
      }
    },
    fault: outcome === 'ok' ? O.none : O.some(broken)
  },
  isGone: false,
  ...(outcome === 'ok' ? {} : { fault: broken })
})

const failed: Result = { fault: broken, isGone: false }

/** What a run did, by the entries of the state and of this run, and how each task ended; one that is not named was not begun. */
const booked = (state: FoundFleet, after: Parameters<typeof planOf>[1], ends: Readonly<Record<string, Result>>) => {
  const plan = planOf(standingOf(state), after)
  const of = (task: Task) => ends[`${task.kind} ${task.name}`]
  const done = plan.tasks.flatMap((task) => {
    const end = of(task)
    return end === undefined ? [] : [[task, end] as const]
  })
  const notBegun = plan.tasks.filter((task) => of(task) === undefined)
  return { plan, done, notBegun, kept: connectionsAfter(state, plan, done, notBegun) }
}

const before: FoundFleet = {
  connections: { a: connection('a'), b: connection('b'), c: connection('c'), d: connection('d') },
  siteGuids: { a: one, b: two, c: three, d: four },
  deploymentStates: { a: '3', b: '3', c: '3', d: '3' },
  executionMessages: { a: 'old a', b: 'old b', c: 'old c', d: 'old d' }
}
const [b5, c5] = [connection('b', { sbcId: 5 }), connection('c', { customerGuid: otherCustomerGuid })]
/** a stays, b changes, c moves to another customer, d goes, e comes. */
const after = [entry('a'), entry('b', b5), entry('c', c5), entry('e')]

describe('Book: the connections after a run', () => {
  it('all went well', () => {
    const { kept } = booked(before, after, {
      'update b': written(two, b5, 'update'),
      'replace c': { ...written(five, c5, 'create'), isGone: true },
      'delete d': { isGone: true },
      'create e': written(nthSite(6), connection('e'), 'create')
    })
    assert.deepStrictEqual(kept, {
      siteGuids: { a: one, b: two, c: five, e: nthSite(6) },
      deploymentStates: { a: '3', b: '3', c: '3', e: '3' },
      executionMessages: { a: 'old a', b: wrote('b'), c: wrote('c'), e: wrote('e') },
      pending: {},
      leftovers: {}
    })
  })

  it('all failed, before anything came of it', () => {
    const { kept } = booked(before, after, {
      'update b': failed,
      'replace c': failed,
      'delete d': failed,
      'create e': failed
    })
    assert.deepStrictEqual(kept, {
      siteGuids: { a: one, b: two, c: three },
      deploymentStates: { a: '3', b: '3', c: '3' },
      executionMessages: { a: 'old a', b: 'old b', c: 'old c' },
      pending: {
        b: { args: connection('b'), outcome: 'ok' },
        c: { args: connection('c'), outcome: 'ok' },
        e: { outcome: 'failed' }
      },
      leftovers: { [four]: { name: 'd', args: connection('d'), outcome: 'ok' } }
    })
  })

  it('all failed in the middle: what exists is kept, with how its write ended', () => {
    const { kept } = booked(before, after, {
      'update b': written(two, b5, 'update', 'unknown'),
      'replace c': { fault: broken, isGone: true },
      'create e': written(nthSite(6), connection('e'), 'create', 'failed')
    })
    assert.deepStrictEqual(kept, {
      siteGuids: { a: one, b: two, e: nthSite(6) },
      deploymentStates: { a: '3', b: '3', e: '3' },
      executionMessages: { a: 'old a', b: wrote('b'), e: wrote('e') },
      pending: {
        b: { args: b5, outcome: 'unknown', wrote: 'update' },
        c: { outcome: 'failed' },
        e: { args: connection('e'), outcome: 'failed', wrote: 'create' }
      },
      leftovers: { [four]: { name: 'd', args: connection('d'), outcome: 'ok' } }
    })
  })

  it('nothing was begun: another run has the same to do, and knows what was unproven before', () => {
    const state: FoundFleet = {
      ...before,
      pending: {
        b: { args: b5, outcome: 'failed', wrote: 'create' },
        d: { args: connection('d'), outcome: 'unknown', wrote: 'create' }
      },
      failures: { b: 'no', d: 'no' }
    }
    const { kept } = booked(state, after, {})
    assert.deepStrictEqual(kept.pending, {
      b: { args: b5, outcome: 'failed', wrote: 'create' },
      c: { args: connection('c'), outcome: 'ok' },
      e: { outcome: 'ok' }
    })
    assert.deepStrictEqual(kept.leftovers, {
      [four]: { name: 'd', args: connection('d'), outcome: 'unknown', wrote: 'create' }
    })
  })

  it('a leftover that is declared again is no leftover any more', () => {
    const state: FoundFleet = { ...before, leftovers: { [five]: { name: 'x', args: connection('x'), outcome: 'ok' } } }
    const { kept } = booked(
      state,
      [...['a', 'b', 'c', 'd'].map((name) => entry(name)), entry('y', connection('x'))],
      {}
    )
    assert.deepStrictEqual(
      { siteGuids: kept.siteGuids, leftovers: kept.leftovers, pending: kept.pending },
      { siteGuids: { ...before.siteGuids, y: five }, leftovers: {}, pending: {} }
    )
  })

  it('whatever ends however, every declared connection is as planned or pending, and every other one is gone or left over', () => {
    const fate = fc.constantFrom('done', 'failed', 'half', 'not begun')
    check(
      fc.property(
        standings(),
        entries(),
        fc.array(fate, { minLength: 12, maxLength: 12 }),
        (stood, declared, fates) => {
          const plan = planOf(stood, declared)
          const ended = plan.tasks.map((task, index): readonly [Task, Result | undefined] => {
            const what = fates[index] ?? 'done'
            if (what === 'not begun') return [task, undefined]
            if (what === 'failed' || (what === 'half' && task.kind === 'delete')) return [task, failed]
            if (task.kind === 'delete') return [task, { isGone: true }]
            const id = task.kind === 'update' ? (task.before.siteGuid ?? '') : nthSite(50 + index)
            const kind = task.kind === 'update' ? 'update' : 'create'
            return [
              task,
              { ...written(id, task.args, kind, what === 'half' ? 'failed' : 'ok'), isGone: task.kind === 'replace' }
            ]
          })
          const done = ended.flatMap(([task, end]) => (end === undefined ? [] : [[task, end] as const]))
          const notBegun = ended.flatMap(([task, end]) => (end === undefined ? [task] : []))
          const kept = connectionsAfter({}, plan, done, notBegun)
          const state = { ...kept, connections: Object.fromEntries(declared.map(({ name, args }) => [name, args])) }
          // The next run has to do exactly what this one has not done.
          const inNames = (tasks: ReadonlyArray<Task>) =>
            tasks.map(({ kind, name }) => `${kind === 'delete'} ${name}`).sort()
          const open = ended.filter(([, end]) => end === undefined || end.fault !== undefined).map(([task]) => task)
          assert.deepStrictEqual(inNames(planOf(standingOf(state), declared).tasks), inNames(open))
        }
      ),
      300
    )
  })
})

describe('Book: the end of a run', () => {
  it('what was done, what failed and why, what was not begun', () => {
    const { done, notBegun } = booked(before, after, {
      'update b': written(two, b5, 'update'),
      'replace c': { ...written(five, c5, 'create'), isGone: true },
      'create e': failed
    })
    assert.deepStrictEqual(
      endOf(done, notBegun, 'it was enough', ({ name }, fault) => `${name}: ${fault._tag}`),
      {
        done: [
          ['b', 'updated'],
          ['c', 'updated']
        ],
        failed: [['e', 'e: Refused']],
        notBegun: ['d'],
        stopped: 'it was enough'
      }
    )
  })

  it('an entry that has taken the name of one that is deleted: both are counted', () => {
    const swapped = [entry('a'), entry('b', connection('c', { sbcId: 5 })), entry('d')]
    const { done } = booked(before, swapped, {
      'update b': written(three, connection('c', { sbcId: 5 }), 'update'),
      'delete b': { isGone: true }
    })
    assert.deepStrictEqual(
      endOf(done, [], undefined, () => ''),
      {
        done: [
          ['b', 'updated'],
          ['b', 'deleted']
        ],
        failed: [],
        notBegun: [],
        stopped: undefined
      }
    )
  })
})
