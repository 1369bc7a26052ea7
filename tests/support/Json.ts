/** What survives a protobuf struct: no `undefined`, no functions. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object: the properties of a resource. */
export interface JsonObject {
  readonly [key: string]: Json
}

const signature = '4dabf18193072939515e22adb298388d'
const kind = '1b47061264138c4ac30d75fd1eb44270'

/** A secret in the engine's wire form: how configuration values reach a provider process. */
export const secretOnTheWire = (value: Json): JsonObject => ({ [signature]: kind, value })

const isSecret = (value: JsonObject): boolean => value[signature] === kind

/**
 * A value of `pulumi stack export` with every encrypted secret as the text `[secret]`, so that a test can compare whole
 * resources. A secret that the export shows in clear (`--show-secrets`) becomes `[secret in clear]`.
 */
export const hideCiphertext = (value: Json): Json => {
  if (value === null || typeof value !== 'object') return value
  if (isArray(value)) return value.map(hideCiphertext)
  if (isSecret(value)) return 'ciphertext' in value ? '[secret]' : '[secret in clear]'
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideCiphertext(item)]))
}

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value)
