import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { type Codec, shapedLike } from './Shape'

/** Where a decoding failed and what was expected there. */
export interface Fault {
  /** e.g. `sbcInfo.sbcId`, `[2].index`; empty for the value as a whole. */
  readonly path: string
  readonly text: string
}

const pathOf = (context: t.Context): string =>
  context.reduce((path, entry, index) => {
    const parent = (context[index - 1]?.type as { _tag?: string } | undefined)?._tag
    // io-ts also counts the members of intersections and unions.
    if (entry.key === '' || parent === 'IntersectionType' || parent === 'UnionType') return path
    return /^\d+$/.test(entry.key) ? `${path}[${entry.key}]` : path === '' ? entry.key : `${path}.${entry.key}`
  }, '')

/** The faults of a decoding. io-ts's own reporter prints the value, which may be a password; this one never does. */
export const faultsOf = (errors: t.Errors): ReadonlyArray<Fault> =>
  errors.map(({ context, message }) => ({
    path: pathOf(context),
    text: message ?? `expected ${context[context.length - 1]?.type.name ?? 'another type'}`
  }))

/** A path below another one: `phones` and `[1]` make `phones[1]`, `sbcScripts` and `cleanupScript` make `sbcScripts.cleanupScript`. */
export const below = (key: string, path: string): string =>
  path === '' ? key : path.startsWith('[') ? `${key}${path}` : `${key}.${path}`

const line = ({ path, text }: Fault): string => (path === '' ? text : `${path}: ${text}`)

/** A decoding whose faults are lines of text. */
export const decode = <A>(decoder: t.Decoder<unknown, A>, value: unknown): E.Either<ReadonlyArray<string>, A> => {
  const result = decoder.decode(value)
  return E.isRight(result) ? result : E.left([...new Set(faultsOf(result.left).map(line))])
}

export const folded = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '')

/**
 * An object whose names are matched without regard to case, blanks and underscores: the platform mixes `siteGuid`, `SiteGuid` and
 * `Cac Profile`. `aliases` gives further spellings of a name. Other fields are left out.
 */
export const caseBlind = <P extends t.Props>(
  props: P,
  name: string,
  aliases: Readonly<Partial<Record<string, ReadonlyArray<string>>>> = {}
): t.Type<t.TypeOfProps<P>, t.TypeOfProps<P>, unknown> => {
  const inner = t.type(props, name)
  const canonical = new Map<string, string>()
  for (const key of Object.keys(props)) {
    for (const spelling of [key, ...(aliases[key] ?? [])]) canonical.set(folded(spelling), key)
  }
  return new t.Type<t.TypeOfProps<P>, t.TypeOfProps<P>, unknown>(
    name,
    (u): u is t.TypeOfProps<P> => inner.is(u),
    (u, context) => {
      if (typeof u !== 'object' || u === null || Array.isArray(u))
        return t.failure(u, context, `expected an object (${name})`)
      const found: Record<string, unknown> = {}
      for (const [key, value] of Object.entries(u)) {
        const known = canonical.get(folded(key))
        if (known === undefined) continue
        // A value wins over an empty one, and an exact spelling over an alias.
        const empty = found[known] === undefined || found[known] === null
        if (empty || (key === known && value !== null)) found[known] = value
      }
      return inner.validate(found, context)
    },
    t.identity
  )
}

/** A value that may be absent or null; both become `undefined`. */
export function optional<A>(codec: Codec<A>): Codec<A | undefined>
export function optional<A>(codec: t.Type<A, unknown, unknown>): t.Type<A | undefined, A | undefined, unknown>
export function optional<A>(codec: t.Type<A, unknown, unknown>): t.Type<A | undefined, A | undefined, unknown> {
  return shapedLike(
    codec,
    new t.Type<A | undefined, A | undefined, unknown>(
      codec.name,
      (u): u is A | undefined => u === undefined || codec.is(u),
      (u, context) => (u === undefined || u === null ? t.success(undefined) : codec.validate(u, context)),
      t.identity
    )
  )
}

/** An integer; the platform's ids. */
export const Integer = new t.Type<number, number, unknown>(
  'integer',
  (u): u is number => typeof u === 'number' && Number.isInteger(u),
  (u, context) => (typeof u === 'number' && Number.isInteger(u) ? t.success(u) : t.failure(u, context)),
  t.identity
)

/** A number or a string, as text: the platform writes states in both forms. */
export const Text = new t.Type<string, string, unknown>(
  'string or number',
  t.string.is,
  (u, context) =>
    typeof u === 'string' ? t.success(u) : typeof u === 'number' ? t.success(String(u)) : t.failure(u, context),
  t.identity
)

/** Whether a text looks like a uuid: an answered id that may stand in an address, in the state and in a message. */
export const isUuid = (text: string): boolean => /^[0-9a-f-]{36}$/i.test(text)
