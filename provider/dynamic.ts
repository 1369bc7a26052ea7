import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import { type Sources, settingsFrom } from './Config'
import type { Env, Fetch, Program } from './Env'
import { type ErrorText, type Subject, errorText, whole } from './ErrorText'
import type { ConfigError, ProviderError } from './Errors'
import { plainJson, sameJson } from './Json'
import { liveEnv, now } from './Live'
import { withSecretMarks } from './SecretMarks'
import { type Settings, configNamespace, instanceKey, settingKeys } from './Settings'
import { watchEngine } from './live/EngineWatch'
import { type SipConnectionArgs, secretKeys } from './sip-connection/Args'
import { check } from './sip-connection/Check'
import { diff } from './sip-connection/Diff'
import * as SipConnection from './sip-connection/SipConnection'
import { type FoundState, stateFrom } from './sip-connection/State'
import type { Written } from './sip-connection/Written'

/**
 * The dynamic host: what Pulumi's dynamic-provider process loads through the constant text of the resource. It turns the engine's
 * calls into programs and their results into the engine's shapes; no rule of the lifecycle stands here.
 */

/** Properties as the engine sends them. */
export type Properties = Readonly<Record<string, unknown>>

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

/** The properties without the text of the provider, and without nulls, which mean "not declared". */
const own = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).filter(([key, value]) => key !== providerKey && value !== null && value !== undefined)
  )

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

/** A connection that exists although its write failed: the engine keeps id and properties, and reports the reasons. */
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

const subjectOf = (kind: Subject['kind'], of: Partial<SipConnectionArgs>, siteGuid?: string): Subject => ({
  kind,
  ...(of.customerGuid === undefined ? {} : { customerGuid: of.customerGuid }),
  ...(of.siteName === undefined ? {} : { siteName: of.siteName }),
  ...(of.sbcId === undefined ? {} : { sbcId: of.sbcId }),
  ...(siteGuid === undefined ? {} : { siteGuid })
})

/** A state in this version's shape; that of a newer version is an error. */
const stateOf = (kind: Subject['kind'], id: string, properties: Properties): FoundState => {
  const state = stateFrom(own(properties))
  if (E.isLeft(state)) throw raise({ kind, siteGuid: id }, state.left)
  // An import file may hold ids as the portal shows them.
  const { customerGuid } = state.right
  return customerGuid === undefined ? state.right : { ...state.right, customerGuid: customerGuid.toLowerCase() }
}

/** An object as properties, its secrets marked. Plain JSON, since the server drops the whole answer at one `undefined`. */
const asProperties = (value: object): Properties => withSecretMarks(plainJson(value) as Properties, secretKeys)

/** The outputs of a write; a write with a fault is thrown, with everything that the engine needs to keep the connection. */
const outputs = (subject: Subject, { siteGuid, state, fault }: Written, inputs: Properties): Properties => {
  if (O.isNone(fault)) return asProperties(state)
  const text = errorText({ ...subject, ...ofInstance(), siteGuid }, fault.value, true, now())
  // The server does not add the provider's text here, and without it the next read or delete finds no code.
  const properties = { ...asProperties(state), [providerKey]: inputs[providerKey] }
  throw new InitFailed(text, siteGuid, properties, [whole(text)])
}

/**
 * The provider of `SipConnection`, as the constant text of the resource loads it:
 * `exports.handler = () => require("pulumi-audiocodes-live/dynamic").sipConnection;`
 */
export const sipConnection: DynamicProvider = {
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
    const { inputs, failures } = check(own(olds), own(news), settings())
    // A failure that names a property makes the engine print its value, secrets too.
    return Promise.resolve({
      inputs: asProperties(inputs),
      failures: failures.map((reason) => ({ property: '', reason }))
    })
  },

  diff: async (id, olds, news) => Promise.resolve(plainJson(diff(stateOf('read', id, olds), own(news)))),

  create: async (inputs) => {
    const args = own(inputs) as unknown as SipConnectionArgs
    const subject = subjectOf('create', args)
    const written = await run(subject, SipConnection.create(args))
    return { id: written.siteGuid, outs: outputs(subject, written, inputs) }
  },

  read: async (given, properties) => {
    const id = given.toLowerCase()
    const state = stateOf('read', id, properties)
    const found = await run(subjectOf('read', state, id), SipConnection.read(id, state))
    return O.isNone(found)
      ? {}
      : { id, props: asProperties(found.value.state), inputs: asProperties(found.value.inputs) }
  },

  update: async (given, olds, news) => {
    const id = given.toLowerCase()
    const args = own(news) as unknown as SipConnectionArgs
    const subject = subjectOf('update', args, id)
    const written = await run(subject, SipConnection.update(id, stateOf('update', id, olds), args))
    return { outs: outputs(subject, written, news) }
  },

  delete: async (given, properties) => {
    const id = given.toLowerCase()
    const state = stateOf('delete', id, properties)
    await run(subjectOf('delete', state, id), SipConnection.remove(id, state))
  }
}
