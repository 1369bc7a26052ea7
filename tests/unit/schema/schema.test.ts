// What the committed schema tells of everything that there is.

import * as assert from 'node:assert/strict'
import type { Resource } from '../../../provider/Resource'
import { settingKeys, settingSpecs } from '../../../provider/Settings'
import { calls } from '../../../provider/lookups/Calls'
import { resources } from '../../../provider/resources'
import type { Properties, PropertySpec, ResourceSpec } from '../../../provider/schema/Spec'
import { tokenOf } from '../../../provider/schema/Tokens'
import { version } from '../../../provider/version'
import { schema } from './support/Fits'

const registered = Object.values<Resource>(resources)

const specOf = ({ type }: Resource): ResourceSpec =>
  schema.resources[tokenOf(type)] ?? assert.fail(`the schema does not know ${type}`)

/** The names of the properties for which something holds. */
const those = (properties: Properties, holds: (property: PropertySpec) => boolean): ReadonlyArray<string> =>
  Object.entries(properties)
    .filter(([, property]) => holds(property))
    .map(([name]) => name)

const sorted = (names: Iterable<string>): ReadonlyArray<string> => [...names].sort()

describe('schema.json', () => {
  it('has every registered resource, every lookup and every setting, and no others', () => {
    assert.deepEqual(sorted(Object.keys(schema.resources)), sorted(registered.map(({ type }) => tokenOf(type))))
    assert.deepEqual(sorted(Object.keys(schema.functions)), sorted(Object.keys(calls).map(tokenOf)))
    assert.deepEqual(Object.keys(schema.config.variables), settingKeys)
    assert.deepEqual(Object.keys(schema.provider.inputProperties), settingKeys)
    assert.equal(schema.version, version)
  })

  for (const resource of registered) {
    const { type, inputs, secrets, outputs } = resource
    describe(type, () => {
      it('has every input, each with a description, what is required, what is secret and what replaces', () => {
        const spec = specOf(resource)
        assert.deepEqual(Object.keys(spec.inputProperties), Object.keys(inputs.codecs))
        assert.deepEqual(
          those(spec.inputProperties, ({ description = '' }) => description === ''),
          []
        )
        assert.deepEqual(spec.requiredInputs, inputs.required)
        assert.deepEqual(sorted(those(spec.inputProperties, ({ secret = false }) => secret)), sorted(secrets.keys))
        assert.deepEqual(
          sorted(those(spec.inputProperties, ({ willReplaceOnChanges = false }) => willReplaceOnChanges)),
          sorted(Object.keys(inputs.rules).filter((key) => inputs.rules[key] === 'replace'))
        )
      })

      it('has every output, with the secrets among them', () => {
        const { properties, required } = specOf(resource)
        const own = ['managedKeys', 'schemaVersion', 'pending', 'leftovers', 'canary']
        const computed = Object.keys(outputs).filter((key) => !own.includes(key))
        assert.deepEqual(
          computed.filter((key) => properties[key] === undefined),
          []
        )
        assert.deepEqual(
          those(properties, ({ description = '' }) => description === ''),
          []
        )
        assert.deepEqual(sorted(those(properties, ({ secret = false }) => secret)), sorted(secrets.keys))
        assert.deepEqual(
          required.filter((key) => properties[key] === undefined),
          []
        )
      })

      it('tells the defaults that the check fills in, and no others', () => {
        const defaults: Readonly<Record<string, unknown>> = { ...inputs.defaults }
        const told = Object.entries(specOf(resource).inputProperties).flatMap(([key, property]) =>
          property.default === undefined ? [] : [[key, property.default] as const]
        )
        assert.deepEqual(Object.fromEntries(told), defaults)
        const filled = resource.check({}, {}, { _tag: 'Left', left: { _tag: 'Config', text: '' } }).inputs
        assert.deepEqual(filled, defaults)
      })

      it('is the same as the resource of the dynamic host', () => {
        assert.deepEqual(specOf(resource).aliases, [{ type: `pulumi-nodejs:dynamic/audiocodes-live:${type}` }])
      })
    })
  }

  it('marks the secret settings, and leaves defaults and the environment to the provider', () => {
    const secret = settingKeys.filter((key) => settingSpecs[key].secret)
    for (const properties of [schema.config.variables, schema.provider.inputProperties]) {
      assert.deepEqual(
        those(properties, (property) => property.secret ?? false),
        secret
      )
      assert.deepEqual(
        those(properties, (property) => 'default' in property || 'defaultInfo' in property),
        []
      )
    }
    assert.deepEqual(
      settingKeys.filter((key) => !schema.config.variables[key]?.description?.includes(settingSpecs[key].env)),
      []
    )
  })

  it('has a description for every argument of a lookup and every field of an input', () => {
    const ofFleets = ['FleetEntry', 'Rollout', 'ChangeWindow', 'Limits', 'Summary']
    const specs: ReadonlyArray<readonly [string, Properties]> = [
      ...Object.entries(schema.functions).map(([name, { inputs }]) => [name, inputs?.properties ?? {}] as const),
      ...['SbcScripts', 'M365Scripts', 'DialPlanPrefix', 'DialPlanRule', ...ofFleets].map((name) => {
        const type = schema.types[tokenOf(name)]
        return [name, type?.type === 'object' ? type.properties : assert.fail(`there is no type ${name}`)] as const
      })
    ]
    const bare = specs.flatMap(([name, properties]) =>
      those(properties, ({ description = '' }) => description === '').map((key) => `${name}.${key}`)
    )
    assert.deepEqual(bare, [])
  })

  it('refers to types that it has, and has none that nothing refers to', () => {
    const text = JSON.stringify(schema)
    const references = new Set([...text.matchAll(/"#\/types\/([^"]+)"/g)].map(([, token = '']) => token))
    assert.deepEqual(sorted(references), sorted(Object.keys(schema.types)))
  })

  it('speaks to readers of every language', () => {
    const words = /@\w+ |```|`undefined`|\bPromise\b|pulumi\.Input|resource class|\bThrows\b|pulumi-audiocodes-live"/
    const descriptions = [...JSON.stringify(schema).matchAll(/"description":"((?:[^"\\]|\\.)*)"/g)].map(([all]) => all)
    assert.ok(descriptions.length > 200, `only ${descriptions.length} descriptions`)
    assert.deepEqual(
      descriptions.filter((description) => words.test(description)),
      []
    )
  })
})
