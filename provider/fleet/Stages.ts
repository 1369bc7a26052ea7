import { few } from '../Words'
import type { Rollout } from './Args'

/** In which stages, and in which order within them, the connections of a fleet are changed. Pure. */

/** What is to be done with a connection, as far as its place depends on it. */
export interface Placed {
  /** Of its entry. */
  readonly name: string
  /** `rewrite`: nothing is sent, so it has no place. */
  readonly kind: 'create' | 'update' | 'rewrite' | 'replace' | 'delete'
  readonly sbcId: number | undefined
  /** The last run did not bring it to what was declared. */
  readonly failedBefore: boolean
}

/** Connections that go out together: the next stage begins when all of them have ended. */
export interface Stage<T> {
  readonly kind: 'canary' | 'batch' | 'deletions'
  /** Among the stages of its kind, from 1. */
  readonly number: number
  readonly of: number
  /** In the order in which they are begun. */
  readonly tasks: ReadonlyArray<T>
}

/** As people count: branch-2 before branch-10. */
const natural = new Intl.Collator('en', { numeric: true })

/** Names that count alike (`branch-2`, `branch-02`) have an order too. */
const byName = (a: Placed, b: Placed): number => natural.compare(a.name, b.name) || (a.name < b.name ? -1 : 1)

/** One of each SBC, then the next one of each: SBCs work side by side, and each for itself does one thing after the other. */
const turnByTurn = <T extends Placed>(tasks: ReadonlyArray<T>): ReadonlyArray<T> => {
  const turns = new Map<number, number>()
  return [...tasks]
    .sort(byName)
    .map((task) => {
      // In a preview an id may not be known yet.
      const sbcId = typeof task.sbcId === 'number' ? task.sbcId : Number.MAX_VALUE
      const turn = turns.get(sbcId) ?? 0
      turns.set(sbcId, turn + 1)
      return { task, sbcId, turn }
    })
    .sort((a, b) => a.turn - b.turn || a.sbcId - b.sbcId)
    .map(({ task }) => task)
}

/** What failed last time tells soonest whether it is mended. */
const inOrder = <T extends Placed>(tasks: ReadonlyArray<T>): ReadonlyArray<T> => [
  ...turnByTurn(tasks.filter(({ failedBefore }) => failedBefore)),
  ...turnByTurn(tasks.filter(({ failedBefore }) => !failedBefore))
]

const canaryOf = <T extends Placed>(ordered: ReadonlyArray<T>, canary: Rollout['canary'] = 0): ReadonlyArray<T> => {
  if (typeof canary === 'number') return ordered.slice(0, canary)
  const names = new Set(canary)
  return ordered.filter(({ name }) => names.has(name))
}

const parts = <T>(all: ReadonlyArray<T>, size = all.length): ReadonlyArray<ReadonlyArray<T>> =>
  all.length === 0
    ? []
    : Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))

const stagesFrom = <T extends Placed>(
  kind: Stage<T>['kind'],
  each: ReadonlyArray<ReadonlyArray<T>>
): ReadonlyArray<Stage<T>> =>
  each.map((tasks, at) => ({ kind, number: at + 1, of: each.length, tasks: inOrder(tasks) }))

/**
 * The stages of a rollout: the canary, batches, and the deletions at the end. The same tasks give the same stages, in whatever order they come.
 * Within a stage those that failed in the last run go first; then the SBCs take turns, in the order of their ids, and the connections of one follow
 * in the natural order of their names.
 *
 * @returns only stages with something to do; names of the canary without a task have no place in it
 *
 * @example
 * import * as assert from 'node:assert'
 * import { type Placed, stagesOf } from '../provider/fleet/Stages'
 *
 * const update = (name: string, sbcId: number): Placed => ({ name, kind: 'update', sbcId, failedBefore: false })
 * const tasks = [update('berlin-10', 3), update('berlin-2', 3), update('paris-1', 4)]
 * assert.deepStrictEqual(
 *   stagesOf(tasks, { canary: 1 }).map((stage) => [stage.kind, stage.tasks.map(({ name }) => name)]),
 *   [
 *     ['canary', ['berlin-2']],
 *     ['batch', ['berlin-10', 'paris-1']]
 *   ]
 * )
 */
