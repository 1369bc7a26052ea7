import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { configNamespace } from '../Settings'
import { configurationPart } from './Configuration'
import type { DeclaredField } from './Declared'
import { type Made, each, fault } from './Faults'
import { type DeclaredFunction, functionPart } from './Functions'
import { type DeclaredResource, resourcePart } from './Resources'
import type { NamedTypeSpec, PackageSpec } from './Spec'
import { tokenOf } from './Tokens'
import type { NamedType } from './Types'

/** All that the code says of itself: tables as it runs, names and docstrings from its sources. */
export interface Sources {
  readonly version: string
  readonly resources: ReadonlyArray<DeclaredResource>
  readonly functions: ReadonlyArray<DeclaredFunction>
  /** The fields of `Settings`. */
  readonly settings: ReadonlyArray<DeclaredField>
}

/** Names of the SDKs. `pulumi-audiocodes-live` itself is the package of the dynamic classes. */
const language = {
  nodejs: { packageName: 'pulumi-audiocodes-live-plugin', respectSchemaVersion: true },
  python: { packageName: 'pulumi_audiocodes_live', pyproject: { enabled: true }, respectSchemaVersion: true },
  go: {
    importBasePath: 'pulumi-audiocodes-live/sdk/go/audiocodeslive',
    modulePath: 'pulumi-audiocodes-live/sdk/go',
    respectSchemaVersion: true
  },
  csharp: { namespaces: { [configNamespace]: 'AudioCodesLive' }, respectSchemaVersion: true },
  java: { packages: { [configNamespace]: 'audiocodeslive' }, buildFiles: 'gradle' }
} as const

/** Each named type once, by token. Two types of one name would be one in every SDK. */
const typesOnce = (all: ReadonlyArray<NamedType>): Made<Readonly<Record<string, NamedTypeSpec>>> => {
  const byToken = new Map(all)
  return pipe(
    each(all, ([token, spec]) =>
      JSON.stringify(byToken.get(token)) === JSON.stringify(spec)
        ? E.right(undefined)
        : fault(token, 'two different types have this name')
    ),
    E.map(() => Object.fromEntries([...byToken].sort(([a], [b]) => (a < b ? -1 : 1))))
  )
}

/** The schema of the package, or all that keeps it from being made. */
export const packageSpec = ({ version, resources, functions, settings }: Sources): Made<PackageSpec> =>
  pipe(
    E.Do,
    E.bind('resources', () => each(resources, resourcePart)),
    E.bind('functions', () => each(functions, functionPart)),
    E.bind('configuration', () => configurationPart(settings)),
    E.bind('types', (parts) =>
      typesOnce([...parts.resources, ...parts.functions, parts.configuration].flatMap(({ types }) => types))
    ),
    E.map((made) => ({
      name: configNamespace,
      displayName: 'AudioCodes Live',
      version,
      description: 'SIP connections of the AudioCodes Live Platform, with their services and dial plans.',
      keywords: ['pulumi', 'audiocodes', 'sip', 'sbc', 'teams', 'category/network', 'kind/native'],
      license: 'Apache-2.0',
      meta: { moduleFormat: '(.*)' },
      language,
      config: { variables: made.configuration.variables },
      types: made.types,
      provider: {
        description:
          'The platform and the account that resources belong to. An explicit instance reads neither the stack config nor the environment.',
        inputProperties: made.configuration.inputProperties
      },
      resources: Object.fromEntries(made.resources.map(({ type, spec }) => [tokenOf(type), spec])),
      functions: Object.fromEntries(made.functions.map(({ name, spec }) => [tokenOf(name), spec]))
    }))
  )
