import * as E from 'fp-ts/Either'
import * as RA from 'fp-ts/ReadonlyArray'
import { pipe } from 'fp-ts/function'

/** What keeps a schema from being made, one line each: where, and what is wrong there. */
export type Faults = ReadonlyArray<string>

/** A part of a schema, or all that is wrong with it. */
export type Made<A> = E.Either<Faults, A>

export const fault = (at: string, text: string): Made<never> => E.left([`${at}: ${text}`])

const together = E.getApplicativeValidation(RA.getSemigroup<string>())

/** Every one of them, or the faults of all. */
export const each = <A, B>(all: ReadonlyArray<A>, to: (a: A) => Made<B>): Made<ReadonlyArray<B>> =>
  pipe(all, RA.traverse(together)(to))
