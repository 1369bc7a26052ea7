import * as t from 'io-ts'
import { optional } from './Decode'
import { isObject } from './Json'
import {
  type Codec,
  type FieldShape,
  type Known,
  type Shape,
  type Shaped,
  choiceShape,
  flagShape,
  shapeOf,
  shaped,
  textShape,
  wholeShape
} from './Shape'

/**
 * Codecs of inputs: what a program may declare. A fault says what is wrong, what was expected and what to do, and never the value. Those that bring a
 * value into a canonical form say so. Each can say which form its values have: the schema of the package is made from that.
 */

/** A codec with a further condition, and a canonical form where `to` gives one. */
export const refine = <A>(
  name: string,
  codec: t.Type<A, unknown, unknown> & Known,
  fault: (a: A) => string | undefined,
  to: (a: A) => A = t.identity
): Codec<A> => {
  const shape = shapeOf(codec)
  const hasParts = shape._tag === 'List' || shape._tag === 'Map' || shape._tag === 'Fields'
  return shaped(
    new t.Type<A, A, unknown>(
      name,
      (u): u is A => codec.is(u) && fault(u) === undefined,
      (u, context) => {
        const decoded = codec.validate(u, context)
        // What is wrong within a list or an object has a path of its own.
        if (decoded._tag === 'Left') return hasParts ? decoded : t.failure(u, context, `expected ${name}`)
        const said = fault(decoded.right)
        return said === undefined ? t.success(to(decoded.right)) : t.failure(u, context, said)
      },
      t.identity
    ),
    shape
  )
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text is a uuid. */
export const isGuid = (value: unknown): value is string => typeof value === 'string' && uuid.test(value)

/** A uuid, in lower case. */
export const guid = refine(
  'a uuid such as 11111111-2222-3333-4444-555555555555',
  t.string,
  (s) => (uuid.test(s) ? undefined : 'expected a uuid such as 11111111-2222-3333-4444-555555555555'),
  (s) => s.toLowerCase()
)

const count = (s: string): number => [...s].length
const blankEnds = (s: string): boolean => s !== s.trim()
const control = (s: string): boolean => [...s].some((c) => c < ' ' || (c >= '\u007f' && c <= '\u009f'))

/** A text of at most `max` characters, without a blank at either end and without control characters. `what` names it in faults. */
export const text = (what: string, max: number, more: (s: string) => string | undefined = () => undefined) =>
  refine('a text', t.string, (s) => {
    if (s === '') return `is empty; expected ${what}, or leave it out`
    if (count(s) > max) return `has ${count(s)} characters; at most ${max} are allowed (${what})`
    if (blankEnds(s)) return `has a blank at an end; remove it (${what})`
    return control(s) ? `has a control character; remove it (${what})` : more(s)
  })

/** Whether a text has a character beyond U+00FF: a fault for `text`. */
export const wide = (s: string): string | undefined => {
  const position = [...s].findIndex((c) => c > '\u00ff')
  return position === -1
    ? undefined
    : `has a wide character at position ${position + 1}; only characters up to U+00FF are allowed`
}

/** A whole number from `min`. */
export const integerFrom = (min: number) =>
  refine(`a whole number from ${min}`, shaped(new t.NumberType(), wholeShape), (n) =>
    Number.isInteger(n) && n >= min ? undefined : `expected a whole number from ${min}`
  )

/** One of these words. */
export const oneOf = <S extends string>(...choices: ReadonlyArray<S>): Codec<S> => {
  const is = (u: unknown): u is S => choices.some((choice) => choice === u)
  const name = `one of ${choices.join(', ')}`
  return shaped(
    new t.Type<S, unknown, unknown>(
      name,
      is,
      (u, context) => (is(u) ? t.success(u) : t.failure(u, context, `expected ${name}`)),
      t.identity
    ),
    choiceShape(choices)
  )
}

/** true or false. */
export const flag = refine('true or false', t.boolean, () => undefined)

const hostLabel = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/i
const ipv4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/

/** A host name, or an IPv4 address; no port. */
export const hostName = text('a host name or IPv4 address', 253, (s) => {
  if (/:\d+$/.test(s)) return 'has a port; expected the host name or IPv4 address alone'
  const fits = /^[\d.]+$/.test(s) ? ipv4.test(s) : hostLabel.test(s)
  return fits ? undefined : 'expected a host name such as sip.example.net, or an IPv4 address'
})

/** A fully qualified domain name. */
export const fqdn = text('a fully qualified domain name', 254, (s) =>
  hostLabel.test(s.replace(/\.$/, '')) && /\.(?=[^.]*[a-z])[^.]+\.?$/i.test(s)
    ? undefined
    : 'expected a fully qualified domain name such as sbc1.example.net'
)

/** The codecs of the fields of an object. */
type Fields = Readonly<Record<string, t.Any & Shaped>>

const fieldShapes = (fields: Fields, required: boolean): Readonly<Record<string, FieldShape>> =>
  Object.fromEntries(Object.entries(fields).map(([key, { shape }]) => [key, { shape, required }]))

/** An object with these fields and no others; a misspelt one is told. */
export const exactly = <P extends Fields, O extends Fields>(
  name: string,
  required: P,
  optionals: O
): Codec<t.TypeOfProps<P> & t.TypeOfPartialProps<O>> => {
  type A = t.TypeOfProps<P> & t.TypeOfPartialProps<O>
  // One level of types, so that the path of a fault is that of the fields.
  const inner = t.type({
    ...required,
    ...Object.fromEntries(Object.entries(optionals).map(([key, codec]) => [key, optional(codec)]))
  })
  const names = [...Object.keys(required), ...Object.keys(optionals)]
  const absent = Object.fromEntries(Object.keys(optionals).map((key) => [key, undefined]))
  const present = (u: object): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Object.entries(u).filter(([, value]) => value !== undefined && value !== null))
  const codec = new t.Type<A, A, unknown>(
    name,
    // An absent field is as good as an undefined one.
    (u): u is A => typeof u === 'object' && u !== null && inner.is({ ...absent, ...u }),
    (u, context) => {
      if (!isObject(u)) return t.failure(u, context, `expected ${name}`)
      const fields = present(u)
      const decoded = inner.validate(fields, context)
      const stray = Object.keys(fields)
        .filter((key) => !names.includes(key))
        .map((key) => ({
          value: undefined,
          context: t.appendContext(context, key, t.unknown),
          message: `is not a field of it; the fields are ${names.join(', ')}`
        }))
      if (decoded._tag === 'Left') return t.failures([...stray, ...decoded.left])
      return stray.length > 0 ? t.failures(stray) : t.success(present(decoded.right) as A)
    },
    t.identity
  )
  return shaped(codec, {
    _tag: 'Fields',
    fields: { ...fieldShapes(required, true), ...fieldShapes(optionals, false) }
  })
}

