import * as fs from 'node:fs'
import * as path from 'node:path'
import * as fc from 'fast-check'
import type { NamedTypeSpec, ObjectSpec, PackageSpec, TypeSpec } from '../../../../provider/schema/Spec'
import { repositoryRoot } from '../../../support/repository'

/** The committed schema, and values of its types: a validator and a generator that know nothing of the codecs. */

export const schema = JSON.parse(fs.readFileSync(path.join(repositoryRoot, 'schema.json'), 'utf8')) as PackageSpec

const named = (reference: string): NamedTypeSpec => {
  const found = schema.types[reference.replace('#/types/', '')]
  if (found === undefined) throw new Error(`the schema has no ${reference}`)
  return found
}

const anything = 'pulumi.json#/Any'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isAbsent = (value: unknown): boolean => value === undefined || value === null

/** Where a value does not fit a type: `rules[0].prefix: string`. Empty: it fits. */
export const misfits = (value: unknown, spec: TypeSpec, at = ''): ReadonlyArray<string> => {
  const fits = (is: boolean, type: string): ReadonlyArray<string> => (is ? [] : [`${at}: ${type}`])
  if ('oneOf' in spec)
    return fits(
      spec.oneOf.some((one) => misfits(value, one).length === 0),
      'one of several'
    )
  if ('$ref' in spec) {
    if (spec.$ref === anything) return []
    const type = named(spec.$ref)
    return type.type === 'object'
      ? objectMisfits(value, type, at)
      : fits(
          type.enum.some((choice) => choice.value === value),
          'enum'
        )
  }
  switch (spec.type) {
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, index) => misfits(item, spec.items, `${at}[${index}]`))
        : fits(false, 'array')
    case 'object':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, item]) =>
            isAbsent(item) ? [] : misfits(item, spec.additionalProperties, `${at}.${key}`)
          )
        : fits(false, 'object')
    case 'integer':
      return fits(Number.isInteger(value), 'integer')
    case 'string':
    case 'number':
    case 'boolean':
      return fits(typeof value === spec.type, spec.type)
  }
}

/** The same for an object of properties. An absent property is as good as a null one. */
export const objectMisfits = (value: unknown, { properties, required }: ObjectSpec, at = ''): ReadonlyArray<string> =>
  !isObject(value)
    ? [`${at}: object`]
    : [
        ...required.filter((key) => isAbsent(value[key])).map((key) => `${at}.${key}: is missing`),
        ...Object.entries(value).flatMap(([key, item]) => {
          const property = properties[key]
          if (isAbsent(item)) return []
          return property === undefined ? [`${at}.${key}: is not known`] : misfits(item, property, `${at}.${key}`)
        })
      ]

/** Texts that are right somewhere among the inputs, and others. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom('11111111-2222-3333-4444-555555555555', 'sbc1.example.net', '+4930123456', 'acme')
  },
  { weight: 1, arbitrary: fc.string() }
)

/** The words that a type has a choice of, at any depth. */
export const wordsOf = (spec: TypeSpec): ReadonlyArray<string> => {
  if ('oneOf' in spec) return spec.oneOf.flatMap(wordsOf)
  if ('$ref' in spec) {
    if (spec.$ref === anything) return []
    const type = named(spec.$ref)
    return type.type === 'object'
      ? Object.values(type.properties).flatMap(wordsOf)
      : type.enum.map(({ value }) => value)
  }
  return spec.type === 'array' ? wordsOf(spec.items) : spec.type === 'object' ? wordsOf(spec.additionalProperties) : []
}

/** Values of a type. */
export const valuesOf = (spec: TypeSpec): fc.Arbitrary<unknown> => {
  if ('oneOf' in spec) return fc.oneof(...spec.oneOf.map(valuesOf))
  if ('$ref' in spec) {
    if (spec.$ref === anything) return fc.jsonValue()
    const type = named(spec.$ref)
    return type.type === 'object' ? objectsOf(type) : fc.constantFrom(...type.enum.map(({ value }) => value))
  }
  switch (spec.type) {
    case 'array':
      return fc.array(valuesOf(spec.items), { minLength: 1, maxLength: 2 })
    case 'object':
      return fc.dictionary(fc.constantFrom('Region', 'apiToken'), valuesOf(spec.additionalProperties))
    case 'integer':
      return fc.integer({ min: -1, max: 20000 })
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'string':
      return texts
  }
}

export const objectsOf = ({ properties, required }: ObjectSpec): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, valuesOf(property)])), {
    requiredKeys: [...required]
  })
