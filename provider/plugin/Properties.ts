import { isObject } from '../Json'
import { secretKind, signature } from '../Signature'

/**
 * Properties as the engine sends them over gRPC. Some values come in an object with a signature: secrets, references to resources, assets. The
 * core works with plain values, so they are opened on the way in, and what was secret is sealed again on the way out.
 */

/** Properties of a resource, plain JSON. */
export type Properties = Readonly<Record<string, unknown>>

/** A place in properties: keys of objects. A secret within a list makes the whole list secret, since its order may change. */
export type Path = ReadonlyArray<string>

/** Properties without signatures, and what was in them. */
export interface Opened {
  readonly plain: Properties
  readonly secrets: ReadonlyArray<Path>
  /** Where assets and archives were, in words: `sbcScripts.customerVariables.Zone`. */
  readonly files: ReadonlyArray<string>
}

const kinds = {
  secret: secretKind,
  resource: '5cf8f73096256a8f31e491e813e4eb8e',
  output: 'd0e6a833031e9bbcd3f4e8bde6ca49a4',
  asset: 'c44067f5952c0a294b673a41bacd8c17',
  archive: '0def7320c3a5731c473e5ecbe6d01bc7'
} as const

/** In the place of a value that is not known yet. */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

interface Findings {
  readonly secrets: Array<Path>
  readonly files: Array<string>
}

/** A resource stands for its id. */
const idOf = ({ id, urn }: Properties): unknown => (id === undefined || id === '' ? urn : id)

const open = (value: unknown, path: Path, listAt: Path | undefined, findings: Findings): unknown => {
  if (Array.isArray(value)) return value.map((item) => open(item, path, listAt ?? path, findings))
  if (!isObject(value)) return value
  const within = (inner: unknown): unknown => open(inner, path, listAt, findings)
  const secret = (): void => {
    findings.secrets.push(listAt ?? path)
  }
  switch (value[signature]) {
    case kinds.secret:
      secret()
      return within(value.value)
    case kinds.output:
      if (value.secret === true) secret()
      return 'value' in value ? within(value.value) : unknownValue
    case kinds.resource:
      return within(idOf(value))
    case kinds.asset:
    case kinds.archive:
      findings.files.push(path.join('.'))
      return null
    default:
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, open(item, [...path, key], listAt, findings)])
      )
  }
}

/** Properties as the engine sends them, opened. */
export const opened = (properties: Properties): Opened => {
  const findings: Findings = { secrets: [], files: [] }
  const plain = open(properties, [], undefined, findings) as Properties
  return { plain, ...findings }
}

/** Properties in clear. */
export const plainOf = (properties: Properties): Properties => opened(properties).plain

const isSecret = (value: unknown): boolean => isObject(value) && value[signature] === kinds.secret

const seal = (value: unknown, [key, ...rest]: Path): unknown => {
  if (isSecret(value)) return value
  // A secret holds no secrets.
  if (key === undefined)
    return { [signature]: kinds.secret, value: open(value, [], undefined, { secrets: [], files: [] }) }
  return isObject(value) && key in value ? { ...value, [key]: seal(value[key], rest) } : value
}

/** The properties with these places secret, and those that are so already. */
export const sealed = (properties: Properties, secrets: ReadonlyArray<Path>): Properties =>
  secrets.filter((path) => path.length > 0).reduce((all, path) => seal(all, path) as Properties, properties)
