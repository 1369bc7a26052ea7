import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import { type Sources, settingsFrom } from './Config'
import type { Env, Fetch, Program } from './Env'
import { type ErrorText, type Subject, errorText } from './ErrorText'
import type { ConfigError, ProviderError } from './Errors'
import { sameJson } from './Json'
import { liveEnv, now } from './Live'
import type { Outcome, Properties } from './Resource'
import type { Settings } from './Settings'
import { watchEngine } from './live/EngineWatch'
import { growSlowly } from './live/Heap'
import { environment, runForTheReport, runOfTheEnvironment } from './live/Run'

/**
 * What every host of the core has: one configuration and one set of capabilities, for the process belongs to one provider instance; the watch
 * of its engine; and the words of an error. A host adds the shapes of its engine, and no rule of the lifecycle.
 */

/** The configuration as the engine hands it over. */
export interface Given {
  /** Values by plain key. */
  readonly stack: Sources['stack']
  /** Name of the explicit provider instance, which reads no environment. */
  readonly instance: string | undefined
}

/** What one host has of its own. */
export interface Own {
  /** Shows a notice to the person who runs the program. */
  readonly warn: (text: string) => void
  /** What becomes of every request. Default: it is sent. */
  readonly around?: (fetch: Fetch) => Fetch
}

/** A write that took effect and ended with a fault: the thing exists, so that the engine must keep its id and state. */
export interface Kept {
  readonly text: ErrorText
  readonly id: string
  readonly state: Properties
}

/** The core in a process of an engine. */
export interface Host {
  /** May be called again and again: only another configuration makes another set of capabilities. */
  readonly configure: (given: Given) => void
  readonly settings: () => E.Either<ConfigError, Settings>
  readonly env: () => E.Either<ConfigError, Env>
  readonly instance: () => string | undefined
  /** False once the engine is gone. */
  readonly engineIsAlive: () => boolean
  /** Notes that a refresh has read a thing: the engine compares it next, to show what was found. */
  readonly noteRead: (id: string) => void
  /** Whether this comparison is that of a refresh; a read is followed by one. */
  readonly isOfRefresh: (id: string) => boolean
  /** An error in words. */
  readonly failure: (subject: Subject, error: ProviderError) => ErrorText
  /** Runs a program. `adapted`: the capabilities for this one run. */
  readonly run: <A>(
    subject: Subject,
    program: Program<A>,
    adapted?: (env: Env) => Env
  ) => Promise<E.Either<ErrorText, A>>
  /** The outputs of a write, or its fault. */
  readonly outputs: (outcome: Outcome) => E.Either<Kept, Properties>
}

/** The host of this process. */
export const processHost = ({ warn, around }: Own): Host => {
  growSlowly()
  let given: Given = { stack: {}, instance: undefined }
  let held: Env | undefined
  let engineIsAlive: (() => boolean) | undefined
  let inFlight = 0
  const justRead = new Set<string>()

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
      stack: given.stack,
      environment: given.instance === undefined ? environment() : {},
      ...ofInstance()
    })

  const ofInstance = (): { readonly instance?: string } =>
    given.instance === undefined ? {} : { instance: given.instance }

  const env = (): E.Either<ConfigError, Env> =>
    held === undefined
      ? pipe(
          settings(),
          E.map((current) => {
            const live = liveEnv(current, {
              engineIsAlive: watched(),
              warn,
              run: runOfTheEnvironment(),
              reportedRun: runForTheReport(),
              ...ofInstance(),
              ...(around === undefined ? {} : { around })
            })
            held = { ...live, fetch: counted(live.fetch) }
            return held
          })
        )
      : E.right(held)

  const failure = (subject: Subject, error: ProviderError, kept = false): ErrorText =>
    errorText({ ...subject, ...ofInstance() }, error, kept, now())

  return {
    configure: (next) => {
      if (!sameJson(next, given)) held = undefined
      given = next
      watched()
    },
    settings,
    env,
    instance: () => given.instance,
    engineIsAlive: () => watched()(),
    noteRead: (id) => {
      justRead.add(id)
    },
    isOfRefresh: (id) => justRead.delete(id),
    failure: (subject, error) => failure(subject, error),
    run: async (subject, program, adapted = (plain) => plain) => {
      const capabilities = env()
      if (E.isLeft(capabilities)) return E.left(failure(subject, capabilities.left))
      const result = await program(adapted(capabilities.right))()
      return E.isLeft(result) ? E.left(failure(subject, result.left)) : result
    },
    outputs: ({ id, state, fault, subject }) =>
      O.isNone(fault) ? E.right(state) : E.left({ text: failure(subject, fault.value, true), id, state })
  }
}
