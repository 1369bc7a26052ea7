/** Rules for the values of request bodies. */
import { membersOf } from './Body'
import type { Members } from './Body'
import * as Ids from './Ids'

/** A value that passed its rule, or what is wrong with it. */
export type Checked<A> = { readonly ok: A } | { readonly error: string }
export type Rule<A> = (value: unknown) => Checked<A>

export const ok = <A>(value: A): Checked<A> => ({ ok: value })
export const error = (text: string): Checked<never> => ({ error: text })

export const integer: Rule<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) ? ok(value) : error('The value must be an integer.')

export const scriptId: Rule<number | null> = (value) => (value === null ? ok(null) : integer(value))

export const flag: Rule<boolean> = (value) =>
  typeof value === 'boolean' ? ok(value) : error('The value must be a boolean.')

export const text =
  (limit: number, narrow = false): Rule<string | null> =>
  (value) =>
    value === null
      ? ok(null)
      : typeof value !== 'string'
        ? error('The value must be a string.')
        : value.length > limit
          ? error(`The value must be a string with a maximum length of ${limit}.`)
          : narrow && /[^\u0000-\u00ff]/.test(value)
            ? error('The value must not contain wide characters.')
            : ok(value)

export const variables: Rule<Readonly<Record<string, string>>> = (value) =>
  membersOf(value) !== undefined && Object.values(value as object).every((each) => typeof each === 'string')
    ? ok(value as Record<string, string>)
    : error('The value must be an object of strings.')

export const record: Rule<Members> = (value) => {
  const members = membersOf(value)
  return members === undefined ? error('The value must be an object.') : ok(members)
}

export const guid: Rule<string> = (value) => {
  const given = Ids.asGuid(value)
  return given === undefined ? error('The value is not a valid guid.') : ok(given)
}

export const string: Rule<string> = (value) =>
  typeof value === 'string' ? ok(value) : error('The value must be a string.')

/** A number of users. */
export const count: Rule<number> = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 1 ? ok(Number(value)) : error('The value must be an integer from 1.')

/** The pages write ids of channels as a number and as a text. */
export const channel: Rule<string> = (value) =>
  typeof value === 'string' || Number.isInteger(value)
    ? ok(String(value))
    : error('The value must be a string or an integer.')

export const word =
  <W extends string>(...words: readonly W[]): Rule<W> =>
  (value) => {
    const found = words.find((each) => each === value)
    return found === undefined ? error(`The value must be ${words.join(' or ')}.`) : ok(found)
  }

const forbidden = /[\\/:*?"<>|]/

export const shortName: Rule<string> = (value) =>
  typeof value !== 'string'
    ? error('The value must be a string.')
    : value.length < 3 || value.length > 15
      ? error('The value must have 3 to 15 characters.')
      : forbidden.test(value) || /[\s.]/.test(value)
        ? error('The value must not contain blanks, dots or any of \\ / : * ? " < > |.')
        : ok(value)

export const fullName: Rule<string> = (value) =>
  typeof value !== 'string' || value === ''
    ? error('The value must be a string that is not empty.')
    : value.length > 200
      ? error('The value must be a string with a maximum length of 200.')
      : forbidden.test(value)
        ? error('The value must not contain any of \\ / : * ? " < > |.')
        : ok(value)
