import { isSecretName } from '../../../provider/Secrets'
import { lineOf } from '../../report/Values'

/** What the platform shows of the connections of a customer, to be compared before and after. Pure. */

/** The fields of a connection by their path. */
export type Fields = ReadonlyMap<string, unknown>

/** Connections by their id. */
export type View = ReadonlyMap<string, Fields>

/** What comes and goes without a change of the connection. */
const isPassing = (path: string): boolean => /deploymentstate$|^pendingtasks/i.test(path)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** An answer as fields by path. null, an empty text and an absent field are the same: nothing. */
export const fieldsOf = (answer: unknown, prefix = ''): Fields => {
  const found = new Map<string, unknown>()
  const walk = (value: unknown, path: string): void => {
    if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`)
    } else if (value !== undefined && value !== null && value !== '' && !isPassing(path)) found.set(path, value)
  }
  walk(answer, prefix)
  return found
}

/** A field that is not as it was; without a path the connection itself appeared, or is gone. */
export interface Difference {
  readonly siteGuid: string
  readonly path?: string
  readonly was?: unknown
  readonly is?: unknown
}

const ofFields = (siteGuid: string, before: Fields, after: Fields): ReadonlyArray<Difference> =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({ siteGuid, path, was: before.get(path), is: after.get(path) }))

/** What differs between two views. */
export const differences = (before: View, after: View): ReadonlyArray<Difference> =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((siteGuid): ReadonlyArray<Difference> => {
    const [was, is] = [before.get(siteGuid), after.get(siteGuid)]
    if (was === undefined) return [{ siteGuid, is: 'there' }]
    return is === undefined ? [{ siteGuid, was: 'there' }] : ofFields(siteGuid, was, is)
  })

/** Whether a name along a path is that of a secret, or hides whether it is one. */
const isHidden = (path: string): boolean => isSecretName(path) || /(^|\.)customvar\.variable\d+$/i.test(path)

const shown = (value: unknown): string => (value === undefined ? 'nothing' : lineOf(JSON.stringify(value)))

/** A difference in words; of a secret no more than that it differs. */
export const differenceText = ({ siteGuid, path, was, is }: Difference): string => {
  if (path === undefined) return `connection ${siteGuid} ${was === undefined ? 'has appeared' : 'is gone'}`
  return isHidden(path)
    ? `connection ${siteGuid}: ${path} differs (secret)`
    : `connection ${siteGuid}: ${path} was ${shown(was)}, and is ${shown(is)}`
}
