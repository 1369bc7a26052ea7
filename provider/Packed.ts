import { gunzipSync, gzipSync } from 'node:zlib'
import type { Properties } from './Resource'
import { asSecret, inClear } from './SecretMarks'

/**
 * What the engine keeps of a failed write travels beside the error, in a header of HTTP/2, which holds 64 kB; a call with a larger one is never
 * answered (measured with @grpc/grpc-js 1.14, in the dynamic host and in the plugin). So the large properties of such a state are packed, until the
 * next write succeeds.
 */

/** Large properties as JSON, gzip and base64. It may hold secrets, so it is one. */
const packedKey = 'packed'

/** Properties of fewer characters stay readable. */
const large = 1000

const isLarge = (value: unknown): boolean => JSON.stringify(value).length > large

/** The same with large properties packed. */
export const packed = (properties: Properties): Properties => {
  const entries = Object.entries(properties)
  const text = JSON.stringify(Object.fromEntries(entries.filter(([, value]) => isLarge(value))))
  const small = Object.fromEntries(entries.filter(([, value]) => !isLarge(value)))
  return { ...small, [packedKey]: asSecret(gzipSync(text).toString('base64')) }
}

/** Forms of a state, each shorter than the one before: as it is, packed, and without the messages, which the text of the error repeats. */
export const shorter = (properties: Properties): ReadonlyArray<Properties> => [
  properties,
  packed(properties),
  packed({ ...properties, executionMessages: Array.isArray(properties.executionMessages) ? [] : {} })
]

/** A state as it was before it was packed; the same object when it was not. */
export const unpacked = (properties: Properties): Properties => {
  const { [packedKey]: given, ...state } = properties
  const text = inClear(given)
  return typeof text === 'string'
    ? { ...(JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8')) as Properties), ...state }
    : properties
}
