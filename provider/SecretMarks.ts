import { isObject } from './Json'
import { isSecretName } from './Secrets'
import { secretKind, signature } from './Signature'
import { isUnknown } from './Unknowns'

/**
 * Secrets among the properties that go to the engine. The engine marks a value as secret by itself only where the old state
 * had a secret at the very same path; a nested value that a refresh adds, or one of a `get`, would stand in the state in clear. A value
 * in this form is taken as secret wherever it stands, and comes back as the plain value (measured on engine 3.259.0).
 */

type Properties = Readonly<Record<string, unknown>>

const mapped = (object: Properties, change: (value: unknown, name: string) => unknown): Properties =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]))

const secretOf = (value: unknown): unknown => ({ [signature]: secretKind, value })

/** A text as a secret; what is not known yet, and what is no text, stays as it is. */
export const asSecret = (value: unknown): unknown =>
  typeof value === 'string' && !isUnknown(value) ? secretOf(value) : value

/** Whether a value is a secret in this form. */
export const isMarked = (value: unknown): boolean => isObject(value) && value[signature] === secretKind

/** A value without such marks, at any depth. */
export const inClear = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inClear)
  if (!isObject(value)) return value
  return value[signature] === secretKind ? inClear(value.value) : mapped(value, inClear)
}

/** Where a resource has secrets. */
export interface SecretPlaces {
  /** Inputs that are secret as a whole. */
  readonly keys: ReadonlyArray<string>
  /** Paths of objects of texts in which the values under a secret's name are secret: `['sbcScripts', 'customerVariables']`. */
  readonly bags: ReadonlyArray<ReadonlyArray<string>>
  /** Objects within, with places of their own; `*` in a path is every name: `['connections', '*']`. */
  readonly within?: ReadonlyArray<{ readonly path: ReadonlyArray<string>; readonly places: SecretPlaces }>
  /** Objects with inputs at other paths than the program's: secret as a whole, for each of those inputs may be a secret of the program. */
  readonly wholes?: ReadonlyArray<string>
}

type Change = (object: Properties) => unknown

/** How secrets are marked: the engine's form, or that of a program. */
export interface Marking {
  /** A value under a secret's name. */
  readonly secret: (value: unknown) => unknown
  /** An object that is secret as a whole. */
  readonly whole: (value: unknown) => unknown
  /** The value, changed if it is an object, or as soon as it is one. */
  readonly within: (value: unknown, change: Change) => unknown
}

/** The properties with their secrets marked this way. */
export const markedBy = ({
  secret,
  whole,
  within
}: Marking): ((properties: Properties, places: SecretPlaces) => Properties) => {
  const bag: Change = (variables) => mapped(variables, (value, name) => (isSecretName(name) ? secret(value) : value))

  /** A value in which the objects at this path are changed. */
  const changedAt = (value: unknown, [key, ...rest]: ReadonlyArray<string>, change: Change): unknown =>
    within(value, (object) =>
      key === undefined
        ? change(object)
        : key === '*'
          ? mapped(object, (item) => changedAt(item, rest, change))
          : key in object
            ? { ...object, [key]: changedAt(object[key], rest, change) }
            : object
    )

  const marked = (
    properties: Properties,
    { keys, bags, within: parts = [], wholes = [] }: SecretPlaces
  ): Properties => {
    const own = (value: unknown, key: string): unknown =>
      wholes.includes(key) ? whole(value) : keys.includes(key) && value !== undefined ? secret(value) : value
    const places = [
      ...bags.map((path) => ({ path, change: bag })),
      ...parts.map(({ path, places: inner }) => ({ path, change: (object: Properties) => marked(object, inner) }))
    ]
    return places.reduce<Properties>(
      (all, { path, change }) => changedAt(all, path, change) as Properties,
      mapped(properties, own)
    )
  }
  return marked
}

/** The properties with their secrets marked. */
export const withSecretMarks = markedBy({
  secret: asSecret,
  whole: (value) => (isObject(value) && Object.keys(value).length > 0 ? secretOf(value) : value),
  within: (value, change) => (isObject(value) ? change(value) : value)
})

/** The objects at a path. */
const objectsAt = (value: unknown, [key, ...rest]: ReadonlyArray<string>): ReadonlyArray<Properties> => {
  if (!isObject(value)) return []
  if (key === undefined) return [value]
  return key === '*' ? Object.values(value).flatMap((item) => objectsAt(item, rest)) : objectsAt(value[key], rest)
}

/** The secret values of an object, or of part of one: what must not show in a text. */
export const secretsAt = (properties: object, { keys, bags, within = [] }: SecretPlaces): ReadonlyArray<string> => [
  ...[
    ...keys.map((key) => (properties as Properties)[key]),
    ...bags
      .flatMap((path) => objectsAt(properties, path).flatMap((bag) => Object.entries(bag)))
      .flatMap(([name, value]) => (isSecretName(name) ? [value] : []))
  ].filter((value): value is string => typeof value === 'string' && value !== ''),
  ...within.flatMap(({ path, places }) => objectsAt(properties, path).flatMap((object) => secretsAt(object, places)))
]
