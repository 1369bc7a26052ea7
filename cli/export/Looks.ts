import * as E from 'fp-ts/Either'
import type { Env, Program } from '../../provider/Env'
import { type ProviderError, refused } from '../../provider/Errors'
import { slots } from '../../provider/live/Slots'
import type { Progress } from '../report/Progress'
import { type Kind, resources } from '../report/Kinds'
import { concurrency } from './Customers'
import type { Failure } from './Failure'

/** Services and dial plans as they are, in the form in which a program declares them and a state holds them. */

export type Properties = Readonly<Record<string, unknown>>

/** A resource that exists, as a program declares it and as the state has it. */
export interface Look {
  readonly kind: Kind
  readonly id: string
  readonly args: Properties
  readonly state: Properties
  /** Behind the line of an input. */
  readonly remarks: Readonly<Partial<Record<string, string>>>
  /** What is not declared, a line each. */
  readonly left: ReadonlyArray<string>
}

/**
 * A resource as after a takeover that found nothing to change. The result has passed the check of a new resource, as a lost state needs it.
 *
 * @param read state of a look, which holds what is computed
 */
export const lookOf = (
  found: Pick<Look, 'kind' | 'id' | 'args' | 'remarks' | 'left'>,
  read: Properties,
  { settings }: Env
): E.Either<ProviderError, Look> => {
  const {
    check,
    inputs: { codecs, rules }
  } = resources[found.kind]
  const { inputs, failures } = check({}, found.args, E.right(settings))
  if (failures.length > 0) {
    return E.left(
      refused(
        `it cannot be declared as it is (${failures.join('; ')})`,
        'correct it in the portal, or declare it by hand with adopt'
      )
    )
  }
  // In the order of the documentation.
  const keys = Object.keys(codecs).filter((key) => inputs[key] !== undefined)
  const args = Object.fromEntries(keys.map((key) => [key, inputs[key]]))
  return E.right({
    ...found,
    args,
    state: { ...read, ...args, managedKeys: keys.filter((key) => rules[key] !== 'option') }
  })
}

/** Reads all of them, some at a time and in their order; an error is told in its place. */
export const readEach = async <A, B>(
  all: ReadonlyArray<A>,
  env: Env,
  shown: Progress,
  read: (of: A) => Program<B>,
  failureOf: (of: A, error: ProviderError) => Failure
): Promise<{ readonly found: ReadonlyArray<B>; readonly failures: ReadonlyArray<Failure> }> => {
  const { hold } = slots()
  const results = await Promise.all(
    all.map((each) =>
      hold('read', concurrency, async () => {
        const result = await read(each)(env)()
        shown.step()
        return E.isRight(result) ? result : E.left(failureOf(each, result.left))
      })
    )
  )
  shown.end()
  return {
    found: results.flatMap((each) => (E.isRight(each) ? [each.right] : [])),
    failures: results.flatMap((each) => (E.isLeft(each) ? [each.left] : []))
  }
}
