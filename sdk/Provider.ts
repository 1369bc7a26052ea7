import * as pulumi from '@pulumi/pulumi'
import { type SettingKey, configNamespace, instanceKey, settingKeys, settingSpecs } from '../provider/Settings'

type Value<K extends SettingKey> = K extends
  | 'requestTimeout'
  | 'programTimeout'
  | 'operationTimeout'
  | 'pollInterval'
  | 'maxRetries'
  | 'requestsPerSecond'
  | 'writesPerSbc'
  ? number
  : K extends 'readOnly'
    ? boolean
    : K extends 'clearWith'
      ? 'empty' | 'null'
      : K extends 'siteIdPlacement'
        ? 'path' | 'query' | 'body'
        : K extends 'modifyBody'
          ? 'fields' | 'scriptParameters'
          : K extends 'licenseBody'
            ? 'upgradeToLicense' | 'licenseType'
            : K extends 'siteLocationShape'
              ? 'array' | 'object'
              : K extends 'preflight'
                ? 'off' | 'warn' | 'fail'
                : K extends 'movedFrom'
                  ? string | ReadonlyArray<string>
                  : string

/**
 * Configuration of an explicit provider instance: the keys of the stack config, with the same meaning, units and defaults. Values may be
 * outputs. It reads neither the stack config nor the environment.
 */
export type ProviderArgs = { readonly [K in SettingKey]?: pulumi.Input<Value<K>> } & {
  readonly baseUrl: pulumi.Input<string>
}

/** What an instance is configured with, for the lookups of the program: texts by plain key. */
export interface InstanceConfiguration {
  readonly name: string
  readonly values: pulumi.Output<Readonly<Record<string, string>>>
}

/** Known to every copy of this package, since a library may bring its own. */
const configurationKey = Symbol.for('pulumi-audiocodes-live:configuration')

/** The configuration of an instance; `undefined` for a provider of another kind. */
export const configurationOf = (provider: unknown): InstanceConfiguration | undefined =>
  (provider as { readonly [configurationKey]?: InstanceConfiguration } | undefined)?.[configurationKey]

/** The engine takes texts only; an empty one counts as not given. */
const asText = (value: string | number | boolean | ReadonlyArray<string> | undefined): string =>
  value === undefined ? '' : typeof value === 'object' ? value.join(',') : String(value)

/**
 * An explicit provider instance, for programs that work with more than one platform or account: it has its own process, credentials and
 * limits. Secrets among its values are marked by the class.
 *
 * @example
 * import * as pulumi from '@pulumi/pulumi'
 * import * as live from 'pulumi-audiocodes-live'
 *
 * const eu = new live.Provider('eu', {
 *   baseUrl: 'https://eu.live.example.net/tenantui',
 *   accessToken: new pulumi.Config().requireSecret('euToken'),
 *   requestsPerSecond: 2
 * })
 * const branch = new live.SipConnection(
 *   'branch-07',
 *   {
 *     customerGuid: '11111111-1111-1111-1111-111111111111',
 *     siteName: 'branch-07',
 *     sbcId: 3,
 *     sbcScripts: { onboardingScript: 12001, cleanupScript: 12002 }
 *   },
 *   { provider: eu }
 * )
 * export const site = branch.siteGuid
 */
export class Provider extends pulumi.ProviderResource {
  /**
   * @param name name of the instance, which messages about its configuration use
   * @param args its configuration
   * @param opts options of the engine
   */
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    const stray = Object.keys(args).filter((key) => !settingKeys.includes(key as SettingKey))
    if (stray.length > 0) {
      throw new pulumi.RunError(
        `Provider "${name}": unknown ${stray.join(', ')}; the keys are ${settingKeys.join(', ')}.`
      )
    }
    const texts = settingKeys.flatMap((key): ReadonlyArray<readonly [SettingKey, pulumi.Output<string>]> => {
      const value: pulumi.Input<Value<SettingKey>> | undefined = args[key]
      return value === undefined ? [] : [[key, pulumi.output(value).apply(asText)]]
    })
    const properties = texts.map(([key, text]): readonly [string, pulumi.Output<string>] => [
      `${configNamespace}:${key}`,
      settingSpecs[key].secret ? pulumi.secret(text) : text
    ])
    super('pulumi-nodejs', name, { ...Object.fromEntries(properties), [instanceKey]: name }, opts)
    const configuration: InstanceConfiguration = { name, values: pulumi.all(Object.fromEntries(texts)) }
    Object.defineProperty(this, configurationKey, { value: configuration })
  }
}
