import * as assert from 'node:assert'
import * as O from 'fp-ts/Option'
import * as E from 'fp-ts/Either'
import type { FleetEntry, SipConnectionFleetArgs } from '../../../provider/fleet/Args'
import { diff, overLimits, planFor } from '../../../provider/fleet/Diff'
import { announcement } from '../../../provider/fleet/Preview'
import { type FoundFleet, standingOf, stateFrom } from '../../../provider/fleet/State'
import { unknowns } from '../../support/unknowns'
import { otherCustomerGuid } from '../support'
import { connection, inShort, nthSite, standing } from './Fleets'

const [one, two, three] = [nthSite(1), nthSite(2), nthSite(3)]
const [a, b] = [connection('a'), connection('b')]

/** Of a run that went well. */
const well: FoundFleet = { connections: { a, b }, siteGuids: { a: one, b: two } }

const same = { changes: false, replaces: [], deleteBeforeReplace: false }
const open = { changes: true, replaces: [], deleteBeforeReplace: false }
/** The engine finds the fields by itself. */
const found = { replaces: [], deleteBeforeReplace: false }

describe('Diff of a fleet', () => {
  const notMade: FoundFleet = {
    ...well,
    siteGuids: { a: one },
    pending: { b: { outcome: 'failed' } },
    failures: { b: 'no' }
  }
  const rows: ReadonlyArray<readonly [name: string, state: FoundFleet, news: object, difference: object]> = [
    ['nothing', well, { connections: { a, b } }, same],
    ['null is no declaration', well, { connections: { a, b }, limits: null }, same],
    ['a field', well, { connections: { a, b: { ...b, sbcId: 5 } } }, found],
    ['an entry more, an entry less', well, { connections: { a, c: connection('c') } }, found],
    ['another name for the same connection is told, and sends nothing', well, { connections: { a, x: b } }, found],
    [
      'a move to another customer replaces no fleet',
      well,
      { connections: { a, b: { ...b, customerGuid: otherCustomerGuid } } },
      found
    ],
    ['a limit', well, { connections: { a, b }, limits: { maxDeletes: 1 } }, found],
    ['not known yet', well, { connections: unknowns.object }, found],
    ['a connection that was not made', notMade, { connections: { a, b } }, open],
    [
      'one that is not as declared',
      { ...well, pending: { b: { args: { ...b, sbcId: 5 }, outcome: 'ok' } } },
      { connections: { a, b } },
      open
    ],
    [
      'one whose write ended badly',
      { ...well, pending: { b: { args: b, outcome: 'unknown' } } },
      { connections: { a, b } },
      open
    ],
    [
      'one that should be gone',
      { ...well, leftovers: { [three]: { name: 'c', args: connection('c'), outcome: 'ok' } } },
      { connections: { a, b } },
      open
    ]
  ]
  for (const [name, state, news, difference] of rows)
    it(name, () => {
      assert.deepStrictEqual(diff(state, news), difference)
    })
})

describe('Diff of a fleet: what stands', () => {
  it('the connections of the entries with their defaults, what is pending of them, and what should be gone', () => {
    const state: FoundFleet = {
      defaults: { cacProfile: '5 sessions' },
      connections: { a, b, c: connection('c') },
      siteGuids: { a: one, b: two },
      failures: { b: 'no', c: 'no' },
      pending: {
        b: { args: connection('b', { sbcId: 5 }), outcome: 'failed', wrote: 'create' },
        c: { outcome: 'failed' }
      },
      leftovers: { [three]: { name: 'd', args: connection('d'), outcome: 'unknown', wrote: 'create' } }
    }
    assert.deepStrictEqual(standingOf(state), [
      standing('a', one, { args: { cacProfile: '5 sessions', ...a } }),
      standing('b', two, {
        args: connection('b', { sbcId: 5 }),
        outcome: 'failed',
        wrote: 'create',
        failedBefore: true
      }),
      {
        ...standing('c', '', {
          args: { cacProfile: '5 sessions', ...connection('c') },
          outcome: 'failed',
          failedBefore: true
        }),
        siteGuid: undefined,
        isMade: false
      },
      standing('d', three, { outcome: 'unknown', wrote: 'create', isLeftover: true })
    ])
  })

  it('connections that are not known yet delete nothing', () => {
    const unknown = unknowns.object as unknown as FleetEntry
    const plans = [
      { connections: unknown },
      { connections: { a, b: unknown } }
    ] as ReadonlyArray<SipConnectionFleetArgs>
    assert.deepStrictEqual(
      plans.map((news) => planFor(well, news).tasks.map(inShort)),
      [[], ['update b']]
    )
    assert.deepStrictEqual(
      plans.map((news) => overLimits(well, { ...news, limits: { maxDeletes: 0 } })),
      [O.none, O.none]
    )
  })
})

