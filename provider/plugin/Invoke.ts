import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { Env } from '../Env'
import type { Host } from '../Host'
import { suggestion } from '../Inputs'
import { type CallName, calls } from '../lookups/Calls'
import { answered } from '../lookups/program'
import { resultProperties } from '../schema/Results'
import { tokenOf } from '../schema/Tokens'
import type { Fault } from './Fault'
import { type Path, type Properties, opened, sealed } from './Properties'

/** Functions of the package: every lookup is one. */

const names = Object.keys(calls) as ReadonlyArray<CallName>

/**
 * Calls a function.
 *
 * @param adapted the capabilities of one call
 * @returns its value, secret as a whole when an argument was
 */
export const invoke = async (
  host: Host,
  asked: string,
  given: Properties,
  adapted: (env: Env) => Env
): Promise<E.Either<Fault, Properties>> => {
  const call = names.find((name) => tokenOf(name) === asked)
  if (call === undefined)
    return E.left({ text: `Unknown function ${asked}; ${suggestion(asked, names.map(tokenOf), 'functions')}` })
  const { plain: args, secrets } = opened(given)
  const instance = host.instance()
  const answer = await answered(
    { call, args, isSecret: secrets.length > 0, ...(instance === undefined ? {} : { instance }) },
    pipe(host.env(), E.map(adapted))
  )
  if ('failed' in answer) return E.left({ text: answer.failed })
  const value = resultProperties(call, answer.value)
  return E.right(
    secrets.length === 0
      ? value
      : sealed(
          value,
          Object.keys(value).map((key): Path => [key])
        )
  )
}