/** The object, with these values where the fields are absent. */
export const withDefaults = <A extends object>(
  codec: Codec<A>,
  defaults: Partial<A> & Readonly<Record<string, string | number | boolean>>
): Codec<A> => {
  const filled = (a: A): A => ({
    ...a,
    ...Object.fromEntries(Object.entries(defaults).filter(([key]) => a[key as keyof A] === undefined))
  })
  return shaped(
    new t.Type<A, unknown, unknown>(
      codec.name,
      codec.is,
      (u, context) => {
        const decoded = codec.validate(u, context)
        return decoded._tag === 'Left' ? decoded : t.success(filled(decoded.right))
      },
      t.identity
    ),
    fallingBack(codec.shape, defaults)
  )
}

const fallingBack = (shape: Shape, defaults: Readonly<Record<string, string | number | boolean>>): Shape =>
  shape._tag !== 'Fields'
    ? shape
    : {
        ...shape,
        fields: Object.fromEntries(
          Object.entries(shape.fields).map(([key, field]) => {
            const fallback = defaults[key]
            return [key, fallback === undefined ? field : { ...field, fallback }]
          })
        )
      }

/** An object of texts; absent values are left out. */
export const variables = shaped(
  new t.Type<Readonly<Record<string, string>>, unknown, unknown>(
    'an object of texts',
    t.record(t.string, t.string).is,
    (u, context) => {
      if (typeof u !== 'object' || u === null || Array.isArray(u))
        return t.failure(u, context, 'expected an object of texts')
      const present = Object.entries(u).filter(([, value]) => value !== undefined && value !== null)
      const wrong = present.filter(([, value]) => typeof value !== 'string')
      return wrong.length === 0
        ? t.success(Object.fromEntries(present))
        : t.failures(
            wrong.map(([key]) => ({
              value: undefined,
              context: t.appendContext(context, key, t.string),
              message: 'expected a text'
            }))
          )
    },
    t.identity
  ),
  { _tag: 'Map', value: textShape }
)

/** A list of such items. */
export const list = <A>(name: string, item: Codec<A>): Codec<ReadonlyArray<A>> =>
  shaped(
    new t.Type<ReadonlyArray<A>, unknown, unknown>(
      name,
      t.array(item).is,
      (u, context) =>
        Array.isArray(u) ? t.array(item).validate(u, context) : t.failure(u, context, `expected ${name}`),
      t.identity
    ),
    { _tag: 'List', item: item.shape }
  )

/** `adopt`: true, false, or the id of what is to be taken over, in lower case. */
export const adopt = (id: string): Codec<boolean | string> =>
  shaped(
    new t.Type<boolean | string, unknown, unknown>(
      `true, false or ${id}`,
      (u): u is boolean | string => typeof u === 'boolean' || isGuid(u),
      (u, context) =>
        typeof u === 'boolean'
          ? t.success(u)
          : isGuid(u)
            ? t.success(u.toLowerCase())
            : t.failure(u, context, `expected true, false or ${id} (uuid)`),
      t.identity
    ),
    { _tag: 'OneOf', shapes: [flagShape, textShape] }
  )
