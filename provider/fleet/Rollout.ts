import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Env, Program } from '../Env'
import type { ProviderError } from '../Errors'
import { few } from '../Words'
import type { Rollout } from './Args'
import { usualParallel } from './Parallel'
import { type Placed, type Stage, stageName } from './Stages'

/**
 * Carries out the stages of a rollout. Whatever ends it early ends it between two connections: those under way come to their end, and the rest is
 * not begun.
 */

/** How a connection ended. */
export interface Ended<R> {
  readonly result: R
  readonly failed: boolean
  /** Whether the SBC has it, as far as it is known. */
  readonly deployed: boolean
}

/** What is done with a connection. A failure of it is no error, so that it does not end the others; an error ends the rollout, and its results are lost. */
export interface Steps<T, R> {
  readonly each: (task: T) => Program<Ended<R>>
  /** Waits until the SBC has it, or tells that it has not. Called for those of the canary that are not deployed yet. */
  readonly awaitDeployed: (task: T, ended: Ended<R>) => Program<Ended<R>>
}

/** How a rollout ended. */
export interface Rolled<T, R> {
  /** In the order of the stages. */
  readonly done: ReadonlyArray<readonly [T, R]>
  readonly notBegun: ReadonlyArray<T>
  /** Why it ended early, in words; none: it came to its end. */
  readonly stopped: O.Option<string>
}

/** Why nothing more is to be begun, in words; none: it goes on. */
type Reason = O.Option<string>

/** A rollout under way. */
interface Course<T, R> {
  readonly env: Env
  readonly rollout: Rollout
  readonly steps: Steps<T, R>
  /** Connections of all stages. */
  readonly total: number
  /** By the number of the connection, in the order in which they were begun. */
  readonly done: Array<readonly [T, R]>
  begun: number
  ended: number
  /** Of those that have ended. */
  failed: number
}

/**
 * Runs the stages, one after the other.
 *
 * @param before names of the canary that went first in an earlier run, or that the program calls
 */
export const roll =
  <T extends Placed, R>(
    stages: ReadonlyArray<Stage<T>>,
    rollout: Rollout,
    steps: Steps<T, R>,
    before: ReadonlyArray<string> = namedCanary(rollout)
  ): Program<Rolled<T, R>> =>
  (env) =>
  async () => {
    const all = stages.flatMap(({ tasks }) => tasks)
    const course: Course<T, R> = { env, rollout, steps, total: all.length, done: [], begun: 0, ended: 0, failed: 0 }
    let stopped = await beforeAll(course, stages, before)
    if (O.isSome(stopped)) return E.right({ done: [], notBegun: all, stopped })
    for (const [at, stage] of stages.entries()) {
      const end = await carryOut(course, stage)
      if (E.isLeft(end)) return end
      stopped = O.isSome(end.right) ? end.right : await passOn(course, stage, at === stages.length - 1)
      if (O.isSome(stopped)) break
    }
    return E.right({ done: course.done, notBegun: all.slice(course.begun), stopped })
  }

/** A canary that the program calls by its names. */
const namedCanary = ({ canary }: Rollout): ReadonlyArray<string> =>
  Array.isArray(canary) ? (canary as ReadonlyArray<string>) : []

/**
 * Where the connections of the canary went out before, and have nothing to do any more, it is asked whether they are well before others follow:
 * that `verify` has said no once does not change what they are, and another run is no way around it.
 */
const beforeAll = async <T extends Placed, R>(
  course: Course<T, R>,
  stages: ReadonlyArray<Stage<T>>,
  before: ReadonlyArray<string>
): Promise<Reason> => {
  const names = new Set(before)
  const writes = stages.filter(({ kind }) => kind !== 'deletions')
  const isAtWork = writes.some(({ tasks }) => tasks.some(({ name }) => names.has(name)))
  if (names.size === 0 || writes.length === 0 || isAtWork) return O.none
  const why = await hindrance(course)
  const tasks = before.map((name) => ({ name }))
  return O.isSome(why) ? why : asked(course, { kind: 'canary', number: 1, of: 1, tasks })
}

