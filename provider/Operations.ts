import * as E from 'fp-ts/Either'
import * as RTE from 'fp-ts/ReaderTaskEither'
import * as TE from 'fp-ts/TaskEither'
import { pipe } from 'fp-ts/function'
import type { Env, Operation, Program } from './Env'
import { type ProviderError, cancelled, deadline } from './Errors'
import { growingScrubber } from './Secrets'

/** Runs a program as one operation: with a correlation id, a deadline, and the secrets that must not show in a text. */
export const operation =
  (kind: Operation['kind'], secrets: ReadonlyArray<string>) =>
  <A>(program: Program<A>): Program<A> =>
  (env: Env) => {
    const correlationId = env.newId()
    const startedAt = env.now()
    const known = [...secrets]
    const effect = { mayBe: false }
    const scrub = growingScrubber(() => [...known, ...env.tokens.secrets()])
    const begun: Operation = {
      kind,
      correlationId,
      startedAt,
      deadline: startedAt + env.settings.operationTimeout * 1000,
      secrets: known,
      effect,
      scrub,
      serverIds: [],
      taskIds: [],
      said: []
    }
    env.witness?.began(begun)
    return pipe(
      program({ ...env, operation: begun }),
      TE.mapLeft((error) => endedBy({ correlationId, effect }, error))
    )
  }

/**
 * Runs a program while it holds a slot of each of these SBCs. The deadline counts from then on: time in the queue is
 * not held against the operation.
 */
export const holdingSbc =
  (sbcIds: ReadonlyArray<number | undefined>) =>
  <A>(program: Program<A>): Program<A> =>
    // In ascending order, so that two operations which need the same two SBCs cannot wait for each other.
    [...new Set(sbcIds.filter((id) => id !== undefined))]
      .sort((a, b) => b - a)
      .reduce<Program<A>>((inner, sbcId) => holding(sbcId, inner), withFreshDeadline(program))

const holding =
  <A>(sbcId: number, program: Program<A>): Program<A> =>
  (env) =>
  () => {
    const end = env.progress(`waiting for SBC ${sbcId}, which is busy with other changes`)
    return env.slots.hold(`sbc ${sbcId}`, env.settings.writesPerSbc, () => {
      end()
      return program(env)()
    })
  }

const withFreshDeadline =
  <A>(program: Program<A>): Program<A> =>
  (env) =>
  () =>
    program({
      ...env,
      operation: { ...env.operation, deadline: env.now() + env.settings.operationTimeout * 1000 }
    })()

/** Runs a program while nothing else with the same key runs in this process. */
export const exclusively =
  (key: string) =>
  <A>(program: Program<A>): Program<A> =>
  (env) =>
  () =>
    env.slots.hold(key, 1, program(env))

/** The pause before the next poll: it grows from `pollInterval` to six times that. Milliseconds. */
export const pollPause = (env: Env, round: number): number =>
  env.settings.pollInterval * 1000 * Math.min(6, 1.5 ** round)

/** An error with what is known of the operation that it ends. */
export const endedBy = (
  { correlationId, effect }: Pick<Operation, 'correlationId' | 'effect'>,
  error: ProviderError
): ProviderError => ({ ...error, correlationId, ...(effect.mayBe ? { mayHaveChanged: true } : {}) })

/** Tasks that an operation waits for are kept in the state, each once. */
export const noteTasks = ({ taskIds, scrub }: Operation, ids: ReadonlyArray<string>): void => {
  for (const id of ids.map(scrub)) if (!taskIds.includes(id)) taskIds.push(id)
}

/** What is polled for, in the words of the error that ends the wait. */
export interface Wait {
  readonly awaited: string
  readonly known: string
  /** In the words of a progress line, e.g. `SBC programming, task tsk_1`; default: what is awaited. */
  readonly doing?: string
  /** When the wait began, and when it ends at the latest; ms since the epoch. */
  readonly began: number
  readonly until: number
}

/**
 * Pauses before the next poll. `Deadline`, at once, when that poll would come too late; `Refused` when the run is cancelled.
 */
export const pollAgain =
  (round: number, { awaited, known, doing: what = `waiting for ${awaited}`, began, until }: Wait): Program<void> =>
  (env) =>
  async () => {
    const pause = pollPause(env, round)
    const late = (): E.Either<ProviderError, void> =>
      E.left(deadline(awaited, Math.round((env.now() - began) / 1000), known))
    if (env.now() + pause >= until) return late()
    const end = env.progress(what, began)
    if (!env.cancelled()) await env.sleep(pause)
    end()
    if (env.cancelled()) return E.left(cancelled(`${awaited} is not waited for`))
    // A machine that is busy sleeps longer than it was told to.
    return env.now() >= until ? late() : E.right(undefined)
  }

/** A program that does something and has no value: a notice, a record. */
export const doing =
  (effect: (env: Env) => void): Program<void> =>
  (env) =>
  () => {
    effect(env)
    return Promise.resolve(E.right(undefined))
  }

/** A program that ends with an error. */
export const failing = <A>(error: ProviderError): Program<A> => RTE.left(error)
