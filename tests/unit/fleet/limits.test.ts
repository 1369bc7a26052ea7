import * as assert from 'node:assert'
import * as fc from 'fast-check'
import * as O from 'fp-ts/Option'
import type { Limits } from '../../../provider/fleet/Args'
import {
  type CountedConnection,
  type LimitFault,
  type PlannedChange,
  countedOf,
  limitFaults,
  sessionsOf,
  uncountedProfiles
} from '../../../provider/fleet/Limits'
import { check } from '../../support/property'
import { unknowns } from '../../support/unknowns'

const unknownText = unknowns.string
const unknownNumber = unknowns.number as unknown as number

const change = (kind: PlannedChange['kind'], name: string, sbcId: number | undefined = 3): PlannedChange => ({
  kind,
  name,
  sbcId
})
const connection = (name: string, cacProfile?: string, more: Partial<CountedConnection> = {}): CountedConnection => ({
  name,
  sbcId: 3,
  ...(cacProfile === undefined ? {} : { cacProfile }),
  ...more
})

describe('the sessions of a CAC profile', () => {
  const rows: ReadonlyArray<readonly [text: string, sessions: number | undefined]> = [
    ['10 sessions', 10],
    ['1 session', 1],
    ['0 sessions', 0],
    ['10 Sessions', 10],
    ['10sessions', 10],
    [' 10  sessions ', 10],
    ['25', 25],
    ['007', 7],
    ['Gold', undefined],
    ['', undefined],
    ['sessions', undefined],
    ['sessions 10', undefined],
    ['up to 10 sessions', undefined],
    ['10 sessions, 20 at night', undefined],
    ['10 calls', undefined],
    ['10 sessionsX', undefined],
    ['10.5 sessions', undefined],
    ['1,000 sessions', undefined],
    ['-10 sessions', undefined],
    ['+10', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['١٠ sessions', undefined],
    ['99999999999999999999 sessions', undefined]
  ]
  for (const [text, sessions] of rows)
    it(`${JSON.stringify(text)}: ${sessions ?? 'no number'}`, () => {
      assert.deepStrictEqual(sessionsOf(text), O.fromNullable(sessions))
    })
})

describe('the limits of a fleet', () => {
  type Row = readonly [
    name: string,
    limits: Limits,
    changes: ReadonlyArray<PlannedChange>,
    connections: ReadonlyArray<CountedConnection>,
    faults: ReadonlyArray<LimitFault>
  ]
  const all = [
    change('create', 'c1'),
    change('update', 'u1'),
    change('replace', 'r1', 5),
    change('delete', 'd1'),
    { ...change('delete', 'd2'), sbcId: undefined }
  ]
  const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => change('delete', name))
  const steps = 'raise the limit if all of it is meant, or split the change'
  const room = 'raise the limit if the SBC can carry them, or declare smaller profiles or another SBC'
  const rows: ReadonlyArray<Row> = [
    ['none is declared', {}, all, [connection('a', '10 sessions')], []],
    [
      'all are just kept',
      { maxDeletes: 3, maxChanges: 5, maxChangesPerSbc: 3, cacSessionsPerSbc: { 3: 30 } },
      all,
      [connection('a', '10 sessions'), connection('b', '20')],
      []
    ],
    [
      'a replacement deletes too',
      { maxDeletes: 2 },
      all,
      [],
      [['maxDeletes', `the plan deletes 3 connections (r1, d1, d2), 2 are allowed; ${steps}`]]
    ],
    [
      'no deletion at all',
      { maxDeletes: 0 },
      [change('delete', 'd1')],
      [],
      [['maxDeletes', `the plan deletes 1 connection (d1), none is allowed; ${steps}`]]
    ],
    ['no deletion at all, and there is none', { maxDeletes: 0 }, [change('update', 'u1')], [], []],
    [
      'many names',
      { maxDeletes: 1 },
      seven,
      [],
      [['maxDeletes', `the plan deletes 7 connections (a, b, c, d, e and 2 more), 1 is allowed; ${steps}`]]
    ],
    [
      'every kind is a change',
      { maxChanges: 4 },
      all,
      [],
      [['maxChanges', `the plan changes 5 connections (c1, u1, r1, d1, d2), 4 are allowed; ${steps}`]]
    ],
    [
      'no change at all',
      { maxChanges: 0 },
      [change('update', 'u1')],
      [],
      [['maxChanges', `the plan changes 1 connection (u1), none is allowed; ${steps}`]]
    ],
    [
      'changes on each SBC, in the order of their ids; without an SBC on none',
      { maxChangesPerSbc: 0 },
      [change('create', 'x', 12), ...all],
      [],
      [
        [
          'maxChangesPerSbc',
          `the plan changes 3 connections on SBC 3 (c1, u1, d1), 1 connection on SBC 5 (r1), 1 connection on SBC 12 (x), none is allowed on one; ${steps}`
        ]
      ]
    ],
    [
      'a move to another SBC on both, as far as they are known; a change that stays on its SBC once',
      { maxChangesPerSbc: 1 },
      [
        { ...change('update', 'moved', 5), before: { args: { sbcId: 3 } } },
        { ...change('replace', 'away', 5), before: { args: { sbcId: 12 } } },
        { ...change('update', 'stays', 8), before: { args: { sbcId: 8 } } },
        { ...change('update', 'from', unknownNumber), before: { args: { sbcId: 12 } } },
        { ...change('delete', 'gone', 3), before: { args: { sbcId: 3 } } }
      ],
      [],
      [
        [
          'maxChangesPerSbc',
          `the plan changes 2 connections on SBC 3 (moved, gone), 2 connections on SBC 5 (moved, away), 2 connections on SBC 12 (away, from), 1 is allowed on one; ${steps}`
        ]
      ]
    ],
    [
      'sessions of two SBCs, each with its place',
      { cacSessionsPerSbc: { 3: 29, 5: 0, 8: 0 } },
      [],
      [
        connection('a', '10 sessions'),
        connection('b', '20 sessions', { enableCac: true }),
        connection('c', '40 sessions', { enableCac: false }),
        connection('d', 'Gold'),
        connection('e', '1 session', { sbcId: 5 }),
        connection('f', '500 sessions', { sbcId: 9 })
      ],
      [
        [
          'cacSessionsPerSbc',
          `the connections on SBC 3 declare 30 sessions (a: 10, b: 20), 29 are allowed; ${room}`,
          'cacSessionsPerSbc.3'
        ],
        [
          'cacSessionsPerSbc',
          `the connections on SBC 5 declare 1 session (e: 1), none is allowed; ${room}`,
          'cacSessionsPerSbc.5'
        ]
      ]
    ],
    [
      'several limits at once',
      { maxDeletes: 0, maxChanges: 0, maxChangesPerSbc: 0, cacSessionsPerSbc: { 3: 0 } },
      [change('delete', 'd1')],
      [connection('a', '2')],
      [
        ['maxDeletes', `the plan deletes 1 connection (d1), none is allowed; ${steps}`],
        ['maxChanges', `the plan changes 1 connection (d1), none is allowed; ${steps}`],
        ['maxChangesPerSbc', `the plan changes 1 connection on SBC 3 (d1), none is allowed on one; ${steps}`],
        [
          'cacSessionsPerSbc',
          `the connections on SBC 3 declare 2 sessions (a: 2), none is allowed; ${room}`,
          'cacSessionsPerSbc.3'
        ]
      ]
    ],
    [
      'what is not known yet is not judged',
      { maxChangesPerSbc: 0, cacSessionsPerSbc: { 3: 0 } },
      [change('update', 'u1', unknownNumber)],
      [connection('a', unknownText), connection('b', '10 sessions', { sbcId: unknownNumber })],
      []
    ],
    [
      'limits that are not known yet judge nothing',
      {
        maxDeletes: unknownNumber,
        maxChanges: unknownNumber,
        maxChangesPerSbc: unknownNumber,
        cacSessionsPerSbc: { 3: unknownNumber }
      },
      all,
      [connection('a', '10 sessions')],
      []
    ],
    [
      'sessions by SBC that are not known yet judge nothing',
      { cacSessionsPerSbc: unknownText as unknown as Record<string, number> },
      [],
      [connection('a', '10 sessions')],
      []
    ]
  ]
  for (const [name, limits, changes, connections, faults] of rows)
    it(name, () => {
      assert.deepStrictEqual(limitFaults(limits, changes, connections), faults)
    })

  it('agree with a plain recount', () => {
    const sbc = fc.constantFrom(3, 5, 12, undefined)
    const most = fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined })
    const changes = fc.array(
      fc.record({
        name: fc.string({ minLength: 1, maxLength: 3 }),
        kind: fc.constantFrom<PlannedChange['kind']>('create', 'update', 'replace', 'delete'),
        sbcId: sbc,
        was: sbc
      }),
      { maxLength: 12 }
    )
    const connections = fc.array(
      fc.record(
        {
          name: fc.string({ minLength: 1, maxLength: 3 }),
          sbcId: sbc,
          enableCac: fc.boolean(),
          sessions: fc.nat(4)
        },
        { requiredKeys: ['name', 'sbcId', 'sessions'] }
      ),
      { maxLength: 6 }
    )
    const sessions = fc.option(fc.dictionary(fc.constantFrom('3', '5', '8'), fc.nat(9), { noNullPrototype: true }), {
      nil: undefined
    })
    check(
      fc.property(changes, connections, most, most, most, sessions, (plan, there, deletes, total, each, capacity) => {
        const counted = there.map(({ sessions: n, ...rest }) => ({ ...rest, cacProfile: `${n} sessions` }))
        const limits: Limits = {
          ...(deletes === undefined ? {} : { maxDeletes: deletes }),
          ...(total === undefined ? {} : { maxChanges: total }),
          ...(each === undefined ? {} : { maxChangesPerSbc: each }),
          ...(capacity === undefined ? {} : { cacSessionsPerSbc: capacity })
        }

        const expected: string[] = []
        let gone = 0
        const perSbc: Record<number, number> = {}
        for (const { kind, sbcId, was } of plan) {
          if (kind === 'delete' || kind === 'replace') gone += 1
          if (sbcId !== undefined) perSbc[sbcId] = (perSbc[sbcId] ?? 0) + 1
          if (was !== undefined && was !== sbcId) perSbc[was] = (perSbc[was] ?? 0) + 1
        }
        const planned = plan.map(({ was, ...rest }) => ({
          ...rest,
          before: { args: was === undefined ? {} : { sbcId: was } }
        }))
        if (deletes !== undefined && gone > deletes) expected.push(`maxDeletes: ${gone}`)
        if (total !== undefined && plan.length > total) expected.push(`maxChanges: ${plan.length}`)
        const crowded = Object.entries(perSbc).filter(([, n]) => each !== undefined && n > each)
        if (crowded.length > 0)
          expected.push(`maxChangesPerSbc: ${crowded.map(([id, n]) => `${n} on ${id}`).join(' ')}`)
        for (const [id, room] of Object.entries(capacity ?? {})) {
          let sum = 0
          for (const { sbcId, enableCac, sessions: n } of there)
            if (String(sbcId) === id && enableCac !== false) sum += n
          if (sum > room) expected.push(`cacSessionsPerSbc.${id}: ${sum}`)
        }

        const said = limitFaults(limits, planned, counted).map(([key, text, path]) =>
          key === 'maxChangesPerSbc'
            ? `${key}: ${[...text.matchAll(/(\d+) connections? on SBC (\d+) \(/g)].map(([, n, id]) => `${n ?? ''} on ${id ?? ''}`).join(' ')}`
            : `${path ?? key}: ${/\d+(?= (connection|session)s? \()/.exec(text)?.[0] ?? 'no number'}`
        )
        assert.deepStrictEqual(said, expected)
      })
    )
  })
})

