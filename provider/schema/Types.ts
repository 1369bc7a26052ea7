import type { Declared, DeclaredField } from './Declared'
import type { NamedTypeSpec, ObjectSpec, PropertySpec, TypeSpec } from './Spec'
import { tokenOf } from './Tokens'

/** How a type stands in a schema. What has a name stands there once, and is referred to. */
export const typeSpec = (declared: Declared): TypeSpec => {
  switch (declared._tag) {
    case 'Text':
      return { type: 'string' }
    case 'Number':
      return { type: 'number' }
    case 'Whole':
      return { type: 'integer' }
    case 'Flag':
      return { type: 'boolean' }
    case 'Any':
      return { $ref: 'pulumi.json#/Any' }
    case 'Choice':
    case 'Fields':
      return { $ref: `#/types/${tokenOf(declared.name)}` }
    case 'List':
      return { type: 'array', items: typeSpec(declared.item) }
    case 'Map':
      return { type: 'object', additionalProperties: typeSpec(declared.value) }
    case 'OneOf':
      return { oneOf: declared.types.map(typeSpec) }
  }
}

const described = (text: string): { readonly description?: string } => (text === '' ? {} : { description: text })

export const propertySpec = ({ text, type, fallback }: DeclaredField): PropertySpec => ({
  ...typeSpec(type),
  ...described(text),
  ...(fallback === undefined ? {} : { default: fallback })
})

export const objectSpec = (fields: ReadonlyArray<DeclaredField>): ObjectSpec => ({
  properties: Object.fromEntries(fields.map((field) => [field.name, propertySpec(field)])),
  required: fields.filter(({ required }) => required).map(({ name }) => name)
})

/** A named type, by its token. */
export type NamedType = readonly [token: string, spec: NamedTypeSpec]

/** The named types within a type, its own first. */
export const namedTypes = (declared: Declared): ReadonlyArray<NamedType> => {
  switch (declared._tag) {
    case 'Choice':
      return [
        [
          tokenOf(declared.name),
          { type: 'string', ...described(declared.text), enum: declared.choices.map((value) => ({ value })) }
        ]
      ]
    case 'Fields':
      return [
        [tokenOf(declared.name), { type: 'object', ...described(declared.text), ...objectSpec(declared.fields) }],
        ...declared.fields.flatMap(({ type }) => namedTypes(type))
      ]
    case 'List':
      return namedTypes(declared.item)
    case 'Map':
      return namedTypes(declared.value)
    case 'OneOf':
      return declared.types.flatMap(namedTypes)
    case 'Text':
    case 'Number':
    case 'Whole':
    case 'Flag':
    case 'Any':
      return []
  }
}
