import { isObject } from '../Json'
import { hidden } from '../Secrets'
import { isUnknown } from '../Unknowns'

/** Values of a resource as a person reads them: one line each, of bounded length. */

const longestText = 200
/** A message is cut later: its end says what to do. */
const longestMessage = 1000
const longestList = 10

/** What stands where a value is not there. */
export const notSet = 'not set'

/** Control characters, line ends and marks that change the direction of text, which could make a line look like another one. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

const escaped = (text: string): string =>
  text.replace(unprintable, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

const inOneLine = (text: string, longest: number): string => {
  const characters = [...text]
  return characters.length <= longest
    ? escaped(text)
    : `${escaped(characters.slice(0, longest).join(''))}… (${characters.length} characters)`
}

/** A text in one line; a long one is cut, and says how long it is. */
export const lineOf = (text: string): string => inOneLine(text, longestText)

/** The same for a message of a program or of the platform. */
export const messageOf = (text: string): string => inOneLine(text, longestMessage)

/** A list in one line; a long one is cut, and says how much is left out. */
export const listOf = (items: ReadonlyArray<string>): string =>
  items.length <= longestList
    ? items.join(', ')
    : `${items.slice(0, longestList).join(', ')} … and ${items.length - longestList} more`

const prefixText = (value: Readonly<Record<string, unknown>>): string | undefined =>
  typeof value.dialPlanName === 'string' && typeof value.index === 'number'
    ? `${lineOf(value.dialPlanName)} ${value.index}${value.active === false ? ' (inactive)' : ''}`
    : undefined

const ruleText = ({ prefix, tag, name }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof prefix === 'string' && typeof tag === 'string'
    ? `${valueText(prefix)} -> ${valueText(tag)}${name === undefined || name === null ? '' : ` (${valueText(name)})`}`
    : undefined

/** Whether the text of a value is a word about it, and not the value. */
export const isWord = (value: unknown): boolean =>
  value === undefined || value === null || value === hidden || isUnknown(value)

/** Any value in one line. */
export const valueText = (value: unknown): string => {
  if (value === undefined || value === null) return notSet
  if (isUnknown(value)) return 'known after apply'
  if (value === hidden) return 'secret'
  if (value === '') return '""'
  if (typeof value === 'string') return lineOf(value)
  if (Array.isArray(value)) return value.length === 0 ? 'empty list' : listOf(value.map(valueText))
  if (isObject(value)) {
    return (
      prefixText(value) ??
      ruleText(value) ??
      listOf(Object.entries(value).map(([key, item]) => `${lineOf(key)}: ${valueText(item)}`))
    )
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'something else'
}

/** `1 connection`, `2 connections`. */
export const amount = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
