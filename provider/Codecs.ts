import * as t from 'io-ts'
import { optional } from './Decode'

/**
 * Codecs of inputs: what a program may declare. A fault says what is wrong, what was expected and what to do, and never the value. Those that bring a
 * value into a canonical form say so.
 */

/** A codec with a further condition, and a canonical form where `to` gives one. */
export const refine = <A>(
  name: string,
  codec: t.Type<A, unknown, unknown>,
  fault: (a: A) => string | undefined,
  to: (a: A) => A = t.identity
) =>
  new t.Type<A, A, unknown>(
    name,
    (u): u is A => codec.is(u) && fault(u) === undefined,
    (u, context) => {
      const decoded = codec.validate(u, context)
      if (decoded._tag === 'Left') return t.failure(u, context, `expected ${name}`)
      const said = fault(decoded.right)
      return said === undefined ? t.success(to(decoded.right)) : t.failure(u, context, said)
    },
    t.identity
  )

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
  refine(`a whole number from ${min}`, t.number, (n) =>
    Number.isInteger(n) && n >= min ? undefined : `expected a whole number from ${min}`
  )

/** One of these words. */
export const oneOf = <S extends string>(...choices: ReadonlyArray<S>): t.Type<S, unknown, unknown> => {
  const is = (u: unknown): u is S => choices.some((choice) => choice === u)
  const name = `one of ${choices.join(', ')}`
  return new t.Type<S, unknown, unknown>(
    name,
    is,
    (u, context) => (is(u) ? t.success(u) : t.failure(u, context, `expected ${name}`)),
    t.identity
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

/** An object with these fields and no others; a misspelt one is told. */
export const exactly = <P extends t.Props, O extends t.Props>(name: string, required: P, optionals: O) => {
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
  return new t.Type<A, A, unknown>(
    name,
    // An absent field is as good as an undefined one.
    (u): u is A => typeof u === 'object' && u !== null && inner.is({ ...absent, ...u }),
    (u, context) => {
      if (typeof u !== 'object' || u === null || Array.isArray(u)) return t.failure(u, context, `expected ${name}`)
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
}

/** An object of texts; absent values are left out. */
export const variables = new t.Type<Readonly<Record<string, string>>, unknown, unknown>(
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
)

/** A list of such items. */
export const list = <A>(name: string, item: t.Type<A, unknown, unknown>): t.Type<ReadonlyArray<A>, unknown, unknown> =>
  new t.Type<ReadonlyArray<A>, unknown, unknown>(
    name,
    t.array(item).is,
    (u, context) => (Array.isArray(u) ? t.array(item).validate(u, context) : t.failure(u, context, `expected ${name}`)),
    t.identity
  )

/** `adopt`: true, false, or the id of what is to be taken over, in lower case. */
export const adopt = (id: string): t.Type<boolean | string, unknown, unknown> =>
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
  )