describe('what is not counted', () => {
  const limits: Limits = { cacSessionsPerSbc: { 3: 100 } }
  type Row = readonly [name: string, connections: ReadonlyArray<CountedConnection>, lines: ReadonlyArray<string>]
  const without = 'limits.cacSessionsPerSbc does not count'
  const rows: ReadonlyArray<Row> = [
    ['nothing, when every profile has its number', [connection('a', '10 sessions'), connection('b', '10')], []],
    ['nothing, where CAC is off', [connection('a', 'Gold', { enableCac: false })], []],
    ['nothing of an SBC without a limit', [connection('a', 'Gold', { sbcId: 5 })], []],
    [
      'names of profiles without a number',
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => connection(name, 'Gold', { enableCac: true })),
      [
        `${without} 6 connections (a, b, c, d, e and 1 more): cacProfile has no number of sessions such as "10 sessions"`
      ]
    ],
    [
      'a line for each reason',
      [
        connection('a'),
        connection('b', unknownText),
        connection('c', '10 sessions', { sbcId: unknownNumber }),
        connection('d', '10 sessions', { enableCac: unknownText as unknown as boolean }),
        connection('e')
      ],
      [
        `${without} 2 connections (a, e): no cacProfile is declared`,
        `${without} 1 connection (b): cacProfile is not known yet`,
        `${without} 1 connection (c): sbcId is not known yet`,
        `${without} 1 connection (d): enableCac is not known yet`
      ]
    ],
    [
      'an SBC that is not known yet, unless the connection has no sessions anyway',
      [connection('a', 'Gold', { sbcId: unknownNumber }), connection('b', '0', { sbcId: unknownNumber })],
      [`${without} 1 connection (a): cacProfile has no number of sessions such as "10 sessions"`]
    ]
  ]
  for (const [name, connections, lines] of rows)
    it(name, () => {
      assert.deepStrictEqual(uncountedProfiles(limits, connections), lines)
    })

  it('is not told when nobody limits sessions', () => {
    for (const none of [{}, { maxDeletes: 0 }, { cacSessionsPerSbc: {} }])
      assert.deepStrictEqual(uncountedProfiles(none, [connection('a', 'Gold')]), [])
  })
})

describe('the connections of a fleet as they are counted', () => {
  it('have the defaults in the places that they leave open', () => {
    assert.deepStrictEqual(
      countedOf({
        defaults: { sbcId: 3, cacProfile: '10 sessions', siteName: 'x' },
        connections: { a: {}, b: { sbcId: 5, enableCac: false }, c: unknownNumber as unknown as object }
      }),
      [
        { name: 'a', sbcId: 3, cacProfile: '10 sessions' },
        { name: 'b', sbcId: 5, enableCac: false, cacProfile: '10 sessions' },
        // Of an entry that is not known yet, nothing is.
        { name: 'c', sbcId: unknownNumber, enableCac: unknownNumber, cacProfile: unknownNumber }
      ]
    )
  })
})
