import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Program } from './Env'
import type { ProviderError } from './Errors'
import { doing } from './Operations'

/** What a look is told for whose answer to a creation it stands in. */
export interface Look {
  /** The end when there is none. */
  readonly whenNone: ProviderError
  /** What is wrong with what is found. */
  readonly fault?: ProviderError
}

/**
 * The end of a creation whose answer is an error. Where that does not tell whether something was made, it is looked for; a creation is never sent a second time.
 *
 * @param short what is made, and how it is called: `connection`, `branch-07`
 */
export const afterUnclear = <A>(
  error: ProviderError,
  [short, name]: readonly [short: string, name: string],
  look: (of: Look) => Program<A>
): Program<A> => {
  if (error._tag !== 'Lost' && error._tag !== 'Contract') return RTE.left(error)
  // Messages that are not understood may be errors. Of the rest, a thing that is there is proof enough.
  const unread = error._tag === 'Contract' && error.faults.some((fault) => fault.startsWith('executionMessages'))
  const cause = error._tag === 'Lost' ? error.cause : error.faults.join('; ')
  return pipe(
    doing(({ warn }) => {
      warn(
        `The answer to the creation of ${short} "${name}" is not clear (${cause}). Looking for the ${short}; it is not created a second time.`
      )
    }),
    RTE.chain(() => look({ whenNone: error, ...(unread ? { fault: error } : {}) }))
  )
}
