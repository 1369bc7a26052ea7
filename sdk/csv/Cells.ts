import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { folded } from '../../provider/Decode'
import type { Shape } from '../../provider/Shape'
import { cellOf, guarded, itemText, textIn, unguarded } from './Texts'

/**
 * The values of cells by the form of their input, and the other way round. What a value must be beyond its form is for the codec of the input to say.
 * Pure.
 */

/** A value, or what is wrong with the cell; never its content. */
export type Read = E.Either<string, unknown>

/** The words of the languages in which spreadsheets write true and false. */
const trueWords = ['true', 'yes', 'y', '1', 'x', 'ja', 'wahr', 'oui', 'vrai', 'sí', 'si', 'verdadero', 'sì', 'vero']
const falseWords = ['false', 'no', 'n', '0', 'nein', 'falsch', 'non', 'faux', 'falso']

const flagOf = (word: string): boolean | undefined =>
  trueWords.includes(word.toLowerCase()) ? true : falseWords.includes(word.toLowerCase()) ? false : undefined

const power = /^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i
const lostDigits =
  'was turned into a power of ten by a spreadsheet, which has lost digits; give the column the format "text" and enter the value again'

const numberIn = (cell: string): Read => {
  if (/^-?\d+$/.test(cell) && Number.isSafeInteger(Number(cell))) return E.right(Number(cell))
  if (power.test(cell)) return E.left(lostDigits)
  if (/^-?\d{1,3}([.,' ]\d{3})+$/.test(cell))
    return E.left('expected a whole number without signs between its digits, such as 12001')
  return E.left('expected a whole number such as 12001: digits alone')
}

/** `none` as the only item stands for the list that is declared and empty. */
const none = 'none'

const itemsOf = (cell: string): ReadonlyArray<string> =>
  cell
    .split(/[\s;|]+/)
    .map(unguarded)
    .filter((item) => item !== '')

/** `+49 30 123456` must not become three numbers. */
const hasBrokenNumber = (cell: string): boolean =>
  cell
    .split(/[;|\n]/)
    .map(itemsOf)
    .some((items) => items.some((item) => item.startsWith('+')) && !items.every((item) => item.startsWith('+')))

const textsIn = (cell: string): Read => {
  if (cell.toLowerCase() === none) return E.right([])
  if (hasBrokenNumber(cell))
    return E.left(
      'has a blank within a number, or numbers with and without a "+"; write +4930123456, and ";" between two'
    )
  const items = itemsOf(cell)
  return items.some((item) => power.test(item)) ? E.left(lostDigits) : E.right(items)
}

const choiceOf = (choices: ReadonlyArray<string>, word: string): string =>
  choices.find((choice) => folded(choice) === folded(word)) ?? word

/** `plan:index`, `plan:index:inactive`, `"a name; with signs":3`. */
const prefixItem = /\s*(?:("(?:[^"\\]|\\.)*")|([^":;|\n]+?))\s*:\s*(\d+)\s*(?::\s*([^:;|\n]*?)\s*)?(?:[;|\n]+|$)/y

const activeOf = (word: string): boolean | undefined =>
  folded(word) === 'active' ? true : folded(word) === 'inactive' ? false : flagOf(word)

const prefixesIn = (cell: string): Read => {
  if (cell.toLowerCase() === none) return E.right([])
  const prefixes: Array<unknown> = []
  let at = 0
  while (at < cell.length) {
    prefixItem.lastIndex = at
    const [all, quoted, plain = '', index, word] = prefixItem.exec(cell) ?? []
    const active = word === undefined ? true : activeOf(word)
    if (all === undefined || active === undefined)
      return E.left(
        `its item ${prefixes.length + 1} is not plan:index or plan:index:inactive, such as CustDialPlan:3 (";" between two; a plan with a ":" in quotes)`
      )
    prefixes.push({ dialPlanName: quoted === undefined ? plain : textIn(quoted), index: Number(index), active })
    at += all.length
  }
  return E.right(prefixes)
}

const formulaError = /^#(n\/?a|name\?|null!|num!|ref!|value!|div\/0!|wert!|bezug!|zahl!|nv|nom\?|valeur!)$/i

const valueIn = (shape: Shape, cell: string): Read => {
  switch (shape._tag) {
    case 'Whole':
    case 'Number':
      return numberIn(unguarded(cell))
    case 'Flag':
      return E.right(flagOf(unguarded(cell)) ?? cell)
    case 'Choice':
      return E.right(choiceOf(shape.choices, unguarded(cell)))
    case 'OneOf':
      return E.right(flagOf(unguarded(cell)) ?? textIn(cell))
    case 'List': {
      const { item } = shape
      return item._tag === 'Fields'
        ? prefixesIn(unguarded(cell))
        : pipe(
            textsIn(unguarded(cell)),
            E.map((items) =>
              item._tag === 'Choice'
                ? (items as ReadonlyArray<string>).map((each) => choiceOf(item.choices, each))
                : items
            )
          )
    }
    case 'Text':
    case 'Any':
    case 'Map':
    case 'Fields':
      return power.test(cell) ? E.left(`${lostDigits}, with a ' before it where it is meant so`) : E.right(textIn(cell))
  }
}

/** The value of a tidy cell that is not empty. */
export const readCell = (shape: Shape, cell: string): Read =>
  formulaError.test(cell)
    ? E.left(`is the error of a formula; a value that begins with "+", "-", "=" or "@" is written with a ' before it`)
    : valueIn(shape, cell)

interface Prefix {
  readonly dialPlanName: string
  readonly index: number
  readonly active?: boolean
}

const prefixText = ({ dialPlanName, index, active = true }: Prefix): string =>
  `${itemText(dialPlanName)}:${index}${active ? '' : ':inactive'}`

/** A value as a cell, from which `readCell` makes the same one. */
export const writeCell = (shape: Shape, value: unknown): string => {
  if (Array.isArray(value)) {
    if (value.length === 0) return none
    const isPrefixes = shape._tag === 'List' && shape.item._tag === 'Fields'
    const text = isPrefixes ? (value as ReadonlyArray<Prefix>).map(prefixText).join('|') : value.join(' ')
    return guarded(text)
  }
  return typeof value === 'string' ? cellOf(value) : String(value)
}