const runCancelled = 'the run was cancelled'

/** Why no connection may be begun at the moment. */
const hindrance = async <T, R>({ env, rollout, failed }: Course<T, R>): Promise<Reason> => {
  const { pauseFile, changeWindow, stopAfterFailures = Number.POSITIVE_INFINITY } = rollout
  const isPaused = pauseFile !== undefined && (await env.fileExists(pauseFile))
  if (env.cancelled()) return O.some(runCancelled)
  if (changeWindow !== undefined && env.now() < Date.parse(changeWindow.start))
    return O.some(`the change window does not begin before ${changeWindow.start}`)
  if (changeWindow !== undefined && env.now() >= Date.parse(changeWindow.end))
    return O.some(`the change window ended at ${changeWindow.end}`)
  if (isPaused) return O.some(`the pause file ${pauseFile} appeared`)
  return failed >= stopAfterFailures
    ? O.some(`${failed} connection${failed === 1 ? ' has' : 's have'} failed (stopAfterFailures: ${stopAfterFailures})`)
    : O.none
}

/** Does the tasks of a stage, so many at a time. */
const carryOut = async <T extends Placed, R>(
  course: Course<T, R>,
  stage: Stage<T>
): Promise<E.Either<ProviderError, Reason>> => {
  const { env, rollout, done } = course
  const { kind, tasks } = stage
  const began = env.now()
  const progress = (): string =>
    `${stageName(stage)}, ${course.ended} of ${course.total} sites, ${course.failed} failed`
  let endProgress = env.progress(progress(), began)
  let next = 0
  let stopped: Reason = O.none
  let error: ProviderError | undefined
  const unwell: Unwell = { failed: [], notDeployed: [] }

  const isOver = (): boolean =>
    next >= tasks.length || O.isSome(stopped) || error !== undefined || (kind === 'canary' && !isPassed(unwell))

  const doNext = async (task: T, place: number): Promise<void> => {
    const end = await (kind === 'canary' ? deployed(course, task) : course.steps.each(task)(env)())
    if (E.isLeft(end)) {
      error ??= end.left
      return
    }
    done[place] = [task, end.right.result]
    course.ended += 1
    if (end.right.failed) {
      course.failed += 1
      unwell.failed.push(task.name)
    } else if (!end.right.deployed) unwell.notDeployed.push(task.name)
    endProgress()
    endProgress = env.progress(progress(), began)
  }

  const lane = async (): Promise<void> => {
    while (!isOver()) {
      const why = await hindrance(course)
      const task = tasks[next]
      // Another lane may have come first.
      if (task === undefined || isOver()) return
      stopped = why
      if (O.isSome(why)) return
      next += 1
      await doNext(task, course.begun++)
    }
  }

  await Promise.all(Array.from({ length: Math.min(rollout.maxParallel ?? usualParallel, tasks.length) }, lane))
  endProgress()
  if (error !== undefined) return E.left(error)
  return E.right(O.isNone(stopped) && kind === 'canary' ? canaryEnd(env, unwell) : stopped)
}

/** Names of connections of a stage. */
interface Unwell {
  readonly failed: Array<string>
  readonly notDeployed: Array<string>
}

const isPassed = ({ failed, notDeployed }: Unwell): boolean => failed.length + notDeployed.length === 0

const notPassed = (why: string): Reason => O.some(`the canary did not pass: ${why}`)

/** Whether a canary has passed, in words where it has not. */
export const canaryEnd = (env: Env, unwell: Unwell): Reason => {
  if (isPassed(unwell)) return O.none
  // What a cancelled run gives up says nothing of the canary.
  if (env.cancelled()) return O.some(runCancelled)
  const { failed, notDeployed } = unwell
  return notPassed(
    [
      ...(failed.length === 0 ? [] : [`${few(failed)} failed`]),
      ...(notDeployed.length === 0
        ? []
        : [`${few(notDeployed)} ${notDeployed.length === 1 ? 'is' : 'are'} not deployed`])
    ].join('; ')
  )
}

