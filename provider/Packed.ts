import { gunzipSync, gzipSync } from 'node:zlib'
import type { Properties } from './Resource'
import { asSecret, inClear } from './SecretMarks'

/**
 * What the engine keeps of a failed write travels beside the error, in headers of HTTP/2, of which the engine takes 16 MiB (the default of grpc-go;
 * with more it loses the answer, and with it the state). So the large properties of a larger state are packed, until the next write succeeds.
 */

/** Large properties as JSON, gzip and base64. It may hold secrets, so it is one. */
const packedKey = 'packed'

/** Properties of fewer characters stay readable. */
const large = 1000

/** Bytes of a state as JSON; as protobuf in base64 it takes up to three times as many. */
const mostInHeaders = 5_000_000

const isLarge = (value: unknown): boolean => JSON.stringify(value).length > large

/** The same with large properties packed. */
export const packed = (properties: Properties): Properties => {
  const entries = Object.entries(properties)
  const text = JSON.stringify(Object.fromEntries(entries.filter(([, value]) => isLarge(value))))
  const small = Object.fromEntries(entries.filter(([, value]) => !isLarge(value)))
  return { ...small, [packedKey]: asSecret(gzipSync(text).toString('base64')) }
}

/**
 * A state in a form that can travel beside an error: as it is, or packed.
 *
 * @param most bytes of a state that can travel as it is
 */
export const portable = (properties: Properties, most = mostInHeaders): Properties =>
  Buffer.byteLength(JSON.stringify(properties)) > most ? packed(properties) : properties

/** A state as it was before it was packed; the same object when it was not. */
export const unpacked = (properties: Properties): Properties => {
  const { [packedKey]: given, ...state } = properties
  const text = inClear(given)
  return typeof text === 'string'
    ? { ...(JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8')) as Properties), ...state }
    : properties
}
