import * as assert from 'node:assert'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { Env } from '../../../provider/Env'
import { type Subject, errorText, whole } from '../../../provider/ErrorText'
import type { ProviderError } from '../../../provider/Errors'
import type { Outcome, Resource, Step } from '../../../provider/Resource'
import { type Calls, inClear, withoutSecrets } from '../../protocol/support/Marks'
import type { JsonObject } from '../../support/Json'
import { type InitFailed, RpcFailure } from '../../support/ProtocolServer'

/** Longer than any wait of one operation: its own, those for the SBC of its siblings, and the exchange in which they end. */
const longest = ({ settings }: Env): number => (4 * settings.operationTimeout + settings.programTimeout) * 1000

/** The engine keeps the marks of secrets to itself, and sends values in clear. All secrets of the schedules begin alike. */
const clear = (properties: object): JsonObject => {
  const readable = JSON.stringify(withoutSecrets(properties as JsonObject))
  assert.ok(!readable.includes('C4nary'), `a secret that is not marked: ${readable}`)
  return inClear(properties as JsonObject) as JsonObject
}

/**
 * A resource as the engine sees it through a host, in this process.
 *
 * @param parts how many things it holds, each with the time of one operation
 */
export const resourceCalls = (resource: Resource, env: Env, parts = 1): Calls => {
  const failure = (subject: Subject, error: ProviderError, kept = false): string =>
    whole(errorText(subject, error, kept, env.now()))
  const run = async <A>({ subject, program }: Step<A>): Promise<A> => {
    const began = env.now()
    const result = await program(env)()
    assert.ok(env.now() - began <= parts * longest(env), `${subject.kind} took ${(env.now() - began) / 1000} s`)
    if (E.isLeft(result)) throw new RpcFailure(2, failure(subject, result.left))
    return result.right
  }
  const outputs = ({ id, state, fault, subject }: Outcome): JsonObject => {
    if (O.isNone(fault)) return clear(state)
    const text = failure(subject, fault.value, true)
    const failed: InitFailed = { id, properties: clear(state), reasons: [text] }
    throw new RpcFailure(2, text, failed)
  }
  return {
    check: (olds, news) => {
      const { inputs, failures } = resource.check(olds, news, E.right(env.settings))
      return Promise.resolve({ inputs: clear(inputs), failures: failures.map((reason) => ({ property: '', reason })) })
    },
    diff: (id, olds, news) => {
      const difference = resource.diff(id, olds, news)
      if (E.isLeft(difference)) {
        return Promise.reject(new RpcFailure(2, failure(difference.left.subject, difference.left.error)))
      }
      const { changes, ...rest } = difference.right
      return Promise.resolve({ ...rest, changes: changes === undefined ? 'unknown' : changes ? 'some' : 'none' })
    },
    create: async (inputs) => {
      const written = await run(resource.create(inputs))
      return { id: written.id, outs: outputs(written) }
    },
    update: async (id, olds, news) => outputs(await run(resource.update(id, olds, news))),
    read: async (id, olds) => {
      const found = await run(resource.read(id, olds))
      return O.isNone(found)
        ? { id: '', props: {} }
        : { id: resource.canonicalId(id), props: clear(found.value.state), inputs: clear(found.value.inputs) }
    },
    delete: (id, olds) => run(resource.remove(id, olds))
  }
}
