import { type SettingKey, type Settings, configNamespace, settingSpecs } from '../../provider/Settings'
import { version } from '../../provider/version'
import type { Importable } from './Named'
import { cleaned } from './Names'

/** The files around the program. */

/** Name of the project, after that of its folder. */
export const projectName = (folder: string): string => cleaned(folder) || 'sip-connections'

/** Settings that steer what is sent; the others are matters of the run. */
const steering = [
  'siteIdPlacement',
  'modifyBody',
  'clearWith',
  'sbcDevicesPath'
] as const satisfies ReadonlyArray<SettingKey>

const configOf = (settings: Settings): ReadonlyArray<readonly [string, string]> => [
  ['baseUrl', settings.baseUrl],
  ...steering.flatMap((key): ReadonlyArray<readonly [string, string]> => {
    const value = settings[key]
    return value === undefined || value === settingSpecs[key].fallback ? [] : [[key, value]]
  })
]

/** `Pulumi.yaml`: JSON texts are YAML too. */
export const pulumiYaml = (name: string, settings: Settings): string =>
  [
    `name: ${name}`,
    `description: ${JSON.stringify(`SIP connections of ${settings.baseUrl}`)}`,
    'runtime: nodejs',
    'config:',
    ...configOf(settings).map(([key, value]) => `  ${configNamespace}:${key}: ${JSON.stringify(value)}`),
    ''
  ].join('\n')

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export const packageJson = (name: string): string =>
  json({
    name,
    private: true,
    main: 'index.ts',
    dependencies: { '@pulumi/pulumi': '^3.216.0', 'pulumi-audiocodes-live': `^${version}` },
    devDependencies: { '@types/node': '^20', typescript: '^5' }
  })

export const tsconfigJson: string = json({
  compilerOptions: {
    strict: true,
    target: 'ES2022',
    module: 'Node16',
    moduleResolution: 'Node16',
    skipLibCheck: true,
    forceConsistentCasingInFileNames: true,
    noEmit: true
  },
  include: ['index.ts', 'customers']
})

/** What holds secrets in clear is not committed. */
export const gitignore = ['node_modules/', 'import.json', 'secrets.sh', ''].join('\n')

const quoted = (text: string): string => `'${text.replace(/'/g, `'\\''`)}'`

/**
 * A script that makes the secrets part of the stack's configuration. Each value goes through standard input, since the arguments of a
 * command can be seen by other users of the machine.
 */
export const secretsScript = (connections: ReadonlyArray<Pick<Importable, 'secrets'>>): string | undefined => {
  const secrets = connections.flatMap((each) => each.secrets)
  if (secrets.length === 0) return undefined
  return [
    '#!/bin/sh',
    '# Holds secrets in clear: do not commit it, and remove it when it has run. Arguments, e.g. --stack, are those of the command.',
    'set -eu',
    'cd "$(dirname "$0")"',
    'set_secret() {',
    '  key=$1 value=$2',
    '  shift 2',
    // --raw keeps line ends.
    '  printf %s "$value" | pulumi config set --secret --raw "$@" "$key"',
    '}',
    ...secrets.map(({ key, value }) => `set_secret ${quoted(key)} ${quoted(value)} "$@"`),
    ''
  ].join('\n')
}
