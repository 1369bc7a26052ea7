import * as assert from 'node:assert'
import * as fc from 'fast-check'
import type { Rollout } from '../../../provider/fleet/Args'
import { type Placed, previewLines, stageName, stagesOf } from '../../../provider/fleet/Stages'
import { check } from '../../support/property'

const place = (name: string, sbcId = 3, more: Partial<Placed> = {}): Placed => ({
  name,
  kind: 'update',
  sbcId,
  failedBefore: false,
  ...more
})

/** On an SBC whose id a preview does not know yet. */
const unplaced = (name: string): Placed => ({ ...place(name), sbcId: undefined })

const places = (count: number, sbcId: number, prefix = `s${sbcId}-`): ReadonlyArray<Placed> =>
  Array.from({ length: count }, (_, n) => place(`${prefix}${n + 1}`, sbcId))

/** The stages by their names, and the names in them. */
const shown = (tasks: ReadonlyArray<Placed>, rollout: Rollout = {}): ReadonlyArray<readonly [string, string]> =>
  stagesOf(tasks, rollout).map((stage) => [stageName(stage), stage.tasks.map(({ name }) => name).join(' ')])

describe('Stages', () => {
  describe('order within a stage', () => {
    for (const [what, tasks, expected] of [
      [
        'natural order of names',
        [place('branch-10'), place('branch-2'), place('branch-1')],
        'branch-1 branch-2 branch-10'
      ],
      ['names that count alike', [place('b2'), place('b02'), place('b002')], 'b002 b02 b2'],
      [
        'SBCs take turns, in the order of their ids',
        [...places(1, 10), ...places(3, 4), ...places(2, 3)],
        's3-1 s4-1 s10-1 s3-2 s4-2 s4-3'
      ],
      [
        'an SBC that is not known yet comes last in each turn',
        [unplaced('x'), unplaced('y'), ...places(2, 3)],
        's3-1 x s3-2 y'
      ],
      [
        'failed ones first, with turns of their own',
        [
          ...places(2, 3),
          place('f2', 4, { failedBefore: true }),
          place('f10', 3, { failedBefore: true }),
          ...places(1, 4)
        ],
        'f10 f2 s3-1 s4-1 s3-2'
      ],
      [
        'whatever is done with them, unless nothing is sent',
        [
          place('a', 3, { kind: 'replace' }),
          place('b', 3, { kind: 'create' }),
          place('c', 3, { kind: 'rewrite' }),
          place('d')
        ],
        'a b d'
      ]
    ] as const) {
      it(what, () => {
        assert.deepStrictEqual(shown(tasks), [['batch 1 of 1', expected]])
      })
    }
  })

  describe('stages', () => {
    const deletion = (name: string): Placed => place(name, 3, { kind: 'delete' })
    const tasks = [...places(4, 3), deletion('d2'), deletion('d1'), ...places(3, 4)]
    for (const [what, rollout, expected] of [
      [
        'one batch, then the deletions',
        {},
        [
          ['batch 1 of 1', 's3-1 s4-1 s3-2 s4-2 s3-3 s4-3 s3-4'],
          ['deletions', 'd1 d2']
        ]
      ],
      [
        'a number of connections as canary, then batches',
        { canary: 3, batchSize: 3 },
        [
          ['canary', 's3-1 s4-1 s3-2'],
          ['batch 1 of 2', 's3-3 s4-2 s4-3'],
          ['batch 2 of 2', 's3-4'],
          ['deletions', 'd1 d2']
        ]
      ],
      [
        'names as canary; those without a task, or with a deletion, have no place',
        { canary: ['s4-3', 'd1', 's3-2', 'unchanged'], batchSize: 4 },
        [
          ['canary', 's3-2 s4-3'],
          ['batch 1 of 2', 's3-1 s4-1 s3-3 s4-2'],
          ['batch 2 of 2', 's3-4'],
          ['deletions', 'd1 d2']
        ]
      ],
      [
        'a canary of all',
        { canary: 100, batchSize: 1 },
        [
          ['canary', 's3-1 s4-1 s3-2 s4-2 s3-3 s4-3 s3-4'],
          ['deletions', 'd1 d2']
        ]
      ]
    ] as ReadonlyArray<[string, Rollout, ReadonlyArray<readonly [string, string]>]>) {
      it(what, () => {
        assert.deepStrictEqual(shown(tasks, rollout), expected)
      })
    }

    it('without a task there is no stage', () => {
      assert.deepStrictEqual(
        [shown([], { canary: 2, batchSize: 3 }), shown([place('a', 3, { kind: 'rewrite' })])],
        [[], []]
      )
    })

    it('every task has one place, whatever order they come in', () => {
      const task = fc.record({
        kind: fc.constantFrom<Placed['kind']>('create', 'update', 'rewrite', 'replace', 'delete'),
        name: fc.string({ maxLength: 4 }),
        sbcId: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        failedBefore: fc.boolean()
      })
      const many = fc.uniqueArray(task, { selector: ({ name }) => name, maxLength: 30 })
      const canary = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.array(fc.string({ maxLength: 1 }), { minLength: 1 }))
      const rollout = fc.record({ canary, batchSize: fc.integer({ min: 1, max: 5 }) }, { requiredKeys: [] })
      check(
        fc.property(
          many.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
          rollout,
          ([all, shuffled], how) => {
            const stages = stagesOf(all, how)
            assert.deepStrictEqual(stages, stagesOf(shuffled, how))
            const placed = stages.flatMap(({ tasks: those }) => those)
            assert.deepStrictEqual(new Set(placed), new Set(all.filter(({ kind }) => kind !== 'rewrite')))
            assert.strictEqual(placed.length, new Set(placed).size)
            for (const { kind, tasks: those } of stages) {
              assert.ok(those.length > 0)
              assert.ok(those.every((each) => (each.kind === 'delete') === (kind === 'deletions')))
              if (kind === 'batch') assert.ok(those.length <= (how.batchSize ?? 30))
            }
          }
        )
      )
    })
  })

  describe('preview', () => {
    const linesOf = (tasks: ReadonlyArray<Placed>, rollout: Rollout): ReadonlyArray<string> =>
      previewLines(stagesOf(tasks, rollout), rollout)

    it('a line a stage, and how it goes on between them', () => {
      const tasks = [...places(30, 3), ...places(14, 4), place('old-1', 5, { kind: 'delete' })]
      assert.deepStrictEqual(
        linesOf(tasks, {
          canary: 4,
          batchSize: 20,
          maxParallel: 5,
          soakSeconds: 60,
          pauseBetweenBatches: 30,
          verify: 'https://user:password@check.example.net/',
          changeWindow: { start: '2030-01-01T22:00:00Z', end: '2030-01-02T04:00:00Z' },
          stopAfterFailures: 3
        }),
        [
          'canary: 4 sites on SBC 3 (2), 4 (2): s3-1, s4-1, s3-2, s4-2',
          'batch 1 of 2: 20 sites on SBC 3 (10), 4 (10): s3-3, s4-3, s3-4, s4-4, s3-5 and 15 more',
          'batch 2 of 2: 20 sites on SBC 3 (18), 4 (2): s3-13, s4-13, s3-14, s4-14, s3-15 and 15 more',
          'deletions: 1 site on SBC 5: old-1',
          'rollout: at most 5 at a time; soak of 60 s after the canary; pause of 30 s after each batch; verify before it goes on; ' +
            'only from 2030-01-01T22:00:00Z to 2030-01-02T04:00:00Z; stops after 3 failed'
        ]
      )
    })

    it('nothing of what will not happen', () => {
      const between = { soakSeconds: 60, pauseBetweenBatches: 30, verify: 'true' }
      assert.deepStrictEqual(
        [linesOf([unplaced('a')], between), linesOf([], { ...between, maxParallel: 5 })],
        [['batch 1 of 1: 1 site on SBC not known yet: a'], []]
      )
    })

    it('a preview of 10,000 connections has few lines', () => {
      const tasks = [...places(9000, 3), ...places(1000, 4)]
      const lines = linesOf(tasks, { canary: 5, batchSize: 20 })
      assert.deepStrictEqual(
        [lines.length, lines[0], lines.at(-1)],
        [14, 'canary: 5 sites on SBC 3 (3), 4 (2): s3-1, s4-1, s3-2, s4-2, s3-3', '488 more batches: 9755 sites']
      )
    })
  })
})
