import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { type ConfigError, configError } from './Errors'
import {
  type Credentials,
  type SettingKey,
  type Settings,
  configNamespace,
  settingKeys,
  settingSpecs
} from './Settings'

/**
 * Where values come from. `stack` holds plain keys (`baseUrl`), `environment` the variables of the process.
 * An explicit provider instance has no environment.
 */
export interface Sources {
  readonly stack: Readonly<Partial<Record<string, string>>>
  readonly environment: Readonly<Partial<Record<string, string>>>
  /** Name of an explicit provider instance, for messages. */
  readonly instance?: string
}

type Source = 'stack' | 'environment'
type Values = Readonly<Partial<Record<SettingKey, string>>>

const valuesOf = (sources: Sources, source: Source): Values =>
  Object.fromEntries(
    settingKeys.flatMap((key) => {
      const value = source === 'stack' ? sources.stack[key] : sources.environment[settingSpecs[key].env]
      return value === undefined || value.trim() === '' ? [] : [[key, value.trim()]]
    })
  )

/** How a key is called in a message: `audiocodes-live:baseUrl (or AUDIOCODES_LIVE_BASE_URL)`. */
const named = (sources: Sources, key: SettingKey): string =>
  sources.instance === undefined
    ? `${configNamespace}:${key} (environment: ${settingSpecs[key].env})`
    : `${key} of the provider instance "${sources.instance}"`

const howToSet = (sources: Sources, key: SettingKey, example: string): string =>
  sources.instance === undefined
    ? `set it with "pulumi config set ${settingSpecs[key].secret ? '--secret ' : ''}${configNamespace}:${key} ${example}" or in the environment variable ${settingSpecs[key].env}`
    : `give it to new live.Provider("${sources.instance}", { ${key}: … })`

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)

/** A base URL without a slash at its end; the message says what is wrong with another. */
export const parseUrl = (value: string): E.Either<string, string> => {
  if (!URL.canParse(value)) return E.left('expected a URL such as https://live.example.net/tenantui')
  const url = new URL(value)
  if (url.username !== '' || url.password !== '') return E.left('expected a URL without user name and password')
  if (url.search !== '' || url.hash !== '') return E.left('expected a URL without query and fragment')
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return E.left(
      'expected https; plain http is accepted for loopback addresses only, since it would carry the token in clear'
    )
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return E.left('expected an https URL')
  return E.right(`${url.origin}${url.pathname.replace(/\/+$/, '')}`)
}

/** Checks one text against its row of the table; the answer is the value in its own type. */
const parse = (key: SettingKey, value: string): E.Either<string, string | number | boolean | ReadonlyArray<string>> => {
  const kind = settingSpecs[key].kind
  switch (kind._tag) {
    case 'Token':
      return /^[\x21-\x7e]+$/.test(value)
        ? E.right(value)
        : E.left('expected a token of printable ASCII characters without blanks and line ends')
    case 'Text':
      return E.right(value)
    case 'Url':
      return parseUrl(value)
    case 'Urls':
      return pipe(
        value.split(',').map((part) => parseUrl(part.trim())),
        E.sequenceArray
      )
    case 'Flag':
      return value === 'true' || value === 'false' ? E.right(value === 'true') : E.left('expected true or false')
    case 'Choice':
      return kind.choices.includes(value) ? E.right(value) : E.left(`expected one of ${kind.choices.join(', ')}`)
    case 'Number': {
      const number = Number(value)
      const fits = Number.isFinite(number) && number >= kind.min && number <= kind.max
      return fits && (!kind.whole || Number.isInteger(number))
        ? E.right(number)
        : E.left(
            `expected ${kind.whole ? 'a whole number' : 'a number'} of ${kind.unit} from ${kind.min} to ${kind.max}`
          )
    }
  }
}

/** Which source decides a key: the environment for credentials, the stack config for the rest. */
const order = (key: SettingKey): readonly [Source, Source] =>
  settingSpecs[key].credential ? ['environment', 'stack'] : ['stack', 'environment']

const clientKeys = ['tenantId', 'clientId', 'clientSecret', 'clientAssertionFile', 'scope'] as const

