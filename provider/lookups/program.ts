import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { type Sources, settingsFrom } from '../Config'
import type { Env } from '../Env'
import { errorText, whole } from '../ErrorText'
import type { ConfigError, ProviderError } from '../Errors'
import { plainJson } from '../Json'
import { liveEnv, now } from '../Live'
import { operation } from '../Operations'
import { scrubber } from '../Secrets'
import { type Call, type CallName, calls } from './Calls'
import { argumentsFrom } from './Arguments'

/**
 * The host of the lookups: a Pulumi program, whose process is not that of the provider. Where it differs from `dynamic.ts`: the program
 * hands its configuration over with every call, and nothing is written.
 */

/** A lookup as a program asks for it. */
export interface Asked {
  readonly call: CallName
  readonly args: unknown
  readonly sources: Sources
  /** The run of the program: reads are shared within one, and with no other. */
  readonly run: object
  /** Whether the arguments are secret: then they show in no text. */
  readonly isSecret: boolean
  /** Shows a notice to the person who runs the program. */
  readonly warn: (text: string) => void
}

/** What became of it: a plain value, or what a person is told. */
export type Answered = { readonly value: unknown } | { readonly failed: string }

/** One set of capabilities a run and configuration. Only memory holds the keys, which have secrets in them. */
const held = new WeakMap<object, Map<string, Env>>()

/** The capabilities for a configuration within a run. Who asks with the same ones shares all reads. */
export const envOf = ({ sources, run, warn }: Pick<Asked, 'sources' | 'run' | 'warn'>): E.Either<ConfigError, Env> =>
  pipe(
    settingsFrom(sources),
    E.map((settings) => {
      const envs: Map<string, Env> = held.get(run) ?? new Map<string, Env>()
      held.set(run, envs)
      const key = JSON.stringify(settings)
      // The audit log belongs to the process that writes. The program ends with its engine, and sends nothing that changes anything.
      const env =
        envs.get(key) ?? liveEnv({ ...settings, audit: undefined }, { engineIsAlive: () => true, warn, run: {} })
      envs.set(key, env)
      return env
    })
  )

/** All texts within a value. */
const textsIn = (value: unknown): ReadonlyArray<string> =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : []

/** `customerGuid("acme")`, `getTask(taskId: "tsk_1")`: so that the reader finds the place in the program. */
const described = (call: CallName, args: unknown): string => {
  const values = typeof args === 'object' && args !== null ? Object.entries(args) : []
  const shown = values
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`.slice(0, 200))
  return `${call}(${shown.join(', ')})`
}

/** What of a lookup its answer depends on, beside the capabilities. */
export interface Question extends Pick<Asked, 'call' | 'args' | 'isSecret'> {
  /** Name of the explicit provider instance, for messages. */
  readonly instance?: string
}

const failure = (asked: Question, error: ProviderError, secrets: ReadonlyArray<string>): Answered => {
  const { instance } = asked
  const subject = {
    kind: 'lookup' as const,
    lookup: described(asked.call, asked.args),
    ...(instance === undefined ? {} : { instance })
  }
  return { failed: scrubber(secrets)(whole(errorText(subject, error, false, now()))) }
}

/** Answers a lookup with these capabilities. It never rejects. */
export const answered = async (asked: Question, env: E.Either<ConfigError, Env>): Promise<Answered> => {
  const { args: codecs, program } = calls[asked.call] as unknown as Call<object, unknown>
  const secretArgs = asked.isSecret ? textsIn(asked.args) : []
  const args = argumentsFrom(codecs, asked.args)
  if (E.isLeft(args)) return failure(asked, args.left, secretArgs)
  if (E.isLeft(env)) return failure(asked, env.left, secretArgs)
  const result = await operation('lookup', secretArgs)(program(args.right))(env.right)()
  return E.isRight(result)
    ? { value: plainJson(result.right) }
    : failure(asked, result.left, [...secretArgs, ...env.right.tokens.secrets()])
}

/** Runs a lookup. It never rejects. */
export const lookUp = async (asked: Asked): Promise<Answered> => {
  const { call, args, isSecret, sources } = asked
  return answered(
    { call, args, isSecret, ...(sources.instance === undefined ? {} : { instance: sources.instance }) },
    envOf(asked)
  )
}
