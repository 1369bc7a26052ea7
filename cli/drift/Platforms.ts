import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { settingsFrom } from '../../provider/Config'
import type { Env } from '../../provider/Env'
import { type ProviderError, configError } from '../../provider/Errors'
import { liveEnv } from '../../provider/Live'
import { configNamespace, instanceKey, settingKeys } from '../../provider/Settings'
import { readingOnly } from '../state/ReadingOnly'
import { reveal } from '../state/Reveal'
import type { Ours, Resource } from '../state/StackExport'

/** The capabilities to read with, one set for each provider instance of the state. */

type Values = Readonly<Record<string, unknown>>

/** The settings among namespaced values, by their plain keys. */
const settingsIn = (values: Values): Readonly<Record<string, string>> =>
  Object.fromEntries(
    settingKeys.flatMap((key) => {
      const value = values[`${configNamespace}:${key}`]
      return typeof value === 'string' ? [[key, value]] : []
    })
  )

const envOf = (
  sources: Parameters<typeof settingsFrom>[0],
  warn: (text: string) => void
): E.Either<ProviderError, Env> =>
  pipe(
    settingsFrom(sources),
    E.map((settings) => liveEnv(readingOnly(settings), { engineIsAlive: () => true, warn, run: {} }))
  )

/** An explicit instance has its configuration in the state, and nowhere else. */
const ofInstance = (instance: string, inputs: Values, warn: (text: string) => void): E.Either<ProviderError, Env> => {
  const { properties, encrypted } = reveal(inputs)
  return encrypted.length > 0
    ? E.left(
        configError(
          `The configuration of the provider instance "${instance}" is encrypted in this export (${encrypted.join(', ')}): run with --show-secrets, or give an export that was made with it.`
        )
      )
    : envOf({ stack: settingsIn(properties), environment: {}, instance }, warn)
}

/**
 * Which capabilities a resource of the state is read with.
 *
 * @param stack the stack config by namespaced key
 */
export const platforms = (
  { providerOf }: Ours,
  stack: Readonly<Record<string, string>>,
  environment: Readonly<Partial<Record<string, string>>>,
  warn: (text: string) => void
): ((resource: Resource) => E.Either<ProviderError, Env>) => {
  const known = new Map<string, E.Either<ProviderError, Env>>()
  return (resource) => {
    const inputs = providerOf(resource) ?? {}
    const given = inputs[instanceKey]
    const instance = typeof given === 'string' && given !== '' ? given : undefined
    // Two instances may have one name and be different resources (below different parents).
    const key = instance === undefined ? '' : (resource.provider ?? '')
    const found =
      known.get(key) ??
      (instance === undefined
        ? envOf({ stack: settingsIn(stack), environment }, warn)
        : ofInstance(instance, inputs, warn))
    known.set(key, found)
    return found
  }
}