describe('Diff of a fleet: the limits, by the state', () => {
  const state: FoundFleet = { ...well, leftovers: { [three]: { name: 'c', args: connection('c'), outcome: 'ok' } } }
  const rows: ReadonlyArray<readonly [name: string, news: SipConnectionFleetArgs, text: string | undefined]> = [
    ['none', { connections: { a, b } }, undefined],
    ['enough', { connections: { a, b }, limits: { maxDeletes: 1, maxChanges: 1 } }, undefined],
    [
      'what an earlier run has left undone counts',
      { connections: { a, b }, limits: { maxDeletes: 0 } },
      'limits.maxDeletes: the plan deletes 1 connection (c), none is allowed; raise the limit if all of it is meant, or split the change; nothing was sent'
    ],
    [
      'sessions',
      {
        connections: { a: { ...a, cacProfile: '8 sessions' }, b: { ...b, cacProfile: '5 sessions' } },
        limits: { cacSessionsPerSbc: { 3: 12 } }
      },
      'limits.cacSessionsPerSbc.3: the connections on SBC 3 declare 13 sessions (a: 8, b: 5), 12 are allowed; raise the limit if the SBC can carry them, or declare smaller profiles or another SBC; nothing was sent'
    ]
  ]
  for (const [name, news, text] of rows)
    it(name, () => {
      const refusal = overLimits(state, news)
      assert.strictEqual(O.isSome(refusal) ? refusal.value.text : undefined, text)
    })
})

describe('Diff of a fleet: what is told before a run', () => {
  it('how many, in which order, and what the limits do not count', () => {
    const news: SipConnectionFleetArgs = {
      connections: {
        a: connection('a', { cacProfile: 'Gold', sbcId: 5 }),
        ...Object.fromEntries(['c', 'd', 'e'].map((name) => [name, connection(name)]))
      },
      rollout: { canary: ['d'], batchSize: 2, verify: 'true' },
      limits: { cacSessionsPerSbc: { 5: 10 } }
    }
    assert.deepStrictEqual(
      announcement(well, news),
      O.some(
        [
          'Fleet: 3 to create, 1 to update, 1 to delete, 0 unchanged.',
          'canary: 1 site on SBC 3: d',
          'batch 1 of 2: 2 sites on SBC 3 (1), 5 (1): c, a',
          'batch 2 of 2: 1 site on SBC 3: e',
          'deletions: 1 site on SBC 3: b',
          'rollout: verify before it goes on',
          'limits.cacSessionsPerSbc does not count 1 connection (a): cacProfile has no number of sessions such as "10 sessions"'
        ].join('\n')
      )
    )
  })

  it('nothing where nothing is to be done', () => {
    assert.deepStrictEqual(announcement(well, { connections: { x: a, b } }), O.none)
  })
})

describe('Diff of a fleet: a state by hand', () => {
  it('is refused with what is wrong in it', () => {
    const read = stateFrom({ connections: { a: 5 }, siteGuids: { a: 5 }, pending: [], failures: 'x' })
    assert.deepStrictEqual(
      E.isLeft(read) ? read.left.text : read,
      'The state is not as pulumi-audiocodes-live writes it (connections.a: expected UnknownRecord, siteGuids.a: expected string, failures: expected { [K in string]: string }, pending: expected { [K in string]: UnknownRecord })'
    )
  })
})
