import { isSecretName } from './Secrets'
import { isUnknown } from './Unknowns'

/**
 * Secrets among the properties that go to the engine. The engine marks a value as secret by itself only where the old state
 * had a secret at the very same path; a nested value that a refresh adds, or one of a `get`, would stand in the state in clear. A value
 * in this form is taken as secret wherever it stands, and comes back as the plain value (measured on engine 3.259.0).
 */
const secretForm = '4dabf18193072939515e22adb298388d'
const secretKind = '1b47061264138c4ac30d75fd1eb44270'

const mark = (value: unknown): unknown =>
  typeof value === 'string' && !isUnknown(value) ? { [secretForm]: secretKind, value } : value

type Properties = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The variables with the values under a secret's name marked. */
const markedVariables = (variables: unknown): unknown =>
  isObject(variables)
    ? Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [name, isSecretName(name) ? mark(value) : value])
      )
    : variables

/**
 * The properties with their secrets marked: the given keys as a whole, and the script variables with a secret's name.
 *
 * @param secretKeys inputs that are secret as a whole
 */
export const withSecretMarks = (properties: Properties, secretKeys: ReadonlyArray<string>): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      secretKeys.includes(key)
        ? mark(value)
        : key === 'sbcScripts' && isObject(value) && 'customerVariables' in value
          ? { ...value, customerVariables: markedVariables(value.customerVariables) }
          : value
    ])
  )
