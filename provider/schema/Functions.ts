import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { Shaped } from '../Shape'
import { type Declared, type DeclaredField, agreedInput, givenOut } from './Declared'
import { type Made, each, fault } from './Faults'
import { resultKey } from './Results'
import type { FunctionSpec } from './Spec'
import { type NamedType, namedTypes, objectSpec } from './Types'

/** A lookup, and what the sources say of it. */
export interface DeclaredFunction {
  readonly name: string
  readonly text: string
  readonly codecs: Readonly<Record<string, Shaped & { readonly is: (value: unknown) => boolean }>>
  readonly inputs: ReadonlyArray<DeclaredField>
  readonly result: Declared
}

export interface FunctionPart {
  readonly name: string
  readonly spec: FunctionSpec
  readonly types: ReadonlyArray<NamedType>
}

const inputsOf = ({ name, codecs, inputs }: DeclaredFunction): Made<ReadonlyArray<DeclaredField>> =>
  each(Object.entries(codecs), ([key, codec]) => {
    const at = `${name}.${key}`
    const declared = inputs.find((field) => field.name === key)
    return declared === undefined
      ? fault(at, 'is nowhere declared')
      : agreedInput(at, declared, { shape: codec.shape, required: !codec.is(undefined) })
  })

const outputsOf = ({ name, result }: DeclaredFunction): ReadonlyArray<DeclaredField> => {
  const type = givenOut(result)
  return type._tag === 'Fields' ? type.fields : [{ name: resultKey(name), text: '', type, required: true }]
}

/** A function of the schema. */
export const functionPart = (declared: DeclaredFunction): Made<FunctionPart> =>
  pipe(
    inputsOf(declared),
    E.map((inputs) => {
      const outputs = outputsOf(declared)
      return {
        name: declared.name,
        spec: {
          description: declared.text,
          ...(inputs.length === 0 ? {} : { inputs: objectSpec(inputs) }),
          outputs: objectSpec(outputs)
        },
        types: [...inputs, ...outputs].flatMap(({ type }) => namedTypes(type))
      }
    })
  )
