import type * as t from 'io-ts'

/** The form of a value, as far as a schema can tell it; what is right beyond it (a length, a pattern) is for the codec to say. */
export type Shape =
  | { readonly _tag: 'Text' }
  | { readonly _tag: 'Number' }
  | { readonly _tag: 'Whole' }
  | { readonly _tag: 'Flag' }
  /** Any JSON. */
  | { readonly _tag: 'Any' }
  | { readonly _tag: 'Choice'; readonly choices: ReadonlyArray<string> }
  | { readonly _tag: 'List'; readonly item: Shape }
  /** An object whose names are free. */
  | { readonly _tag: 'Map'; readonly value: Shape }
  | { readonly _tag: 'Fields'; readonly fields: Readonly<Record<string, FieldShape>> }
  | { readonly _tag: 'OneOf'; readonly shapes: ReadonlyArray<Shape> }

/** A field of an object. */
export interface FieldShape {
  readonly shape: Shape
  readonly required: boolean
  /** Filled in where the field is left out. */
  readonly fallback?: string | number | boolean
}

/** What can say which form its values have. */
export interface Shaped {
  readonly shape: Shape
}

/** A codec of inputs: it guards them, and the schema is made from it. */
export interface Codec<A> extends t.Type<A, unknown, unknown>, Shaped {}

/** A codec that was made for this, with the form of its values. */
export const shaped = <A>(codec: t.Type<A, unknown, unknown>, shape: Shape): Codec<A> => Object.assign(codec, { shape })

/** A codec that wraps another one, with the form of that one where it can say it. */
export const shapedLike = <W extends t.Any>(inner: object, wrapping: W): W =>
  'shape' in inner ? Object.assign(wrapping, { shape: inner.shape }) : wrapping

export const textShape: Shape = { _tag: 'Text' }
export const numberShape: Shape = { _tag: 'Number' }
export const wholeShape: Shape = { _tag: 'Whole' }
export const flagShape: Shape = { _tag: 'Flag' }
export const choiceShape = (choices: ReadonlyArray<string>): Shape => ({ _tag: 'Choice', choices })

type Primitive = t.StringType | t.NumberType | t.BooleanType

const primitives: Readonly<Record<Primitive['_tag'], Shape>> = {
  StringType: textShape,
  NumberType: numberShape,
  BooleanType: flagShape
}

/** A codec whose form is known: one of ours, or one of a primitive type. */
export type Known = Shaped | Primitive

export const shapeOf = (codec: Known): Shape => ('shape' in codec ? codec.shape : primitives[codec._tag])
