import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { type SettingKey, type SettingSpec, settingKeys, settingSpecs } from '../Settings'
import { type Declared, type DeclaredField, agreed } from './Declared'
import { type Made, each, fault } from './Faults'
import type { Properties, PropertySpec, TypeSpec } from './Spec'
import { type NamedType, namedTypes, typeSpec } from './Types'

/**
 * The configuration, from the table of settings. Defaults and environment variables are told in words and not as `default` and `defaultInfo`, which a
 * class in another language would fill in: what it fills in counts as configured and stands in the state, so that the environment could never win for
 * a credential (`refresh` and `destroy` get the configuration of the last `up`), and an explicit instance would read the environment.
 */
export interface ConfigurationPart {
  readonly variables: Properties
  readonly inputProperties: Properties
  readonly types: ReadonlyArray<NamedType>
}

const typeOf = (key: SettingKey, { kind }: SettingSpec, settings: ReadonlyArray<DeclaredField>): Made<Declared> => {
  switch (kind._tag) {
    case 'Text':
    case 'Token':
    case 'Url':
    case 'Urls':
      return E.right({ _tag: 'Text' })
    case 'Flag':
      return E.right({ _tag: 'Flag' })
    case 'Number':
      return E.right({ _tag: kind.whole ? 'Whole' : 'Number' })
    case 'Choice': {
      const declared = settings.find(({ name }) => name === key)
      return declared === undefined
        ? fault(key, 'is nowhere declared')
        : agreed(key, declared.type, { _tag: 'Choice', choices: kind.choices })
    }
  }
}

/** What is right for a value, and what counts without one. */
const valueText = ({ kind, fallback, doc }: SettingSpec): string =>
  [
    doc,
    ...(kind._tag === 'Number'
      ? [`${kind.whole ? 'Whole number' : 'Number'} of ${kind.unit}, ${kind.min} to ${kind.max}.`]
      : kind._tag === 'Choice'
        ? [`One of ${kind.choices.map((each) => `\`${each}\``).join(', ')}.`]
        : []),
    ...(fallback === undefined ? [] : [`Default: \`${fallback}\`.`])
  ].join(' ')

const environmentText = ({ env, credential }: SettingSpec): string =>
  credential
    ? `The environment variable \`${env}\` wins over the stack config.`
    : `The environment variable \`${env}\` serves where the stack config says nothing.`

/** @param settings the fields of `Settings`, which name the choices */
export const configurationPart = (settings: ReadonlyArray<DeclaredField>): Made<ConfigurationPart> =>
  pipe(
    each(settingKeys, (key) =>
      pipe(
        typeOf(key, settingSpecs[key], settings),
        E.map((type) => ({ key, type, spec: settingSpecs[key] }))
      )
    ),
    E.map((all) => {
      const properties = (typed: (type: Declared) => TypeSpec, text: (spec: SettingSpec) => string): Properties =>
        Object.fromEntries(
          all.map(({ key, type, spec }): [string, PropertySpec] => [
            key,
            { ...typed(type), description: text(spec), ...(spec.secret ? { secret: true } : {}) }
          ])
        )
      return {
        variables: properties(variableType, (spec) => `${valueText(spec)} ${environmentText(spec)}`),
        inputProperties: properties(typeSpec, valueText),
        types: all.flatMap(({ type }) => namedTypes(type))
      }
    })
  )

/** The Node.js SDK reads a variable of a named type as JSON, which the words in a stack config are not. */
const variableType = (type: Declared): TypeSpec => (type._tag === 'Choice' ? { type: 'string' } : typeSpec(type))
