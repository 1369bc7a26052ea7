import { isObject } from '../../provider/Json'
import { secretsAt } from '../../provider/SecretMarks'
import { isSecretName } from '../../provider/Secrets'
import { type SipConnectionArgs, secretKeys, secretPlaces } from '../../provider/sip-connection/Args'

/** A secret among the inputs of a connection. */
export interface Secret {
  /** From the input down: `['carrierUserPassword']`, `['sbcScripts', 'customerVariables', 'RegistrarPassword']`. */
  readonly path: ReadonlyArray<string>
  readonly value: string
}

/** The secrets of a connection: what the resource class marks, and a variable that has the value of another secret. */
export const secretsIn = (args: SipConnectionArgs): ReadonlyArray<Secret> => {
  const values = secretsAt(args, secretPlaces)
  return [
    ...secretKeys.flatMap((key) => {
      const value = args[key]
      return value === undefined ? [] : [{ path: [key], value }]
    }),
    ...Object.entries(args.sbcScripts?.customerVariables ?? {}).flatMap(([name, value]) =>
      isSecretName(name) || values.includes(value) ? [{ path: ['sbcScripts', 'customerVariables', name], value }] : []
    )
  ]
}

/** The value with something else at these paths, wherever it has them. */
export const replacedAt = (
  value: unknown,
  replacements: ReadonlyArray<readonly [path: ReadonlyArray<string>, by: unknown]>
): unknown => {
  const here = replacements.find(([path]) => path.length === 0)
  if (here !== undefined) return here[1]
  if (!isObject(value) || replacements.length === 0) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      replacedAt(
        item,
        replacements.flatMap(([[first, ...rest], by]) => (first === key ? [[rest, by] as const] : []))
      )
    ])
  )
}
