import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { FieldShape, Shape } from '../Shape'
import { type Made, each, fault } from './Faults'

/**
 * A type as the sources declare it, with the names and the docstrings of what is named in it. What a source cannot tell (that a number is a whole one,
 * what a codec fills in) comes from the codec.
 */
export type Declared =
  | { readonly _tag: 'Text' | 'Number' | 'Whole' | 'Flag' | 'Any' }
  | {
      readonly _tag: 'Choice'
      readonly name: string
      readonly text: string
      readonly choices: ReadonlyArray<string>
    }
  | { readonly _tag: 'List'; readonly item: Declared }
  | { readonly _tag: 'Map'; readonly value: Declared }
  | {
      readonly _tag: 'Fields'
      readonly name: string
      readonly text: string
      readonly fields: ReadonlyArray<DeclaredField>
    }
  | { readonly _tag: 'OneOf'; readonly types: ReadonlyArray<Declared> }

export interface DeclaredField {
  readonly name: string
  /** Its docstring. */
  readonly text: string
  readonly type: Declared
  readonly required: boolean
  readonly fallback?: string | number | boolean
}

const sameWords = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort())

/** A declared type with what the codec of its values knows besides. Where the two contradict each other, nobody could tell which one is right. */
export const agreed = (at: string, declared: Declared, shape: Shape): Made<Declared> => {
  const contradiction = (): Made<never> =>
    fault(at, `the codec takes ${JSON.stringify(shape)}, and what is declared is ${JSON.stringify(declared)}`)
  switch (shape._tag) {
    case 'Whole':
      return declared._tag === 'Number' ? E.right({ _tag: 'Whole' }) : contradiction()
    case 'Text':
    case 'Number':
    case 'Flag':
    case 'Any':
      return declared._tag === shape._tag ? E.right(declared) : contradiction()
    case 'Choice':
      return declared._tag === 'Choice' && sameWords(declared.choices, shape.choices)
        ? E.right(declared)
        : contradiction()
    case 'List':
      return declared._tag === 'List'
        ? pipe(
            agreed(`${at}[]`, declared.item, shape.item),
            E.map((item) => ({ ...declared, item }))
          )
        : contradiction()
    case 'Map':
      return declared._tag === 'Map'
        ? pipe(
            agreed(`${at}{}`, declared.value, shape.value),
            E.map((value) => ({ ...declared, value }))
          )
        : contradiction()
    case 'Fields':
      return declared._tag === 'Fields' &&
        sameWords(
          declared.fields.map(({ name }) => name),
          Object.keys(shape.fields)
        )
        ? pipe(
            each(declared.fields, (field) => agreedField(at, field, shape.fields[field.name])),
            E.map((fields) => ({ ...declared, fields }))
          )
        : contradiction()
    case 'OneOf':
      return declared._tag === 'OneOf' && declared.types.length === shape.shapes.length
        ? pipe(
            each(shape.shapes, (one) => {
              const type = declared.types.find(({ _tag }) => _tag === (one._tag === 'Whole' ? 'Number' : one._tag))
              return type === undefined ? contradiction() : agreed(at, type, one)
            }),
            E.map((types) => ({ ...declared, types }))
          )
        : contradiction()
  }
}

const agreedField = (at: string, field: DeclaredField, shape: FieldShape | undefined): Made<DeclaredField> =>
  shape === undefined
    ? fault(`${at}.${field.name}`, 'the codec knows no such field')
    : agreedInput(`${at}.${field.name}`, field, shape)

/** An input, or a field of one. A user of any language reads its docstring, so there must be one. */
export const agreedInput = (at: string, field: DeclaredField, shape: FieldShape): Made<DeclaredField> => {
  if (field.text === '') return fault(at, 'has no docstring')
  if (field.required !== shape.required)
    return fault(at, `is ${field.required ? 'required' : 'optional'} as declared, and not so for its codec`)
  return pipe(
    agreed(at, field.type, shape.shape),
    E.map((type) => ({ ...field, type, ...(shape.fallback === undefined ? {} : { fallback: shape.fallback }) }))
  )
}

/** The type of something that is given out. All numbers of the platform and of the state are whole ones, which TypeScript cannot say. */
export const givenOut = (declared: Declared): Declared => {
  switch (declared._tag) {
    case 'Number':
      return { _tag: 'Whole' }
    case 'List':
      return { ...declared, item: givenOut(declared.item) }
    case 'Map':
      return { ...declared, value: givenOut(declared.value) }
    case 'Fields':
      return { ...declared, fields: declared.fields.map((field) => ({ ...field, type: givenOut(field.type) })) }
    case 'OneOf':
      return { ...declared, types: declared.types.map(givenOut) }
    case 'Text':
    case 'Whole':
    case 'Flag':
    case 'Any':
    case 'Choice':
      return declared
  }
}
