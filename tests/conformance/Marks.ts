import { inClear } from '../protocol/support/Marks'
import { type Json, type JsonObject, secretOnTheWire } from '../support/Json'

/** Secrets in the engine's wire form. */

const [signature = '', secretKind] = Object.entries(secretOnTheWire(null))[0] ?? []

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isSecret = (value: Json): boolean => isObject(value) && value[signature] === secretKind

const holdsSecret = (value: Json): boolean =>
  Array.isArray(value)
    ? (value as readonly Json[]).some(holdsSecret)
    : isObject(value) && (isSecret(value) || Object.values(value).some(holdsSecret))

/** Properties in clear. */
export const opened = (properties: JsonObject): JsonObject => inClear(properties) as JsonObject

/**
 * What was secret in the question is secret in the answer, at the same place: what the engine does for a provider that takes no secrets
 * (`annotateSecrets` of pkg/resource/plugin).
 */
export const annotated = (answer: JsonObject, asked: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(answer).map(([key, value]): [string, Json] => {
      const before = asked[key]
      if (before === undefined || isSecret(value)) return [key, value]
      if (isSecret(before) || (Array.isArray(before) && Array.isArray(value) && holdsSecret(before)))
        return [key, secretOnTheWire(inClear(value))]
      return [key, isObject(before) && isObject(value) ? annotated(value, before) : value]
    })
  )
