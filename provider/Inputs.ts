import * as E from 'fp-ts/Either'
import type * as t from 'io-ts'
import { below, faultsOf } from './Decode'
import type { ChangeRule, ChangeRules } from './Difference'
import type { ConfigError } from './Errors'
import type { Settings } from './Settings'
import type { Shaped } from './Shape'

/** The check of inputs, as far as it is the same for every resource: codecs first, then rules. No request is made. */

/** Inputs by name, as the engine hands them over. */
export type Inputs = Readonly<Record<string, unknown>>

/** The configuration, or what is wrong with it. */
export type Configured = E.Either<ConfigError, Settings>

/** The inputs in canonical form, and one line of text for every fault: `<field path>: <what is wrong and what to do>`. */
export interface Checked {
  readonly inputs: Inputs
  readonly failures: ReadonlyArray<string>
}

/** The codecs of a resource's inputs; those that a program must declare. */
export interface InputCodecs<K extends string> {
  readonly codecs: Readonly<Record<K, t.Decoder<unknown, unknown>>>
  readonly required: ReadonlyArray<K>
}

/** The inputs of a resource as tables: the check reads them, the comparison does, and the schema of the package is made from them. */
export interface InputTables<A extends object> {
  /** An input without a codec that can say its form does not compile. */
  readonly codecs: { readonly [K in keyof A & string]: InputCodec<Exclude<A[K], undefined>> }
  readonly required: ReadonlyArray<keyof A & string>
  readonly rules: ChangeRules<keyof A & string>
  /** What the check fills in where nothing is declared. */
  readonly defaults?: Partial<A>
}

type InputCodec<A> = t.Decoder<unknown, A> & Shaped

/** The same tables, of whatever resource. */
export interface AnyInputs {
  readonly codecs: Readonly<Record<string, InputCodec<unknown>>>
  readonly required: ReadonlyArray<string>
  readonly rules: Readonly<Record<string, ChangeRule>>
  readonly defaults?: object
}

/** A fault that a rule has found: the input, the fault, and where in the input it is (empty: the input as a whole). */
export type Finding<K extends string> = readonly [key: K, fault: string, path?: string]

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/**
 * What to do about an unknown name: the nearest one when it is near, all of them otherwise.
 *
 * @param what the names are called: `inputs`
 */
export const suggestion = (name: string, keys: ReadonlyArray<string>, what = 'inputs'): string => {
  const away = (key: string): number => distance(name.toLowerCase(), key.toLowerCase())
  const nearest = keys.reduce((best, key) => (away(key) < away(best) ? key : best))
  return away(nearest) <= name.length / 2 ? `did you mean ${nearest}?` : `the ${what} are ${keys.join(', ')}`
}

/** The values that are declared: null counts as left out. */
export const declared = (inputs: Inputs): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined && value !== null))

/** Inputs that went through their codecs. */
export interface Decoded {
  /** Canonical where the codec took the value, as declared where it did not. */
  readonly values: Inputs
  /** One line an input. */
  readonly faults: ReadonlyMap<string, string>
}

/** Every input by its codec. A misspelt one is told, and a required one that is missing. */
export const decodeEach = <K extends string>({ codecs, required }: InputCodecs<K>, news: Inputs): Decoded => {
  const keys = Object.keys(codecs) as Array<K>
  const faults = new Map<string, string>()
  const values: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(news)) {
    const known = keys.find((each) => each === key)
    if (known === undefined) {
      faults.set(key, `${key}: unknown input; ${suggestion(key, keys)}`)
      values[key] = value
      continue
    }
    const decoded = codecs[known].decode(value)
    values[key] = E.isRight(decoded) ? decoded.right : value
    if (E.isLeft(decoded)) {
      faults.set(
        key,
        faultsOf(decoded.left)
          .map(({ path, text }) => `${below(key, path)}: ${text}`)
          .join('; ')
      )
    }
  }
  for (const key of required) {
    if (news[key] === undefined) faults.set(key, `${key}: is required`)
  }
  return { values, faults }
}

/** All faults, one line an input: that of the configuration first, then those of codecs and rules. */
export const failuresOf = <K extends string>(
  settings: Configured,
  { faults }: Decoded,
  findings: ReadonlyArray<Finding<K>>
): ReadonlyArray<string> => {
  const all = new Map(faults)
  for (const [key, fault, path = ''] of findings) {
    const said = all.get(key)
    const text = `${below(key, path)}: ${fault}`
    all.set(key, said === undefined ? text : `${said}; ${text}`)
  }
  return [...(E.isLeft(settings) ? [settings.left.text] : []), ...all.values()]
}
