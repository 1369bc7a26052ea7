import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { defectText } from './Defect'
import { type ErrorText, whole } from './ErrorText'
import { processHost } from './Host'
import { portable, unpacked } from './Packed'
import type { Outcome, Properties, Resource, Step } from './Resource'
import { inClear } from './SecretMarks'
import { configNamespace, instanceKey, settingKeys } from './Settings'
import { resources } from './resources'

/**
 * The dynamic host: what Pulumi's dynamic-provider process loads through the constant text of the resource. It turns the engine's
 * calls into programs and their results into the engine's shapes; no rule of the lifecycle stands here.
 */

/** The part of the engine's `configure` request that is used. */
export interface ConfigureRequest {
  readonly config: { readonly get: (key: string) => string | undefined }
}

/** The methods that Pulumi's dynamic-provider server calls (`ResourceProvider` of `@pulumi/pulumi/dynamic`). */
export interface DynamicProvider {
  readonly configure: (request: ConfigureRequest) => Promise<void>
  readonly check: (
    olds: Properties,
    news: Properties
  ) => Promise<{ inputs: Properties; failures: ReadonlyArray<{ property: string; reason: string }> }>
  readonly diff: (
    id: string,
    olds: Properties,
    news: Properties
  ) => Promise<{ changes?: boolean; replaces: ReadonlyArray<string>; deleteBeforeReplace: boolean }>
  readonly create: (inputs: Properties) => Promise<{ id: string; outs: Properties }>
  readonly read: (
    id: string,
    properties: Properties
  ) => Promise<{ id?: string; props?: Properties; inputs?: Properties }>
  readonly update: (id: string, olds: Properties, news: Properties) => Promise<{ outs: Properties }>
  readonly delete: (id: string, properties: Properties) => Promise<void>
}

const providerKey = '__provider'

/** The properties without the text of the provider, as they were before they were packed. The engine hands secrets over in clear; what was packed is marked. */
const own = ({ [providerKey]: _text, ...properties }: Properties): Properties => {
  const state = unpacked(properties)
  return state === properties ? properties : (inClear(state) as Properties)
}

/**
 * An error for the engine: a text and nothing else. The server takes a truthy `id` for a resource that was made and a number in `code`
 * for a gRPC status, and prints the stack; so this error has neither.
 */
class HostError extends Error {
  constructor(readonly text: ErrorText) {
    super(whole(text))
    // The server prints headline and stack, and the engine prints the whole text at the resource.
    this.stack = 'see the error of the resource'
  }
  override toString(): string {
    return this.text.headline
  }
}

/** A thing that exists although its write failed: the engine keeps id and properties, and reports the reasons. */
class InitFailed extends HostError {
  constructor(
    text: ErrorText,
    readonly id: string,
    readonly properties: Properties,
    readonly reasons: ReadonlyArray<string>
  ) {
    super(text)
  }
}

const warn = (text: string): void => {
  console.warn(text)
}

const host = processHost({ warn })

const announce = (text: O.Option<string>): void => {
  if (O.isSome(text)) warn(text.value)
}

/** Runs a step; its error is thrown, in words. */
const run = async <A>({ subject, program }: Step<A>): Promise<A> => {
  const result = await host.run(subject, program)
  if (E.isLeft(result)) throw new HostError(result.left)
  return result.right
}

/** The outputs of a write; a write with a fault is thrown, with everything that the engine needs to keep the thing. */
const outputs = (outcome: Outcome, inputs: Properties): Properties => {
  const written = host.outputs(outcome)
  if (E.isRight(written)) return written.right
  const { text, id, state } = written.left
  // The server does not add the provider's text here, and without it the next read or delete finds no code.
  throw new InitFailed(text, id, { ...portable(state), [providerKey]: inputs[providerKey] }, [whole(text)])
}

/** A method whose defects are told in words too: what the server prints and answers otherwise is the message and the stack. */
const guarded =
  <Q extends ReadonlyArray<unknown>, A>(method: (...given: Q) => Promise<A>) =>
  async (...given: Q): Promise<A> => {
    try {
      return await method(...given)
    } catch (error) {
      throw error instanceof HostError ? error : new HostError({ headline: defectText(error), details: [] })
    }
  }

/** The provider of a resource. */
const hosted = (resource: Resource): DynamicProvider => ({
  // Everything before the first await runs at once: the server hands the provider to parallel calls before it awaits this.
  configure: async (request) => {
    // It is called once for every resource type, with the same configuration: limits and names are those of the process.
    host.configure({
      stack: Object.fromEntries(settingKeys.map((key) => [key, request.config.get(`${configNamespace}:${key}`)])),
      instance: request.config.get(instanceKey)
    })
    return Promise.resolve()
  },

  check: guarded(async (olds, news) => {
    const [before, declared] = [own(olds), own(news)]
    const { inputs, failures } = resource.check(before, declared, host.settings())
    if (Object.keys(before).length === 0 && failures.length === 0) announce(resource.announcement({}, declared))
    // A failure that names a property makes the engine print its value, secrets too.
    return Promise.resolve({ inputs, failures: failures.map((reason) => ({ property: '', reason })) })
  }),

  diff: guarded(async (id, olds, news) => {
    const [state, inputs] = [own(olds), own(news)]
    const isOfRefresh = host.isOfRefresh(id)
    const difference = resource.diff(id, state, inputs, isOfRefresh)
    if (E.isLeft(difference)) throw new HostError(host.failure(difference.left.subject, difference.left.error))
    const env = host.env()
    if (E.isRight(env)) resource.noteDeclared(env.right, id, state, inputs)
    if (!isOfRefresh) announce(resource.announcement(state, inputs))
    return Promise.resolve(difference.right)
  }),

  create: guarded(async (inputs) => {
    const written = await run(resource.create(own(inputs)))
    return { id: written.id, outs: outputs(written, inputs) }
  }),

  read: guarded(async (id, properties) => {
    const found = await run(resource.read(id, own(properties)))
    if (O.isSome(found)) host.noteRead(id)
    return O.isNone(found) ? {} : { id: resource.canonicalId(id), props: found.value.state, inputs: found.value.inputs }
  }),

  update: guarded(async (id, olds, news) => {
    const written = await run(resource.update(id, own(olds), own(news)))
    return { outs: outputs(written, news) }
  }),

  delete: guarded(async (id, properties) => {
    await run(resource.remove(id, own(properties)))
  })
})

/** The provider of every resource, by its key in the registry. */
export const providers = Object.fromEntries(
  Object.entries(resources).map(([key, resource]) => [key, hosted(resource)])
) as { readonly [K in keyof typeof resources]: DynamicProvider }

// The constant text of a resource loads it by its key: `exports.handler = () => require("pulumi-audiocodes-live/dynamic").sipConnection;`
Object.assign(exports, providers)
