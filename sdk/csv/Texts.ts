import { tidy } from './Sheet'

/**
 * Texts in cells, so that a spreadsheet neither runs them nor turns them into something else, and each comes back as it was. Pure.
 *
 * A `'` stands before what a spreadsheet would take for a formula (`=`, `+`, `-`, `@`), a number or a date, and before `#`, which begins a comment;
 * a further one before such a `'`. It stays in the cell when a spreadsheet saves the sheet. What a cell could not hold as it is, such as a blank at an
 * end, is written as a JSON string.
 */

const formula = /^[=+\-@#\uff1d\uff0b\uff0d\uff20]/
const numeric = /^\d+([.,]\d+)*(e[+-]?\d+)?%?$/i
const date = /^\d{1,4}([-/.:]\d{1,4}){1,2}$/

/** What needs a `'`, behind those that it has already. */
const isGuarded = (text: string): boolean => {
  const behind = text.replace(/^'+/, '')
  return formula.test(behind) || numeric.test(behind) || date.test(behind)
}

/** Signs that a cell would lose, that are not seen, or behind which a program with another delimiter would find a formula. */
const odd = /[\u0000-\u001f\u007f-\u00a0\u00ad\u2007\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\ud800-\udfff]/u
const escaped = /[\u007f-\u00a0\u00ad\u2007\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff,;|]/g
const splits = /[,;\t|]["'\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]/

const isJson = (text: string): boolean => text.length > 1 && text.startsWith('"') && text.endsWith('"')

const needsJson = (text: string): boolean =>
  text === '' || text !== tidy(text) || odd.test(text) || splits.test(text) || isJson(text)

const codeOf = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/** No sign of a formula is left where a program with another delimiter would find a cell to begin. */
const jsonText = (text: string): string =>
  JSON.stringify(text)
    .replace(escaped, codeOf)
    .replace(
      /^("\s*)([=+\-@\uff1d\uff0b\uff0d\uff20])/,
      (_, before: string, sign: string) => `${before}${codeOf(sign)}`
    )

/** The string of a JSON text; a text that only looks like one stands for itself. */
const fromJson = (text: string): string => {
  try {
    return JSON.parse(text) as string
  } catch {
    return text
  }
}

/** A text with a `'` before it where it needs one. */
export const guarded = (text: string): string => (isGuarded(text) ? `'${text}` : text)

/** A text as a cell. */
export const cellOf = (text: string): string => (needsJson(text) ? jsonText(text) : guarded(text))

/** A tidy cell without the `'` that guards it. */
export const unguarded = (cell: string): string => (cell.startsWith("'") && isGuarded(cell) ? cell.slice(1) : cell)

/** The text of a tidy cell. */
export const textIn = (cell: string): string => (isJson(cell) ? fromJson(cell) : unguarded(cell))

/** A name as the last part of a heading. */
export const nameText = (name: string): string =>
  needsJson(name) || /\.configkey$/i.test(name) ? jsonText(name) : name

/** The name that the last part of a heading gives. */
export const textInName = (part: string): string => (isJson(part) ? fromJson(part) : part)

/** A name within a list whose items have `:` and `;` as signs of their own. */
export const itemText = (name: string): string =>
  needsJson(name) || /[:;|"']/.test(name) || isGuarded(name) ? jsonText(name) : name
