import * as E from 'fp-ts/Either'
import { type Sources, settingsFrom } from '../../provider/Config'
import type { ConfigError } from '../../provider/Errors'
import {
  type Credentials,
  type SettingKey,
  type Settings,
  configNamespace,
  settingKeys,
  settingSpecs
} from '../../provider/Settings'
import { stackConfig } from '../state/Pulumi'
import { lineOf, messageOf } from '../report/Values'
import { type Finding, finding } from './Finding'

/** Where the configuration comes from. */
export interface Given {
  readonly sources: Sources
  /** Keys of the stack config below our namespace that do not exist. */
  readonly unknown: ReadonlyArray<string>
  /** Why no stack config was read, in one line. */
  readonly noStack?: string
}

type Environment = Sources['environment']

/** The first line of what came of `pulumi`, without the remedy that belongs to another command. */
const whyIn = (said: string): string => (said.split('\n')[0] ?? '').replace(/: install it, or give .*$/, '')

/** The stack config (of the selected stack, when none is named) and the environment. Without a stack the environment does. */
export const given = async (stack: string | undefined, environment: Environment): Promise<Given> => {
  try {
    const config = Object.entries(await stackConfig(stack))
    const own = config.flatMap(([name, value]) =>
      name.startsWith(`${configNamespace}:`) ? [[name.slice(configNamespace.length + 1), value] as const] : []
    )
    const isKey = (key: string): boolean => settingKeys.some((each) => each === key)
    return {
      sources: { stack: Object.fromEntries(own.filter(([key]) => isKey(key))), environment },
      unknown: own.map(([key]) => key).filter((key) => !isKey(key))
    }
  } catch (cause) {
    // A stack that was named must be there.
    if (stack !== undefined) throw cause
    const said = cause instanceof Error ? cause.message : String(cause)
    return { sources: { stack: {}, environment }, unknown: [], noStack: messageOf(whyIn(said)) }
  }
}

/** The keys that the credentials in use are made of. */
const usedKeys = (credentials: Credentials): ReadonlyArray<SettingKey> =>
  credentials._tag === 'Token'
    ? ['accessToken']
    : [
        'tenantId',
        'clientId',
        'scope',
        'tokenUrl',
        credentials.proof._tag === 'Secret' ? 'clientSecret' : 'clientAssertionFile'
      ]

const isGiven = (value: string | undefined): value is string => value !== undefined && value.trim() !== ''

/** The places that give a value for a key, the one that decides first. */
const placesOf = ({ stack, environment }: Sources, key: SettingKey): ReadonlyArray<readonly [string, string]> => {
  const { env, credential } = settingSpecs[key]
  const [config, variable] = [stack[key], environment[env]]
  const both = [
    ...(isGiven(config) ? [['stack config', config] as const] : []),
    ...(isGiven(variable) ? [[`environment: ${env}`, variable] as const] : [])
  ]
  return credential ? both.reverse() : both
}

const shownValue = (key: SettingKey, value: string): string =>
  settingSpecs[key].secret ? '(secret, not shown)' : lineOf(value.trim())

/** One line for each key that has a value: the value, unless it is secret, and where it comes from. */
const lines = (sources: Sources, credentials: Credentials | undefined): ReadonlyArray<string> =>
  settingKeys.flatMap((key) => {
    const [first, ...others] = placesOf(sources, key)
    if (first === undefined) return []
    const [place, value] = first
    const idle = settingSpecs[key].credential && credentials !== undefined && !usedKeys(credentials).includes(key)
    const also = others.map(([other]) => `, and not from ${other}`).join('')
    return [
      idle
        ? `${key}: given (${place}) and not used, since other credentials are`
        : `${key}: ${shownValue(key, value)} (${place}${also})`
    ]
  })

const unknownVariables = (environment: Environment): ReadonlyArray<string> =>
  Object.keys(environment).filter(
    (name) => /^AUDIOCODES_LIVE_/.test(name) && !settingKeys.some((key) => settingSpecs[key].env === name)
  )

/** The variable that the local simulator of this repository goes by; it is no setting. */
const known = ['AUDIOCODES_LIVE_SIMULATOR_PORT']

/** The check, and the settings where it went well. */
export const checkConfiguration = ({
  sources,
  unknown,
  noStack
}: Given): readonly [Finding, E.Either<ConfigError, Settings>] => {
  const found = finding('way', 'configuration')
  const settings = settingsFrom(sources)
  const where = noStack === undefined ? [] : [`no stack config was read, only the environment: ${noStack}`]
  const shown = lines(sources, E.isRight(settings) ? settings.right.credentials : undefined)
  const details = [...shown, ...where]
  if (E.isLeft(settings)) {
    const [fault = '', ...remedy] = settings.left.text.split('; ')
    return [
      found('failed', fault, {
        details,
        next: remedy.length === 0 ? 'correct the configuration' : remedy.join('; ').replace(/\.$/, '')
      }),
      settings
    ]
  }
  const odd = [
    ...unknown.map((key) => `${configNamespace}:${lineOf(key)}`),
    ...unknownVariables(sources.environment).filter((name) => !known.includes(name))
  ]
  return [
    odd.length > 0
      ? found('warning', `there is no setting ${odd.join(', ')}`, {
          details,
          next: 'correct the name, or remove it: it has no effect'
        })
      : found('ok', `${shown.length} keys are set, the others have their defaults`, { details }),
    settings
  ]
}
