import { isObject } from '../../provider/Json'
import { isMasked } from '../../provider/Secrets'
import { echoedKey } from '../../provider/sip-connection/Live'

/** What the shape of an answer tells. No value leaves this file but numbers and words of states. Pure. */

type Fields = Readonly<Record<string, unknown>>

/** An object, or one without fields. */
export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {})

/** The entries of a list: bare, or in an envelope. */
export const listIn = (value: unknown): ReadonlyArray<unknown> => {
  const data = Array.isArray(value) ? value : at(value, 'data')
  return Array.isArray(data) ? (data as ReadonlyArray<unknown>) : []
}

/** A field by its name, without regard to case; further names lead deeper. */
export const at = (value: unknown, ...names: ReadonlyArray<string>): unknown =>
  names.reduce<unknown>(
    (inner, name) => Object.entries(fieldsOf(inner)).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1],
    value
  )

/** How the names of an object are written. */
export const caseOf = (value: unknown): string | undefined => {
  const names = Object.keys(fieldsOf(value)).filter((name) => /^[a-z]/i.test(name))
  const upper = names.filter((name) => /^[A-Z]/.test(name)).length
  if (names.length === 0) return undefined
  return upper === names.length ? 'PascalCase' : upper === 0 ? 'camelCase' : 'PascalCase and camelCase'
}

/** How a state or an enumeration is written. */
export const formOf = (value: unknown): string | undefined =>
  typeof value === 'number' ? `the number ${value}` : typeof value === 'string' ? 'a word' : undefined

const bagOf = (site: unknown): Fields => fieldsOf(at(site, 'sbcInfo', 'sbcScripts', 'customerVariables'))

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

/** Where the main line stands, with the spellings of its name. */
export const mainLineIn = (site: unknown): string | undefined => {
  const info = Object.entries(fieldsOf(at(site, 'sbcInfo')))
  const found = (entries: ReadonlyArray<readonly [string, unknown]>): ReadonlyArray<string> =>
    entries.flatMap(([name, value]) => (echoedKey(name) === 'carrierMainLine' && isThere(value) ? [name] : []))
  const places = [
    ...found(info).map((name) => `the field ${name}`),
    ...found(Object.entries(bagOf(site))).map((name) => `the variables as ${name}`)
  ]
  return places.length === 0 ? undefined : places.join(', and ')
}

/** How the CAC profile is called. */
export const cacNameIn = (site: unknown): string | undefined =>
  Object.keys(fieldsOf(at(site, 'sbcInfo'))).find((name) => echoedKey(name) === 'cacProfile')

/** How the carrier password is shown. */
export const passwordIn = (site: unknown): 'in clear' | 'masked' | 'not at all' => {
  const entry = Object.entries(bagOf(site)).find(([name]) => echoedKey(name) === 'carrierUserPassword')
  const value = entry?.[1]
  if (typeof value !== 'string' || value === '') return 'not at all'
  return isMasked(value) ? 'masked' : 'in clear'
}

/** How the script's own variables are called. */
export const variableNamesIn = (site: unknown): string | undefined => {
  const own = Object.keys(bagOf(site)).filter((name) => echoedKey(name) === undefined)
  const positional = own.filter((name) => /^customvar\.variable\d+$/i.test(name))
  if (own.length === 0) return undefined
  return positional.length === own.length
    ? 'by their position (CustomVar.Variable<N>)'
    : positional.length === 0
      ? 'by their own names'
      : 'some by their own names, some by their position (CustomVar.Variable<N>)'
}

/** How pending tasks are written. */
export const tasksIn = (site: unknown): string | undefined => {
  const pending = at(site, 'pendingTasks')
  const [first] = Array.isArray(pending) ? (pending as ReadonlyArray<unknown>) : []
  return first === undefined
    ? undefined
    : typeof first === 'object'
      ? 'objects'
      : typeof first === 'number'
        ? 'numbers'
        : 'ids'
}
