import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Env, Operation, Program } from './Env'
import type { ProviderError } from './Errors'
import { type Change, type End, type Told, rowOf } from './Report'
import type { Written } from './Written'

/** Puts what a write has done into the change report, where one is kept. */

/** A write that has an end: a thing as it is written, or nothing after a deletion. */
type Ending = Written<object> | void

/** What is noted while a write is on its way. */
interface Notes {
  operation?: Operation
  told?: Told
}

const noting = (env: Env, notes: Notes): Env => ({
  ...env,
  witness: {
    began: (operation) => {
      notes.operation = operation
    },
    told: (told) => {
      notes.told ??= told
    }
  }
})

const endOf = (
  { operation, told }: Notes,
  result: E.Either<ProviderError, Ending>,
  startedAt: number,
  endedAt: number
): End => {
  const written = E.isRight(result) && typeof result.right === 'object' ? result.right : undefined
  return {
    fault: E.isLeft(result) ? O.some(result.left) : (written?.fault ?? O.none),
    kept: written !== undefined,
    ...(written === undefined ? {} : { id: written.id, state: written.state }),
    ...(told === undefined ? {} : { told }),
    messages: operation?.said ?? [],
    touched: operation?.effect.mayBe ?? false,
    ...(operation === undefined ? {} : { correlationId: operation.correlationId }),
    scrub: operation?.scrub ?? ((text) => text),
    startedAt,
    endedAt
  }
}

/**
 * A write (create, update) or a deletion with its row in the change report. For a resource of its own as for an entry of a fleet, which names the fleet
 * and the entry; the program is one with an `operation` of its own.
 */
export const reported =
  (change: Change) =>
  <B extends Ending>(program: Program<B>): Program<B> =>
  (env) =>
  async () => {
    const { report } = env
    if (report === undefined) return program(env)()
    const notes: Notes = {}
    const startedAt = env.now()
    const result = await program(noting(env, notes))()
    const row = rowOf(change, endOf(notes, result, startedAt, env.now()))
    if (O.isSome(row)) report(row.value)
    return result
  }
