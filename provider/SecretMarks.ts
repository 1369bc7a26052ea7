import { isSecretName } from './Secrets'
import { secretKind, signature } from './Signature'
import { isUnknown } from './Unknowns'

/**
 * Secrets among the properties that go to the engine. The engine marks a value as secret by itself only where the old state
 * had a secret at the very same path; a nested value that a refresh adds, or one of a `get`, would stand in the state in clear. A value
 * in this form is taken as secret wherever it stands, and comes back as the plain value (measured on engine 3.259.0).
 */

/** A text as a secret; what is not known yet, and what is no text, stays as it is. */
export const asSecret = (value: unknown): unknown =>
  typeof value === 'string' && !isUnknown(value) ? { [signature]: secretKind, value } : value

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
}

/** An object with the values under a secret's name marked. */
const markedBag = (bag: Properties): Properties =>
  Object.fromEntries(Object.entries(bag).map(([name, value]) => [name, isSecretName(name) ? asSecret(value) : value]))

/** A value in which the bag at this path is marked. */
const markedAt = (value: unknown, [key, ...rest]: ReadonlyArray<string>): unknown =>
  !isObject(value)
    ? value
    : key === undefined
      ? markedBag(value)
      : key in value
        ? { ...value, [key]: markedAt(value[key], rest) }
        : value

/** The properties with their secrets marked. */
export const withSecretMarks = (properties: Properties, { keys, bags }: SecretPlaces): Properties => {
  const whole = Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, keys.includes(key) ? asSecret(value) : value])
  )
  return bags.reduce<Properties>((marked, path) => markedAt(marked, path) as Properties, whole)
}

/** The object at a path; an empty one where there is none. */
const objectAt = (value: unknown, [key, ...rest]: ReadonlyArray<string>): Properties => {
  if (!isObject(value)) return {}
  return key === undefined ? value : objectAt(value[key], rest)
}

/** The secret values of an object, or of part of one: what must not show in a text. */
export const secretsAt = (properties: object, { keys, bags }: SecretPlaces): ReadonlyArray<string> =>
  [
    ...keys.map((key) => (properties as Properties)[key]),
    ...bags
      .flatMap((path) => Object.entries(objectAt(properties, path)))
      .flatMap(([name, value]) => (isSecretName(name) ? [value] : []))
  ].filter((value): value is string => typeof value === 'string' && value !== '')
