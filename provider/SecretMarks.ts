import { isSecretName } from './Secrets'
import { secretKind, signature } from './Signature'
import { isUnknown } from './Unknowns'

/**
 * Secrets among the properties that go to the engine. The engine marks a value as secret by itself only where the old state
 * had a secret at the very same path; a nested value that a refresh adds, or one of a `get`, would stand in the state in clear. A value
 * in this form is taken as secret wherever it stands, and comes back as the plain value (measured on engine 3.259.0).
 */

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
  return value[signature] === secretKind
    ? inClear(value.value)
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inClear(item)]))
}

type Properties = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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

/** An object with the values under a secret's name marked. */
const markedBag = (bag: Properties): Properties =>
  Object.fromEntries(Object.entries(bag).map(([name, value]) => [name, isSecretName(name) ? asSecret(value) : value]))

type Mark = (object: Properties) => Properties

/** A value in which the objects at this path are changed. */
const markedAt = (value: unknown, [key, ...rest]: ReadonlyArray<string>, mark: Mark): unknown => {
  if (!isObject(value)) return value
  if (key === undefined) return mark(value)
  if (key === '*')
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, markedAt(item, rest, mark)]))
  return key in value ? { ...value, [key]: markedAt(value[key], rest, mark) } : value
}

/** The properties with their secrets marked. */
export const withSecretMarks = (
  properties: Properties,
  { keys, bags, within = [], wholes = [] }: SecretPlaces
): Properties => {
  const isWhole = (key: string, value: unknown): boolean =>
    wholes.includes(key) && isObject(value) && Object.keys(value).length > 0
  const whole = Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      isWhole(key, value) ? secretOf(value) : keys.includes(key) ? asSecret(value) : value
    ])
  )
  const places = [
    ...bags.map((path) => ({ path, mark: markedBag })),
    ...within.map(({ path, places: inner }) => ({ path, mark: (object: Properties) => withSecretMarks(object, inner) }))
  ]
  return places.reduce<Properties>((marked, { path, mark }) => markedAt(marked, path, mark) as Properties, whole)
}

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
