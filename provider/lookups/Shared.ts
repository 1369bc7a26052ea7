import * as E from 'fp-ts/Either'
import type { Env, Program } from '../Env'
import type { ProviderError } from '../Errors'

interface Read {
  readonly result: Promise<E.Either<ProviderError, unknown>>
  /** Seconds that its operation has. */
  readonly patience: number
}
type Reads = Map<string, Read>

/** An operation works with a copy of the capabilities, whose parts are those of the configuration: one of them stands for it. */
const readsOf = new WeakMap<Env['directory'], Reads>()

/**
 * A read that is sent once a process and configuration: who asks while it is under way waits for it, and who asks later gets the same
 * value. A read that failed is forgotten, so that the next one asks again; and so does who waited for it, and has more time than who began it.
 *
 * @param key what is read, e.g. `GET /api/v3/customer`
 */
export const shared =
  <A>(key: string, read: Program<A>): Program<A> =>
  (env) =>
  async () => {
    const reads: Reads = readsOf.get(env.directory) ?? new Map<string, Read>()
    readsOf.set(env.directory, reads)
    const patience = env.settings.operationTimeout
    const found = reads.get(key)
    if (found !== undefined) {
      const result = await found.result
      if (E.isLeft(result) && found.patience < patience) return shared(key, read)(env)()
      // The key says which call it is, and so of which type its value is.
      return result as E.Either<ProviderError, A>
    }
    const started = read(env)()
    reads.set(key, { result: started, patience })
    const result = await started
    if (E.isLeft(result)) reads.delete(key)
    return result
  }