/** Does a task, and waits until it is deployed. */
const deployed = async <T, R>({ env, steps }: Course<T, R>, task: T): Promise<E.Either<ProviderError, Ended<R>>> => {
  const end = await steps.each(task)(env)()
  return E.isLeft(end) || end.right.failed || end.right.deployed ? end : steps.awaitDeployed(task, end.right)(env)()
}

/** Between a stage and the next one: gives it time, and asks whether all is well. After the last stage only a canary is asked for, and at once. */
const passOn = async <T extends Placed, R>(course: Course<T, R>, stage: Stage<T>, isLast: boolean): Promise<Reason> => {
  const { soakSeconds = 0, pauseBetweenBatches = 0 } = course.rollout
  if (isLast) return stage.kind === 'canary' ? asked(course, stage) : O.none
  const why =
    stage.kind === 'canary'
      ? await waited(course, soakSeconds, `soak of ${soakSeconds} s after the canary`)
      : await waited(course, pauseBetweenBatches, `pause of ${pauseBetweenBatches} s after ${stageName(stage)}`)
  return O.isSome(why) ? why : asked(course, stage)
}

/** Waits, as long as nothing hinders; in slices, so that it is noticed soon. */
const waited = async <T, R>(course: Course<T, R>, seconds: number, what: string): Promise<Reason> => {
  const { env } = course
  const end = env.progress(what)
  let why = await hindrance(course)
  // Counted, and not read from the clock, which may be set back.
  for (let left = seconds * 1000; left > 0 && O.isNone(why); left -= 1000) {
    await env.sleep(Math.min(1000, left))
    why = await hindrance(course)
  }
  end()
  return why
}

/** Asks `verify`, where there is one. */
const asked = async <T, R>(course: Course<T, R>, stage: Stage<{ readonly name: string }>): Promise<Reason> => {
  const { env, rollout } = course
  if (rollout.verify === undefined) return O.none
  const end = env.progress(`verify after ${stage.kind === 'canary' ? 'the canary' : stageName(stage)}`)
  const answer = await env.verify({
    command: rollout.verify,
    environment: environmentOf(course, stage),
    cancelled: env.cancelled
  })
  end()
  if (E.isRight(answer)) return O.none
  if (env.cancelled()) return O.some(runCancelled)
  const no = `verify said no: ${shortened(env.operation.scrub(answer.left))}`
  return stage.kind === 'canary' ? notPassed(no) : O.some(no)
}

/** A variable of the environment holds at most 128 kB on Linux. */
const mostBytes = 100_000

/** What `verify` is told; names that find no room are left out. */
const environmentOf = <T, R>(
  { ended, failed }: Course<T, R>,
  stage: Stage<{ readonly name: string }>
): Readonly<Record<string, string>> => {
  let bytes = 0
  const names = stage.tasks
    .map(({ name }) => name)
    .filter((name) => {
      bytes += Buffer.byteLength(name) + 1
      return bytes <= mostBytes
    })
  return {
    AUDIOCODES_LIVE_STAGE: stageName(stage),
    AUDIOCODES_LIVE_SITES: names.join(','),
    AUDIOCODES_LIVE_DONE: String(ended),
    AUDIOCODES_LIVE_FAILED: String(failed)
  }
}

/** The first line says how it ended; of the output below it the last lines tell most. */
const shortened = (text: string): string => {
  const [how = '', ...output] = text.split(/\s*\n\s*/)
  const last = output
    .filter((line) => line !== '')
    .slice(-5)
    .join(' / ')
  return last === '' ? how : `${how}: ${last.length > 500 ? `…${last.slice(-500)}` : last}`
}
