import * as pulumi from '@pulumi/pulumi'
import { configNamespace, settingKeys, settingSpecs } from '../../provider/Settings'
import type { ArgsOf, CallName, ResultOf } from '../../provider/lookups/Calls'
import type * as Host from '../../provider/lookups/program'
import type { Inputs } from '../Inputs'
import { type Provider, configurationOf } from '../Provider'

/** Options of a lookup. */
export interface LookupOptions {
  /**
   * The provider instance whose platform is asked: its own arguments count, and nothing else. Default: what the stack config
   * (`audiocodes-live:`) and the environment say.
   */
  readonly provider?: Provider
}

type Sources = Host.Asked['sources']

/** Loaded by the first lookup: a program without one has no use for it, and it would delay every run. */
const host = (): typeof Host => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../../provider/lookups/program') as typeof Host
}

/** For programs that no engine runs. */
const noRun = {}

/** The run of the program. One process may see several (Automation API), and what one has read is old for the next. */
export const run = (): object => pulumi.runtime.getStackResource() ?? noRun

const warn = (text: string): void => {
  void pulumi.log.warn(text)
}

/** A text and nothing else: Pulumi prints no stack for this error. */
export const complaint = (text: string): pulumi.RunError => {
  const error = new pulumi.RunError(text)
  error.stack = text
  return error
}

const complaints = new WeakMap<object, Map<string, pulumi.RunError>>()

/**
 * The error of a failed lookup. Pulumi prints an error object once, so those who ask the same and fail alike get the same one: a wrong name
 * in 200 connections is one message. The last line, with the time, does not count.
 */
const failure = (ofRun: object, text: string): pulumi.RunError => {
  const made: Map<string, pulumi.RunError> = complaints.get(ofRun) ?? new Map<string, pulumi.RunError>()
  complaints.set(ofRun, made)
  const key = text.slice(0, text.lastIndexOf('\n'))
  const error = made.get(key) ?? complaint(text)
  made.set(key, error)
  return error
}

/** Where the configuration comes from: an instance, or the stack and the environment. */
export interface Origin {
  readonly instance?: string
  /** What the instance is given. That it holds a token makes no secret of what is found with it. */
  readonly values?: pulumi.Output<Readonly<Record<string, string>>>
}

/** `undefined`: a provider of another kind, whose configuration is not known. */
export const originAt = (provider: pulumi.ProviderResource | undefined): Origin | undefined => {
  if (provider === undefined) return {}
  const configuration = configurationOf(provider)
  return configuration === undefined
    ? undefined
    : { instance: configuration.name, values: pulumi.unsecret(configuration.values) }
}

const originOf = (call: CallName, { provider }: LookupOptions): Origin => {
  const origin = originAt(provider)
  if (origin === undefined) throw complaint(`${call}: the option "provider" takes a live.Provider.`)
  return origin
}

export const sourcesFrom = ({ instance }: Origin, values: Readonly<Record<string, string>>): Sources =>
  instance === undefined
    ? {
        stack: Object.fromEntries(
          settingKeys.map((key) => [key, pulumi.runtime.getConfig(`${configNamespace}:${key}`)])
        ),
        environment: Object.fromEntries(
          settingKeys.map((key) => [settingSpecs[key].env, process.env[settingSpecs[key].env]])
        )
      }
    : { stack: values, environment: {}, instance }

const answer = async <K extends CallName>(asked: Omit<Host.Asked, 'warn'>): Promise<ResultOf<K>> => {
  const answered = await host().lookUp({ ...asked, warn })
  if ('failed' in answered) throw failure(asked.run, answered.failed)
  // The call decodes to this type.
  return answered.value as ResultOf<K>
}

/** What the engine's SDK keeps of an output beside its documented methods: whether it is known, and its value. */
export interface Settling<T> {
  readonly isKnown: Promise<boolean>
  /** @param withUnknowns whether what is not known stands in it as `unknown`; else there is nothing in its place */
  readonly promise: (withUnknowns?: boolean) => Promise<T>
}

/** The value of an output that is known. A callback of `apply` would never be called for another, and the program would wait for it. */
const known = async <T>(output: pulumi.Output<T>, unknown: string): Promise<T> => {
  const settling = output as unknown as Settling<T>
  const [isKnown, value] = await Promise.all([settling.isKnown, settling.promise()])
  if (!isKnown) throw complaint(unknown)
  return value
}

/** A program in JavaScript may give anything; the check of the arguments says so. */
const outputsAmong = (args: object | null | undefined): ReadonlyArray<string> =>
  Object.entries(args ?? {}).flatMap(([name, value]) => (pulumi.Output.isInstance(value) ? [name] : []))

/** A lookup whose arguments are plain values. */
export const promised = async <K extends CallName>(
  call: K,
  args: ArgsOf<K>,
  options: LookupOptions
): Promise<ResultOf<K>> => {
  const later = `use ${call}Output in its place`
  const outputs = outputsAmong(args)
  if (outputs.length > 0) throw complaint(`${call}: ${outputs.join(', ')} is an output of a resource; ${later}.`)
  const current = run()
  const origin = originOf(call, options)
  const values =
    origin.values === undefined
      ? {}
      : await known(
          origin.values,
          `${call}: the configuration of the provider instance is not known in this preview; ${later}.`
        )
  return answer<K>({ call, args, sources: sourcesFrom(origin, values), run: current, isSecret: false })
}

/** A lookup whose arguments may be outputs: unknown ones make an unknown result, secret ones a secret result. */
export const output = <K extends CallName>(
  call: K,
  args: Inputs<ArgsOf<K>>,
  options: LookupOptions
): pulumi.Output<ResultOf<K>> => {
  const current = run()
  const origin = originOf(call, options)
  const given = pulumi.output(args as pulumi.Input<object>)
  const result = pulumi.all([given, origin.values ?? pulumi.output({})]).apply(async ([known, values]) =>
    answer<K>({
      call,
      args: known,
      sources: sourcesFrom(origin, values),
      run: current,
      isSecret: await pulumi.isSecret(given)
    })
  )
  return result as unknown as pulumi.Output<ResultOf<K>>
}
