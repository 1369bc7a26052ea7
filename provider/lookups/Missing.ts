import * as RTE from 'fp-ts/ReaderTaskEither'
import { pipe } from 'fp-ts/function'
import type { Program } from '../Env'
import { refused } from '../Errors'

/**
 * A program whose 404 means that something does not exist, or that the address is wrong: nobody can tell which.
 *
 * @param what e.g. `customer 11111111-…`
 */
export const orMissing =
  (what: string) =>
  <A>(program: Program<A>): Program<A> =>
  (env) =>
    pipe(
      program,
      RTE.mapLeft((error) =>
        error._tag === 'NotFound'
          ? refused(
              `the platform knows no ${what} (404${error.words.length > 0 ? `: ${error.words.join(' ')}` : ''}), or ${env.platform} is not its base URL`,
              'check the arguments, and audiocodes-live:baseUrl (it usually ends in /tenantui)'
            )
          : error
      )
    )(env)
