import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import { type Sources, settingsFrom } from './Config'
import type { Env, Fetch, Program } from './Env'
import { type ErrorText, type Subject, errorText, whole } from './ErrorText'
import type { ConfigError, ProviderError } from './Errors'
import { sameJson } from './Json'
import { liveEnv, now } from './Live'
import type { Outcome, Properties, Resource } from './Resource'
import { type Settings, configNamespace, instanceKey, settingKeys } from './Settings'
import { watchEngine } from './live/EngineWatch'
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

/** The properties without the text of the provider. */
const own = ({ [providerKey]: _text, ...properties }: Properties): Properties => properties

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

const variablesOfTheRun = [
  'PULUMI_PROJECT',
  'PULUMI_STACK',
  'CI',
  'GITHUB_RUN_ID',
  'GITHUB_SHA',
  'CI_JOB_ID',
  'CI_COMMIT_SHA',
  'BUILD_BUILDID',
  'BUILD_SOURCEVERSION'
]

const runOfTheEnvironment = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    variablesOfTheRun.flatMap((name) => {
      const value = process.env[name] ?? ''
      return value === '' ? [] : [[name, value]]
    })
  )

/** The process belongs to one provider instance, so one configuration and one set of capabilities serve all of its resources. */
let stack: Sources['stack'] = {}
let instance: string | undefined
let held: { readonly settings: Settings; readonly env: Env } | undefined
let engineIsAlive: (() => boolean) | undefined
let inFlight = 0

/** Without its engine the process sends nothing more, so it waits for nothing but the answers to what it has sent. */
const leaveWhenAnswered = (): void => {
  if (inFlight === 0) process.exit(1)
}

const counted =
  (fetch: Fetch): Fetch =>
  (request) =>
  async () => {
    inFlight += 1
    try {
      return await fetch(request)()
    } finally {
      inFlight -= 1
      // What follows from the answer comes first: its lines in the logs.
      if (engineIsAlive?.() === false) setImmediate(leaveWhenAnswered)
    }
  }

/** The watch of the engine, begun once. */
const watched = (): (() => boolean) => (engineIsAlive ??= watchEngine(leaveWhenAnswered))

const settings = (): E.Either<ConfigError, Settings> =>
  settingsFrom({
    stack,
    environment: instance === undefined ? process.env : {},
    ...(instance === undefined ? {} : { instance })
  })

const env = (): E.Either<ConfigError, Env> =>
  held === undefined
    ? pipe(
        settings(),
        E.map((current) => {
          const live = liveEnv(current, { engineIsAlive: watched(), warn, run: runOfTheEnvironment() })
          held = { settings: current, env: { ...live, fetch: counted(live.fetch) } }
          return held.env
        })
      )
    : E.right(held.env)

const raise = (subject: Subject, error: ProviderError): HostError =>
  new HostError(errorText({ ...subject, ...ofInstance() }, error, false, now()))

const ofInstance = (): Partial<Subject> => (instance === undefined ? {} : { instance })

/** Runs a program; its error is thrown, in words. */
const run = async <A>(subject: Subject, program: Program<A>): Promise<A> => {
  const capabilities = env()
  if (E.isLeft(capabilities)) throw raise(subject, capabilities.left)
  const result = await program(capabilities.right)()
  if (E.isLeft(result)) throw raise(subject, result.left)
  return result.right
}

/** The outputs of a write; a write with a fault is thrown, with everything that the engine needs to keep the thing. */
const outputs = ({ id, state, fault, subject }: Outcome, inputs: Properties): Properties => {
  if (O.isNone(fault)) return state
  const text = errorText({ ...subject, ...ofInstance() }, fault.value, true, now())
  // The server does not add the provider's text here, and without it the next read or delete finds no code.
  throw new InitFailed(text, id, { ...state, [providerKey]: inputs[providerKey] }, [whole(text)])
}

/** The provider of a resource. */
const hosted = (resource: Resource): DynamicProvider => ({
  // Everything before the first await runs at once: the server hands the provider to parallel calls before it awaits this.
  configure: async (request) => {
    const given = {
      stack: Object.fromEntries(settingKeys.map((key) => [key, request.config.get(`${configNamespace}:${key}`)])),
      instance: request.config.get(instanceKey)
    }
    // It is called once for every resource type, with the same configuration: limits and names are those of the process.
    if (!sameJson(given, { stack, instance })) held = undefined
    ;({ stack, instance } = given)
    watched()
    return Promise.resolve()
  },

  check: async (olds, news) => {
    const { inputs, failures } = resource.check(own(olds), own(news), settings())
    // A failure that names a property makes the engine print its value, secrets too.
    return Promise.resolve({ inputs, failures: failures.map((reason) => ({ property: '', reason })) })
  },

  diff: async (id, olds, news) => {
    const difference = resource.diff(id, own(olds), own(news))
    if (E.isLeft(difference)) throw raise(difference.left.subject, difference.left.error)
    return Promise.resolve(difference.right)
  },

  create: async (inputs) => {
    const { subject, program } = resource.create(own(inputs))
    const written = await run(subject, program)
    return { id: written.id, outs: outputs(written, inputs) }
  },

  read: async (id, properties) => {
    const { subject, program } = resource.read(id, own(properties))
    const found = await run(subject, program)
    return O.isNone(found) ? {} : { id: resource.canonicalId(id), props: found.value.state, inputs: found.value.inputs }
  },

  update: async (id, olds, news) => {
    const { subject, program } = resource.update(id, own(olds), own(news))
    return { outs: outputs(await run(subject, program), news) }
  },

  delete: async (id, properties) => {
    const { subject, program } = resource.remove(id, own(properties))
    await run(subject, program)
  }
})

/**
 * The provider of `SipConnection`, as the constant text of the resource loads it:
 * `exports.handler = () => require("pulumi-audiocodes-live/dynamic").sipConnection;`
 */
export const sipConnection = hosted(resources.sipConnection)
