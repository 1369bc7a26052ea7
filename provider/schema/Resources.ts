import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { AnyInputs } from '../Inputs'
import type { SecretPlaces } from '../SecretMarks'
import { type DeclaredField, agreedInput, givenOut } from './Declared'
import { type Made, each, fault } from './Faults'
import type { PropertySpec, ResourceSpec } from './Spec'
import { dynamicTypeOf } from './Tokens'
import { type NamedType, namedTypes, propertySpec } from './Types'

/** A registered resource, and what the sources say of it. */
export interface DeclaredResource {
  readonly resource: {
    readonly type: string
    readonly inputs: AnyInputs
    readonly outputs: object
    readonly secrets: SecretPlaces
  }
  readonly text: string
  readonly inputs: ReadonlyArray<DeclaredField>
  /** Properties of its class: computed ones, and the inputs that are outputs too. */
  readonly outputs: ReadonlyArray<DeclaredField>
}

export interface ResourcePart {
  readonly type: string
  readonly spec: ResourceSpec
  readonly types: ReadonlyArray<NamedType>
}

/** Outputs for the provider itself: what its next run needs to know. */
const ownOutputs: ReadonlyArray<string> = ['managedKeys', 'schemaVersion', 'pending', 'leftovers', 'canary']

const fallbackOf = (value: unknown): Pick<DeclaredField, 'fallback'> =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? { fallback: value } : {}

const inputsOf = ({
  resource: { type, inputs },
  inputs: declared
}: DeclaredResource): Made<ReadonlyArray<DeclaredField>> =>
  each(Object.entries(inputs.codecs), ([key, { shape }]) => {
    const at = `${type}.${key}`
    const field = declared.find(({ name }) => name === key)
    const defaults: Readonly<Record<string, unknown>> = { ...inputs.defaults }
    return field === undefined
      ? fault(at, 'is nowhere declared')
      : agreedInput(at, field, { shape, required: inputs.required.includes(key), ...fallbackOf(defaults[key]) })
  })

/** An input that is an output has the type of the input: its codec knows more than the class. */
const outputsOf = (
  { resource, outputs }: DeclaredResource,
  inputs: ReadonlyArray<DeclaredField>
): Made<ReadonlyArray<DeclaredField>> => {
  const { type } = resource
  const computed = Object.keys(resource.outputs).filter((key) => !ownOutputs.includes(key))
  const missing = computed.filter((key) => !outputs.some(({ name }) => name === key))
  if (missing.length > 0) return fault(type, `the class has no ${missing.join(', ')}`)
  return each(outputs, (field) => {
    const input = inputs.find(({ name }) => name === field.name)
    if (input !== undefined) return E.right({ ...field, type: input.type })
    return computed.includes(field.name)
      ? E.right({ ...field, type: givenOut(field.type) })
      : fault(`${type}.${field.name}`, 'is neither an input nor an output of the provider')
  })
}

/**
 * A resource of the schema. That a change replaces it is told for the documentation only (`willReplaceOnChanges`): the provider itself answers so in
 * every comparison, and `replaceOnChanges` would be a second place for the rule, and stand in the state of every connection.
 */
const specOf = (
  { resource: { type, inputs: tables, secrets }, text }: DeclaredResource,
  inputs: ReadonlyArray<DeclaredField>,
  outputs: ReadonlyArray<DeclaredField>
): ResourceSpec => {
  const secret = (key: string): Pick<PropertySpec, 'secret'> => (secrets.keys.includes(key) ? { secret: true } : {})
  const replaces = (key: string): Pick<PropertySpec, 'willReplaceOnChanges'> =>
    tables.rules[key] === 'replace' ? { willReplaceOnChanges: true } : {}
  return {
    description: text,
    inputProperties: Object.fromEntries(
      inputs.map((field) => [field.name, { ...propertySpec(field), ...secret(field.name), ...replaces(field.name) }])
    ),
    requiredInputs: tables.required,
    properties: Object.fromEntries(
      outputs.map((field) => [field.name, { ...propertySpec(field), ...secret(field.name) }])
    ),
    required: outputs.filter(({ required }) => required).map(({ name }) => name),
    aliases: [{ type: dynamicTypeOf(type) }]
  }
}

export const resourcePart = (declared: DeclaredResource): Made<ResourcePart> =>
  pipe(
    inputsOf(declared),
    E.bindTo('inputs'),
    E.bind('outputs', ({ inputs }) => outputsOf(declared, inputs)),
    E.map(({ inputs, outputs }) => ({
      type: declared.resource.type,
      spec: specOf(declared, inputs, outputs),
      types: [...inputs, ...outputs].flatMap(({ type }) => namedTypes(type))
    }))
  )
