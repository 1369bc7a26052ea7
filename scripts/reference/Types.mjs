// The types of the package on a page: a section each, with its fields.

import { docOf, fieldsOf, wordsOf } from './Declarations.mjs'
import { defaultIn, withoutDefault } from './Docstring.mjs'
import { anchor, code, prose, section, table } from './Markdown.mjs'

/** @typedef {import('typescript').Symbol} Symbol */
/** @typedef {import('./Declarations.mjs').UserType} UserType */
/** @typedef {import('./Declarations.mjs').Field} Field */

/** @param {Symbol} symbol whether it has fields, and so a section to link to */
const hasFields = (symbol) => fieldsOf(symbol).length > 0

/** @param {UserType} type @returns {string} as code; the types that have a section link to it */
export const typeCell = ({ text, named }) => {
  const [target] = named.filter((each) => wordsOf(each) === undefined && hasFields(each))
  return target === undefined ? code(text) : `[${code(text)}](#${anchor(target.name)})`
}

/** @param {import('./Declarations.mjs').Parameter[]} parameters @returns {string} as a user sees them: `name: string, opts?: Options` */
export const parameterList = (parameters) =>
  parameters
    .map(({ name, type, required, isInput }) => {
      const text = type.text.replace(/\breadonly /g, '').replace(/\bpulumi\./g, '')
      return `${name}${required ? '' : '?'}: ${isInput ? `Input<${text}>` : text}`
    })
    .join(', ')

/** @param {UserType[]} types @returns {Symbol[]} the types in these, and those in their fields, each once */
export const reachable = (types) => {
  /** @type {Set<Symbol>} */
  const found = new Set()
  /** @param {UserType} type */
  const visit = ({ named }) => {
    for (const symbol of named) {
      if (found.has(symbol)) continue
      found.add(symbol)
      for (const field of fieldsOf(symbol)) visit(field.type)
    }
  }
  for (const type of types) visit(type)
  return [...found]
}

/** @param {Field} field of a result @returns {string} its type; what may be left out is told */
const resultType = ({ type, required }) =>
  typeCell(required || type.text.endsWith('undefined') ? type : { ...type, text: `${type.text} | undefined` })

/** @param {Field[]} fields @returns {string} */
const resultTable = (fields) =>
  table(
    ['field', 'type', 'meaning'],
    fields.map((field) => [code(field.name), resultType(field), prose(field.doc)])
  )

/** @param {Field[]} fields @returns {string} the fields of a type that a user fills in */
export const inputTable = (fields) =>
  table(
    ['field', 'type', 'required', 'default', 'meaning'],
    fields.map(({ name, type, required, doc }) => [
      code(name),
      typeCell(type),
      required ? 'yes' : '',
      prose(defaultIn(doc)),
      prose(withoutDefault(doc))
    ])
  )

/** @param {Symbol[]} symbols @param {(fields: Field[]) => string} toTable @returns {string} */
const sections = (symbols, toTable) =>
  symbols
    .map((symbol) => {
      const said = prose(docOf(symbol).text)
      const words = wordsOf(symbol)
      if (words !== undefined)
        return section(3, symbol.name, said, `One of ${words.map((word) => code(`'${word}'`)).join(', ')}.`)
      return hasFields(symbol) ? section(3, symbol.name, said, toTable(fieldsOf(symbol))) : ''
    })
    .filter((each) => each !== '')
    .join('\n\n')

/** @param {Symbol[]} symbols @returns {string} a section for each of the types that results have */
export const resultTypes = (symbols) => sections(symbols, resultTable)

/** @param {Symbol[]} symbols @returns {string} a section for each of the types that a user fills in */
export const inputTypes = (symbols) => sections(symbols, inputTable)
