import type { Program } from '../../../provider/Env'
import type { ProviderError } from '../../../provider/Errors'
import { plainJson } from '../../../provider/Json'
import { operation } from '../../../provider/Operations'
import { type TestEnv, errorOf, testEnv, valueOf } from '../../support/TestEnv'

/** Lookups as operations of one process. */

/** The value of a lookup, as a program gets it. */
export const looked = async <A>(program: Program<A>, { env }: TestEnv = testEnv()): Promise<A> =>
  plainJson(await valueOf(operation('lookup', [])(program), env))

/** What is wrong with a lookup that must fail: the kind of the error and its own words. */
export const complained = async <A>(program: Program<A>, { env }: TestEnv = testEnv()): Promise<string> => {
  const error: ProviderError = await errorOf(operation('lookup', [])(program), env)
  const said =
    'text' in error
      ? error.text
      : 'faults' in error
        ? error.faults.join('; ')
        : 'words' in error
          ? error.words.join(' ')
          : ''
  return `${error._tag}: ${said}`
}