const credentialsFrom = (sources: Sources, values: Values): E.Either<ConfigError, Credentials> => {
  const fail = (sentence: string): E.Either<ConfigError, Credentials> => E.left(configError(sentence))
  const missing = (key: SettingKey, why: string, example: string): E.Either<ConfigError, Credentials> =>
    fail(`Missing configuration ${named(sources, key)}: ${why}; ${howToSet(sources, key, example)}.`)
  const clientKey = clientKeys.find((key) => values[key] !== undefined)

  if (values.accessToken !== undefined) {
    return clientKey === undefined
      ? E.right({ _tag: 'Token', accessToken: values.accessToken })
      : fail(
          `Contradictory configuration: ${named(sources, 'accessToken')} excludes ${named(sources, clientKey)}; remove one of them.`
        )
  }
  if (values.clientId === undefined) {
    return clientKey === undefined
      ? missing('accessToken', 'no credentials are given', '<token>')
      : missing('clientId', `it is needed together with ${clientKey}`, '<application id>')
  }
  if (values.scope === undefined)
    return missing('scope', 'client credentials need it and it has no default', 'api://<application id>/.default')
  if (values.clientSecret !== undefined && values.clientAssertionFile !== undefined) {
    return fail(
      `Contradictory configuration: ${named(sources, 'clientSecret')} excludes ${named(sources, 'clientAssertionFile')}; remove one of them.`
    )
  }
  if (values.tokenUrl === undefined && values.tenantId === undefined)
    return missing('tenantId', 'the token endpoint is derived from it', '<tenant id>')
  const proof: Extract<Credentials, { _tag: 'Client' }>['proof'] | undefined =
    values.clientSecret !== undefined
      ? { _tag: 'Secret', clientSecret: values.clientSecret }
      : values.clientAssertionFile !== undefined
        ? { _tag: 'AssertionFile', file: values.clientAssertionFile }
        : undefined
  if (proof === undefined)
    return missing('clientSecret', 'client credentials need it, or clientAssertionFile in its place', '<secret>')
  return E.right({
    _tag: 'Client',
    tokenUrl:
      values.tokenUrl ??
      `https://login.microsoftonline.com/${encodeURIComponent(values.tenantId ?? '')}/oauth2/v2.0/token`,
    clientId: values.clientId,
    scope: values.scope,
    proof
  })
}

/** "Excludes" is judged within one source: the environment's credentials replace those of the stack as a whole. */
const credentialValues = (sources: Sources): Values => {
  const environment = valuesOf(sources, 'environment')
  const stack = valuesOf(sources, 'stack')
  const token = environment.accessToken !== undefined
  const client = clientKeys.some((key) => environment[key] !== undefined)
  if (token) return client ? environment : { accessToken: environment.accessToken }
  if (!client) return { ...stack, ...environment }
  const { accessToken, ...rest } = stack
  const proofGiven = environment.clientSecret !== undefined || environment.clientAssertionFile !== undefined
  const { clientSecret, clientAssertionFile, ...names } = rest
  return { ...(proofGiven ? names : rest), ...environment }
}

/**
 * The settings, from the stack config, the environment and the defaults, in the order of precedence that the table
 * gives to each key.
 *
 * @returns the settings, or one sentence that names the key, its environment variable and the remedy. It never holds a value.
 *
 * @example
 * import * as assert from 'node:assert'
 * import * as E from 'fp-ts/Either'
 * import { settingsFrom } from '../provider/Config'
 *
 * const settings = settingsFrom({
 *   stack: { baseUrl: 'https://live.example.net/tenantui/', accessToken: 'token' },
 *   environment: { AUDIOCODES_LIVE_MAX_RETRIES: '2' }
 * })
 * assert.ok(E.isRight(settings))
 * assert.strictEqual(settings.right.baseUrl, 'https://live.example.net/tenantui')
 * assert.strictEqual(settings.right.maxRetries, 2)
 */
export const settingsFrom = (sources: Sources): E.Either<ConfigError, Settings> => {
  const stack = valuesOf(sources, 'stack')
  const environment = valuesOf(sources, 'environment')
  const parsed: Partial<Record<SettingKey, unknown>> = {}
  for (const key of settingKeys) {
    const [first, second] = order(key)
    const all = { stack, environment }
    const value = all[first][key] ?? all[second][key] ?? settingSpecs[key].fallback
    if (value === undefined) continue
    const result = parse(key, value)
    if (E.isLeft(result)) return E.left(configError(`Invalid configuration ${named(sources, key)}: ${result.left}.`))
    parsed[key] = result.right
  }
  if (parsed.baseUrl === undefined) {
    return E.left(
      configError(
        `Missing configuration ${named(sources, 'baseUrl')}: the address of the platform; ${howToSet(sources, 'baseUrl', 'https://<host>/tenantui')}.`
      )
    )
  }
  const { accessToken, tenantId, clientId, clientSecret, clientAssertionFile, scope, tokenUrl, ...rest } = parsed
  return pipe(
    credentialsFrom(sources, credentialValues(sources)),
    // Every key has been checked against its row, whose kind is the type of the property.
    E.map((credentials) => ({ movedFrom: [], ...rest, credentials }) as unknown as Settings)
  )
}