export const stagesOf = <T extends Placed>(
  tasks: ReadonlyArray<T>,
  { canary, batchSize }: Rollout
): ReadonlyArray<Stage<T>> => {
  const writes = inOrder(tasks.filter(({ kind }) => kind !== 'delete' && kind !== 'rewrite'))
  const first = canaryOf(writes, canary)
  const isFirst = new Set(first)
  return [
    ...stagesFrom('canary', parts(first)),
    ...stagesFrom(
      'batch',
      parts(
        writes.filter((task) => !isFirst.has(task)),
        batchSize
      )
    ),
    ...stagesFrom('deletions', parts(tasks.filter(({ kind }) => kind === 'delete')))
  ]
}

/** `canary`, `batch 3 of 12`, `deletions`. */
export const stageName = ({ kind, number, of }: Stage<unknown>): string =>
  kind === 'batch' ? `batch ${number} of ${of}` : kind

export const sitesText = (n: number): string => `${n} site${n === 1 ? '' : 's'}`

/** `SBC 3 (7), 4 (13)`; the numbers only where there are several. */
const sbcsText = (tasks: ReadonlyArray<Placed>): string => {
  const counts = new Map<number | undefined, number>()
  for (const { sbcId } of tasks) {
    const key = typeof sbcId === 'number' ? sbcId : undefined
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a = Number.MAX_VALUE], [b = Number.MAX_VALUE]) => a - b)
  const texts = sorted.map(([sbcId, n]) => `${sbcId ?? 'not known yet'}${sorted.length === 1 ? '' : ` (${n})`}`)
  return `SBC ${few(texts, 8)}`
}

const namesText = (tasks: ReadonlyArray<Placed>): string =>
  few(
    tasks.map(({ name }) => name),
    5
  )

const stageLine = (stage: Stage<Placed>): string =>
  `${stageName(stage)}: ${sitesText(stage.tasks.length)} on ${sbcsText(stage.tasks)}: ${namesText(stage.tasks)}`

/** Batches that are told one by one. */
const mostBatches = 12

const batchLines = (batches: ReadonlyArray<Stage<Placed>>): ReadonlyArray<string> => {
  const left = batches.slice(mostBatches)
  const sites = left.reduce((sum, { tasks }) => sum + tasks.length, 0)
  return [
    ...batches.slice(0, mostBatches).map(stageLine),
    ...(left.length === 0 ? [] : [`${left.length} more batch${left.length === 1 ? '' : 'es'}: ${sitesText(sites)}`])
  ]
}

const mannerLine = (stages: ReadonlyArray<Stage<Placed>>, rollout: Rollout): ReadonlyArray<string> => {
  const { verify, soakSeconds = 0, pauseBetweenBatches = 0, changeWindow, maxParallel, stopAfterFailures } = rollout
  const follows = (kind: Stage<Placed>['kind']): boolean => stages.slice(0, -1).some((stage) => stage.kind === kind)
  // Those of the canary that are named, and have nothing to do, are asked for before the first batch.
  const asksFirst = Array.isArray(rollout.canary) && stages[0]?.kind === 'batch'
  const hasCanary = asksFirst || stages.some(({ kind }) => kind === 'canary')
  const texts = [
    ...(maxParallel === undefined ? [] : [`at most ${maxParallel} at a time`]),
    ...(follows('canary') && soakSeconds > 0 ? [`soak of ${soakSeconds} s after the canary`] : []),
    ...(follows('batch') && pauseBetweenBatches > 0 ? [`pause of ${pauseBetweenBatches} s after each batch`] : []),
    ...(verify !== undefined && (hasCanary || follows('batch')) ? ['verify before it goes on'] : []),
    ...(changeWindow === undefined ? [] : [`only from ${changeWindow.start} to ${changeWindow.end}`]),
    ...(stopAfterFailures === undefined ? [] : [`stops after ${stopAfterFailures} failed`])
  ]
  return texts.length === 0 ? [] : [`rollout: ${texts.join('; ')}`]
}

/**
 * What a preview says of a rollout, in at most 16 lines: a line a stage, and one of the pauses and conditions.
 *
 * @returns `canary: 2 sites on SBC 3 (1), 4 (1): berlin-2, paris-1`; none when there is nothing to do
 */
export const previewLines = (stages: ReadonlyArray<Stage<Placed>>, rollout: Rollout): ReadonlyArray<string> => {
  const of = (kind: Stage<Placed>['kind']): ReadonlyArray<Stage<Placed>> =>
    stages.filter((stage) => stage.kind === kind)
  return stages.length === 0
    ? []
    : [
        ...of('canary').map(stageLine),
        ...batchLines(of('batch')),
        ...of('deletions').map(stageLine),
        ...mannerLine(stages, rollout)
      ]
}
